"""An e-mail that waits is sent by its deadline, and only to whom it still concerns; the inbox has the message at once."""

from datetime import UTC, date, datetime

import pytest

from chassis.bus.envelope import to_json
from notification.use_cases.emails.deliver import deliver_emails
from tests.directory.builders import employee_timeline, from_day
from tests.notification.builders import LONG_AGO, acting, timeline
from tests.notification.component.test_quiet_hours import API, activate, choose, example, inbox, remind

ZONES = [("Asia/Jakarta", 0), ("Asia/Makassar", 1), ("Asia/Jayapura", 2)]


@pytest.fixture
def operator(service, person):
    return service.client(person("operator"))


def skipped(operator):
    return [one["reason"] for one in operator.get(f"{API}/emails", query_string={"state": "SKIPPED"}).json["items"]]


def outdate(consume, service, who):
    data = {"employee_id": str(who.employee_id)}
    consume("appraisal", "RemindersOutdated", data, time=service.clock.now())


def left(consume, who, status, since=date(2027, 3, 6)):
    stretches = from_day(LONG_AGO, superior_id=None), from_day(since, superior_id=None, status=status)
    consume("personnel", "EmployeeTimelineChanged", to_json(employee_timeline(who.employee_id, *stretches, version=2)))


def arrive(consume, who, superior=None):
    consume("personnel", "EmployeeTimelineChanged", timeline(who.employee_id, superior and superior.employee_id))


@pytest.mark.parametrize(("zone", "ahead"), ZONES)
def test_a_reminder_whose_deadline_is_over_by_monday_is_sent_on_the_weekend(
    service, sink, office, siti, consume, agency, clock, zone, ahead
):
    """Sent at once: nothing until the deadline is not quiet; where it still is in time, Monday is kept."""
    data = {"agency_id": agency, "name": "Pemda Contoh", "time_zone": zone, "version": 1}
    consume("personnel", "AgencyChanged", data, subject=agency)
    clock("2027-03-07 03:00:00")
    remind(consume, service, siti, useful_until=datetime(2027, 3, 7, 16 - ahead, 59, 59, tzinfo=UTC).isoformat())
    assert deliver_emails(service.work, office) == 1
    clock("2027-03-07 04:00:00")
    remind(
        consume, service, siti, day="2027-03-08", useful_until=datetime(2027, 3, 7, 23 - ahead, tzinfo=UTC).isoformat()
    )
    assert deliver_emails(service.work, office) == 0
    clock(f"2027-03-07 {23 - ahead}:00:00")
    assert deliver_emails(service.work, office) == 1
    assert len(sink.mails) == 2


def test_at_night_what_ends_before_morning_is_sent_and_the_rest_waits(service, sink, office, siti, consume, clock):
    clock("2027-03-03 15:00:00")  # ten at night
    remind(consume, service, siti, useful_until="2027-03-03T16:59:59+00:00")
    remind(consume, service, siti, day="2027-03-04", useful_until="2027-03-04T16:59:59+00:00")
    assert deliver_emails(service.work, office) == 1
    clock("2027-03-03 23:00:00")
    assert deliver_emails(service.work, office) == 1


@pytest.mark.parametrize(
    ("mode", "until", "sent_at"),
    [
        ("WEEKLY", "2027-03-05T16:59:59+00:00", "2027-03-04 00:00:00"),
        ("WEEKLY", "2027-03-03T16:59:59+00:00", "2027-03-03 02:00:00"),
        ("DAILY", "2027-03-03T16:59:59+00:00", "2027-03-03 02:00:00"),
        ("WEEKLY", "2027-03-08T16:59:59+00:00", "2027-03-08 00:00:00"),
    ],
)
def test_a_digest_that_would_be_too_late_gives_way_to_a_sooner_one(
    service, office, siti, consume, clock, mode, until, sent_at
):
    choose(service, siti, mode)
    clock("2027-03-03 02:00:00")
    remind(consume, service, siti, useful_until=until)
    for moment in ("2027-03-03 02:00:00", "2027-03-04 00:00:00", "2027-03-08 00:00:00"):
        clock(moment)
        assert deliver_emails(service.work, office) == (moment == sent_at), moment


def test_nothing_goes_out_after_its_deadline_however_long_the_server_was_away(
    service, sink, office, siti, consume, clock, operator
):
    clock("2027-03-03 02:00:00")
    remind(consume, service, siti, useful_until="2027-03-03T16:59:59+00:00")
    activate(consume, service, siti)
    clock("2027-03-03 17:00:00")
    assert deliver_emails(service.work, office) == 2
    assert [mail["Subject"] for mail in sink.mails] == ["SKP tahun 2026 telah aktif"]
    assert skipped(operator) == ["DEADLINE_PASSED"]
    (late,) = operator.get(f"{API}/emails", query_string={"state": "SKIPPED"}).json["items"]
    operator.post(f"{API}/emails/{late['delivery_id']}/retry")
    assert deliver_emails(service.work, office) == 1
    assert (len(sink.mails), skipped(operator)) == (1, ["DEADLINE_PASSED"]), "however often it is asked for"


def test_of_a_digest_only_what_holds_is_sent(service, sink, office, siti, consume, clock):
    choose(service, siti, "WEEKLY")
    clock("2027-03-03 02:00:00")
    remind(consume, service, siti, useful_until="2027-03-08T16:59:59+00:00")
    clock("2027-03-04 02:00:00")
    outdate(consume, service, siti)
    clock("2027-03-05 02:00:00")
    remind(consume, service, siti, "appraiser", useful_until="2027-03-09T16:59:59+00:00")
    clock("2027-03-08 00:00:00")
    assert deliver_emails(service.work, office) == 1
    assert sink.mails[0]["Subject"].startswith("Pengingat: 3 hal menunggu Anda, 2 sudah lewat")


def test_with_a_deadline_moved_the_old_text_is_not_sent_and_the_new_one_is(
    service, sink, office, siti, consume, clock, operator
):
    clock("2027-03-06 00:00:00")  # Saturday, seven in the morning
    remind(consume, service, siti, useful_until="2027-03-08T16:59:59+00:00")
    clock("2027-03-06 05:00:00")
    outdate(consume, service, siti)
    clock("2027-03-07 00:00:00")
    remind(consume, service, siti, "appraiser", useful_until="2027-03-12T16:59:59+00:00")
    clock("2027-03-07 23:00:00")
    assert deliver_emails(service.work, office) == 2
    assert [mail["Subject"][:30] for mail in sink.mails] == ["Pengingat: 3 hal menunggu Anda"]
    assert skipped(operator) == ["DUTY_CHANGED"]
    assert len(inbox(service, siti)) == 2


@pytest.mark.parametrize(
    ("status", "of_service", "reasons"),
    [
        ("DECEASED", True, ["RECIPIENT_GONE"]),
        ("DECEASED", False, ["RECIPIENT_GONE"]),
        ("RETIRED", True, ["RECIPIENT_GONE"]),
        ("RETIRED", False, []),
        ("ON_LEAVE", True, []),
    ],
)
def test_who_has_left_meanwhile_gets_what_stays_theirs_and_the_dead_get_nothing(
    service, sink, office, siti, consume, clock, operator, status, of_service, reasons
):
    clock("2027-03-05 16:00:00")
    arrive(consume, siti)
    remind(consume, service, siti, of_service=of_service)
    left(consume, siti, status)
    clock("2027-03-07 23:00:00")
    assert deliver_emails(service.work, office) == 1
    assert (skipped(operator), len(sink.mails)) == (reasons, 1 - len(reasons))


@pytest.mark.parametrize(("last_day", "reasons"), [(date(2027, 3, 12), []), (date(2027, 3, 6), ["NO_LONGER_IN_PLACE"])])
def test_whoever_stands_in_no_longer_is_not_reminded_of_that_desk(
    service, sink, office, siti, consume, clock, person, operator, last_day, reasons
):
    clock("2027-03-05 16:00:00")
    head = person()
    for one in (head, siti):
        arrive(consume, one)
    data = acting(head.employee_id, siti.employee_id, date(2027, 3, 1), last_day)
    consume("personnel", "SubstitutionChanged", {**data, "version": 1}, subject=data["substitution_id"])
    remind(consume, service, siti, "stands_in", in_place_of_id=str(head.employee_id))
    clock("2027-03-07 23:00:00")
    assert deliver_emails(service.work, office) == 1
    assert (skipped(operator), len(sink.mails)) == (reasons, 1 - len(reasons))


def test_who_is_no_longer_somebodys_superior_does_not_learn_of_their_lateness(
    service, sink, office, siti, consume, clock, person, operator
):
    clock("2027-03-05 16:00:00")
    late, new = person(), person()
    for one in (siti, new):
        arrive(consume, one)
    arrive(consume, late, siti)
    people = {"employee_id": str(late.employee_id), "superior_id": str(siti.employee_id)}
    data = {**example("appraisal", "DeadlinesOverdue.v1.appraiser"), **people}
    consume("appraisal", "DeadlinesOverdue", data, time=service.clock.now())
    moved = timeline(late.employee_id, siti.employee_id, (date(2027, 3, 7), new.employee_id), version=2)
    consume("personnel", "EmployeeTimelineChanged", moved)
    clock("2027-03-07 23:00:00")
    deliver_emails(service.work, office)
    assert "NO_LONGER_ABOVE" in skipped(operator)
    assert not [mail for mail in sink.mails if mail["Subject"].startswith("Kewajiban bawahan")]


def test_an_earlier_word_on_what_is_outdated_does_not_undo_a_later_one(service, sink, office, siti, consume, clock):
    clock("2027-03-06 05:00:00")
    outdate(consume, service, siti)
    clock("2027-03-06 04:00:00")
    outdate(consume, service, siti)
    clock("2027-03-06 04:30:00")
    remind(consume, service, siti)
    clock("2027-03-07 23:00:00")
    assert (deliver_emails(service.work, office), sink.mails) == (1, [])
