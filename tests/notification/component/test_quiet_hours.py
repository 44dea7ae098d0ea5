"""E-mail waits for the end of the agency's quiet hours, in its zone; the inbox does not, nor does what is urgent."""

import json
from datetime import timedelta

import pytest

from notification.use_cases.emails.deliver import deliver_emails
from testkit.plugin import CONTRACTS
from tests.notification.builders import contact, plan_activated

API = "/api/v1/notification"


def example(producer, name):
    path = CONTRACTS / "events" / producer / "examples" / f"{name}.json"
    return json.loads(path.read_text())["data"]


def remind(consume, service, who, case="siti_plan", **fields):
    """Let somebody be reminded of the example's matters, by default with a deadline in a month."""
    now = service.clock.now()
    data = {**example("appraisal", f"DeadlinesApproaching.v1.{case}"), "employee_id": str(who.employee_id)}
    named = {"day": now.date().isoformat(), "useful_until": (now + timedelta(days=30)).isoformat()}
    consume("appraisal", "DeadlinesApproaching", {**data, **named, **fields}, time=now)


def activate(consume, service, who, year=2026):
    consume("appraisal", "PlanActivated", plan_activated(who.employee_id, year), time=service.clock.now())


def inbox(service, who):
    return service.client(who).get(f"{API}/inbox", query_string={"limit": 100}).json["items"]


def choose(service, who, email, inbox=True, topic="REMINDER"):
    return service.client(who).put(f"{API}/preferences/{topic}", json={"inbox": inbox, "email": email})


@pytest.mark.parametrize(
    ("zone", "before", "evening", "night", "morning"),
    [
        ("Asia/Jakarta", "01 12:59:59", "01 13:00:00", "01 22:59:59", "01 23:00:00"),
        ("Asia/Makassar", "01 11:59:59", "01 12:00:00", "01 21:59:59", "01 22:00:00"),
        ("Asia/Jayapura", "01 10:59:59", "01 11:00:00", "01 20:59:59", "01 21:00:00"),
    ],
)
def test_mail_of_the_night_is_sent_at_six_where_the_agency_is_and_is_in_the_inbox_at_once(
    service, sink, office, siti, consume, agency, clock, zone, before, evening, night, morning
):
    data = {"agency_id": agency, "name": "Pemda Contoh", "time_zone": zone, "version": 1}
    consume("personnel", "AgencyChanged", data, subject=agency)
    clock(f"2027-03-{before}")
    activate(consume, service, siti, 2024)
    assert deliver_emails(service.work, office) == 1
    clock(f"2027-03-{evening}")
    activate(consume, service, siti, 2025)
    assert (deliver_emails(service.work, office), len(inbox(service, siti))) == (0, 2)
    clock(f"2027-03-{night}")
    assert deliver_emails(service.work, office) == 0, "over midnight"
    clock(f"2027-03-{morning}")
    assert deliver_emails(service.work, office) == 1
    assert sink.mails[1]["Subject"] == "SKP tahun 2025 telah aktif"


def test_a_reminder_waits_over_the_weekend_and_a_notice_does_not(service, sink, office, siti, consume, clock):
    clock("2027-03-06 03:00:00")  # a Saturday, ten in the morning
    remind(consume, service, siti)
    activate(consume, service, siti)
    assert deliver_emails(service.work, office) == 1
    assert sink.mails[0]["Subject"] == "SKP tahun 2026 telah aktif"
    assert len(inbox(service, siti)) == 2
    clock("2027-03-07 22:59:59")
    assert deliver_emails(service.work, office) == 0
    clock("2027-03-07 23:00:00")  # Monday at six
    assert deliver_emails(service.work, office) == 1


def test_what_is_urgent_is_sent_at_night(service, office, siti, consume, clock):
    clock("2027-03-06 18:00:00")
    (path, *_) = sorted((CONTRACTS / "events" / "identity" / "examples").glob("AccountAccessChanged.v1.*.json"))
    data = {**example("identity", path.stem), "employee_id": str(siti.employee_id)}
    consume("identity", "AccountAccessChanged", data, time=service.clock.now())
    assert len(inbox(service, siti)) == 1
    assert deliver_emails(service.work, office) == 1


def test_the_agency_sets_its_hours_from_a_day_on_and_not_dated_back(
    service, sink, office, siti, consume, clock, person
):
    clock("2027-03-01 03:00:00")
    hr = service.client(person("hr_officer"))
    (default,) = hr.get(f"{API}/quiet-hours").json["items"]
    assert default == {
        "effective_from": "2020-01-01",
        "starts_at": "20:00",
        "ends_at": "06:00",
        "weekends": True,
        "in_force": True,
    }
    body = {"effective_from": "2027-03-02", "starts_at": "08:00", "ends_at": "09:30", "weekends": False}
    made = hr.post(f"{API}/quiet-hours", json=body)
    assert (made.status_code, made.json["in_force"]) == (201, False)
    early = hr.post(f"{API}/quiet-hours", json={**body, "effective_from": "2027-02-28"})
    assert (early.status_code, early.json["errors"][0]["code"]) == (422, "date_too_early")
    assert hr.post(f"{API}/quiet-hours", json={**body, "starts_at": "24:00"}).status_code == 422
    assert service.client(siti).post(f"{API}/quiet-hours", json=body).status_code == 403
    clock("2027-03-02 01:15:00")  # a quarter past eight
    activate(consume, service, siti)
    assert deliver_emails(service.work, office) == 0
    clock("2027-03-02 02:30:00")
    assert deliver_emails(service.work, office) == 1
    clock("2027-03-06 15:00:00")  # Saturday, ten at night: neither is quiet any more
    remind(consume, service, siti)
    assert deliver_emails(service.work, office) == 1
    assert [one["in_force"] for one in hr.get(f"{API}/quiet-hours").json["items"]] == [False, True]
    none = hr.post(f"{API}/quiet-hours", json={**body, "effective_from": "2027-03-06", "ends_at": "08:00"})
    assert none.json["in_force"] is True
    clock("2027-03-08 01:00:00")
    activate(consume, service, siti, 2027)
    assert deliver_emails(service.work, office) == 1, "from and until the same: at no hour"


def test_who_chose_a_weekly_digest_gets_one_mail_on_monday(service, sink, office, siti, consume, clock):
    assert choose(service, siti, "WEEKLY").json["email"] == "WEEKLY"
    for day in ("2027-03-02", "2027-03-03", "2027-03-05"):
        clock(f"{day} 00:05:00")
        remind(consume, service, siti)
        assert deliver_emails(service.work, office) == 0
    clock("2027-03-07 23:59:59")
    assert deliver_emails(service.work, office) == 0
    clock("2027-03-08 00:00:00")  # Monday at seven
    assert deliver_emails(service.work, office) == 1
    [mail] = sink.mails
    assert mail["Subject"].startswith("3 pemberitahuan: Pengingat: 1 hal menunggu Anda")
    assert len(inbox(service, siti)) == 3


def test_a_daily_digest_of_reminders_skips_the_weekend(service, office, siti, consume, clock):
    choose(service, siti, "DAILY")
    clock("2027-03-04 01:00:00")
    remind(consume, service, siti)
    clock("2027-03-05 00:00:00")  # a Friday
    assert deliver_emails(service.work, office) == 1
    remind(consume, service, siti)
    clock("2027-03-06 00:00:00")
    assert deliver_emails(service.work, office) == 0
    clock("2027-03-08 00:00:00")
    assert deliver_emails(service.work, office) == 1


def test_reminders_may_be_turned_off_and_results_may_not(service, office, siti, consume, clock):
    clock("2027-03-01 03:00:00")
    assert choose(service, siti, "OFF", inbox=False).status_code == 200
    remind(consume, service, siti)
    assert (deliver_emails(service.work, office), inbox(service, siti)) == (0, [])
    refused = choose(service, siti, "OFF", inbox=False, topic="RESULT")
    assert refused.json["code"] == "notice_topic_mandatory"


def test_a_digest_says_how_many_of_what_until_when_and_names_late_ones_apart(service, siti, consume, clock):
    clock("2027-01-25 00:00:00")
    remind(consume, service, siti, "appraiser")
    (message,) = inbox(service, siti)
    assert message["title"] == "Pengingat: 3 hal menunggu Anda, 2 sudah lewat batas waktunya"
    assert message["body"].splitlines()[:4] == [
        "Yang menunggu Anda:",
        "- 3 SKP menunggu persetujuan, paling lambat 31 Januari 2027",
        "Yang sudah lewat batas waktunya:",
        "- 2 evaluasi periodik menunggu penilaian, batas waktunya 30 Oktober 2026",
    ]
    assert (message["link"], message["legal_source"]) == ("/antrean", "")


def test_one_message_a_day_and_person_and_one_for_each_desk_in_anothers_place(service, siti, consume, clock, person):
    clock("2027-01-25 00:00:00")
    head = str(person().employee_id)
    for _ in range(2):
        remind(consume, service, siti)
        remind(consume, service, siti, "stands_in", in_place_of_id=head)
    assert sorted(one["title"] for one in inbox(service, siti)) == [
        "Pengingat bagi pengganti: 3 hal menunggu, 0 sudah lewat batas waktunya",
        "Pengingat: 1 hal menunggu Anda, paling lambat 31 Januari 2027",
    ]
    assert any("- tidak ada" in one["body"] for one in inbox(service, siti))
    clock("2027-01-26 00:00:00")
    remind(consume, service, siti)
    assert len(inbox(service, siti)) == 3


def test_a_kind_that_has_no_words_here_is_counted_all_the_same(service, siti, consume, clock):
    clock("2027-01-25 00:00:00")
    new = [{"kind": "PEER_REVIEW", "own": False, "count": 2, "due_at": "2027-01-31T16:59:59+00:00"}]
    remind(consume, service, siti, approaching=new, approaching_count=2)
    (message,) = inbox(service, siti)
    assert "- 2 kewajiban lain, paling lambat 31 Januari 2027" in message["body"]


def test_a_superior_reads_who_is_late_and_with_what(service, siti, consume, clock, person):
    clock("2026-11-06 00:00:00")
    head = person()
    consume("personnel", "EmployeeContactChanged", contact(head.employee_id, "Bambang Sutrisno", "b@contoh.go.id"))
    people = {"employee_id": str(head.employee_id), "superior_id": str(siti.employee_id)}
    for _ in range(2):
        consume("appraisal", "DeadlinesOverdue", {**example("appraisal", "DeadlinesOverdue.v1.appraiser"), **people})
    (message,) = inbox(service, siti)
    assert message["body"].startswith("Bambang Sutrisno belum menyelesaikan:\n- 2 evaluasi periodik")
    assert inbox(service, head) == []


def test_many_mails_of_one_night_are_released_at_once_and_none_twice(service, sink, office, person, consume, clock):
    clock("2027-03-01 15:00:00")
    people = [person() for _ in range(5)]
    for n, one in enumerate(people):
        consume("personnel", "EmployeeContactChanged", contact(one.employee_id, email=f"p{n}@contoh.go.id"))
        activate(consume, service, one)
    assert deliver_emails(service.work, office) == 0
    clock("2027-03-01 23:00:00")
    service.run_timers()
    assert deliver_emails(service.work, office) == 5
    assert deliver_emails(service.work, office) == 0
    assert len({mail["To"] for mail in sink.mails}) == 5


def test_another_agencys_night_is_its_own(service, office, siti, consume, clock, agency):
    clock("2027-03-01 11:30:00")  # half past six in the evening in Jakarta, half past eight in Jayapura
    activate(consume, service, siti)
    assert deliver_emails(service.work, office) == 1
    other = f"{agency}-papua"
    data = {"agency_id": other, "name": "Pemda Papua", "time_zone": "Asia/Jayapura", "version": 1}
    now = service.clock.now()
    service.deliver("AgencyChanged", data, producer="personnel", agency=other, subject=other)
    service.deliver(
        "PlanActivated", plan_activated(siti.employee_id), producer="appraisal", agency=other, subject=other, time=now
    )
    assert deliver_emails(service.work, office) == 0
