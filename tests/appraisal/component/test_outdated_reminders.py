"""What reminders said is withdrawn when it is so no longer, since their e-mail may wait; the next morning says what is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.use_cases.outages import move
from tests.appraisal.component.deadlines import annual, at, outage
from tests.appraisal.component.test_obligations import listed, opened
from tests.appraisal.component.test_overdue import queue
from tests.appraisal.component.test_reminders import PLAN_DUE, ZONES, days, morning, overdue, reminders


def outdated(bureau):
    names = {str(getattr(bureau, one).employee_id): one for one in ("top", "chief", "head", "siti", "hr", "outsider")}
    return sorted(names[one["data"]["employee_id"]] for one in bureau.events("RemindersOutdated"))


def grant(bureau, kind, who, due_on):
    (owed,) = listed(bureau, bureau.hr, kind=kind, employee_id=str(who.employee_id))
    bureau.post(bureau.hr, f"/obligations/{owed['id']}/extensions", {"due_on": due_on, "reason": "Sakit"}, 201)


@pytest.fixture
def january(bureau):
    opened(bureau)
    return bureau


@pytest.mark.parametrize(("zone", "shift"), ZONES)
def test_what_ends_on_a_weekend_is_reminded_on_the_friday_before(bureau, zone, shift):
    """31 January 2026 is a Saturday."""
    data = {"agency_id": bureau.agency, "name": "Kementerian Contoh", "time_zone": zone}
    bureau.deliver("AgencyChanged", bureau.agency, 2, **data)
    opened(bureau)
    for day in range(22, 32):
        seven = datetime(2026, 1, day, tzinfo=UTC) + timedelta(hours=shift)
        for moment in (seven - timedelta(seconds=1), seven):
            bureau.service.clock.turn(moment)
            bureau.service.run_timers()
            bureau.service.run_jobs()
    assert days(bureau, bureau.siti) == ["2026-01-23", "2026-01-30"]
    events = [one["data"] for one in bureau.events("DeadlinesApproaching")]
    due = (datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC) + timedelta(hours=shift)).isoformat()
    assert {(one["useful_until"], one["of_service"]) for one in events} == {(due, True)}


def test_what_is_owed_from_the_weekend_on_is_reminded_on_it(january):
    """Nobody waits until Monday for what ends before it."""
    morning(january, "2026-01-30")
    (newcomer,) = january.hire(1)
    january.draft(newcomer)
    morning(january, "2026-01-31")
    assert days(january, newcomer) == ["2026-01-31"]


def test_a_grant_withdraws_what_was_said_and_nothing_else(january):
    morning(january, "2026-01-30")
    grant(january, "PLAN", january.siti, "2026-02-14")
    assert outdated(january) == ["siti"]
    grant(january, "PLAN", january.siti, "2026-02-16")
    assert outdated(january) == ["siti"], "it is withdrawn already"
    for day in ("2026-01-31", "2026-02-01", "2026-02-09"):
        morning(january, day)
    assert outdated(january) == ["siti"]
    assert days(january, january.siti) == ["2026-01-30", "2026-02-09"]


def test_who_was_reminded_of_more_is_reminded_of_the_rest_the_next_morning(january):
    january.post(january.siti, f"/plans/{january.draft()['id']}/submit", status=200)
    morning(january, "2026-01-24")
    grant(january, "PLAN", january.siti, "2026-02-14")
    assert outdated(january) == ["head"], "who agrees it owes it now"
    morning(january, "2026-01-25")
    assert reminders(january, january.head) == [
        ("2026-01-24", [("PLAN", False, 1, PLAN_DUE), ("PLAN", True, 1, PLAN_DUE)], []),
        ("2026-01-25", [("PLAN", True, 1, PLAN_DUE)], []),
    ]
    morning(january, "2026-01-26")
    assert days(january, january.head) == ["2026-01-24", "2026-01-25"]


@pytest.mark.parametrize("at_once", [5000, 0])
def test_an_outage_withdraws_once_of_each_person_also_by_a_job(january, monkeypatch, at_once):
    monkeypatch.setattr(move, "AT_ONCE", at_once)
    morning(january, "2026-01-30")
    january.turn(2026, 1, 31, 3)
    outage(january, "2026-01-26T00:00:00Z", "2026-01-31T00:00:00Z")
    january.service.run_jobs()
    assert outdated(january) == ["chief", "head", "hr", "outsider", "siti", "top"]
    morning(january, "2026-02-01")
    assert len(outdated(january)) == 6


def test_a_window_that_is_extended_withdraws_what_was_said_of_all_its_ratings(january):
    january.active_plan()
    morning(january, "2026-04-23")
    january.turn(2026, 4, 24, 3)
    body = {"year": 2026, "quarter": 1, "closes_on": "2026-05-15", "reason": "Gangguan"}
    january.post(january.hr, "/periods/extensions", body, 201)
    january.service.run_timers()
    assert outdated(january) == ["head"]


def test_what_has_gone_to_another_official_is_withdrawn_and_what_was_done_is_not(january):
    january.active_plan()
    morning(january, "2026-04-23")
    january.post(january.outsider, f"/plans/{january.draft(january.outsider)['id']}/submit", status=200)
    assert outdated(january) == []
    january.change(january.siti, date(2026, 4, 24), superior_id=january.chief.employee_id)
    january.change(january.head, date(2026, 4, 24), in_service=False, status="RETIRED")
    at(january, "2026-04-24 03:00:00")
    assert outdated(january) == ["head"]
    morning(january, "2026-04-25")
    assert ("PERIODIC_EVALUATION", False, 1) in {one[:3] for one in reminders(january, january.chief)[-1][1]}


def test_what_hr_excuses_is_withdrawn(january):
    morning(january, "2026-01-24")
    (owed,) = listed(january, january.hr, kind="PLAN", employee_id=str(january.siti.employee_id))
    order = {"reason": "Tugas belajar", "order_reference": "SK-9"}
    january.post(january.hr, f"/obligations/{owed['id']}/excuse", order, 200)
    assert outdated(january) == ["siti"]


def test_the_right_to_object_stays_with_who_has_left_and_its_reminder_says_so(bureau):
    opened(bureau)
    annual(bureau)
    bureau.change(bureau.siti, date(2027, 1, 15), in_service=False, status="RETIRED")
    morning(bureau, "2027-01-22")
    (found,) = [
        one["data"]
        for one in bureau.events("DeadlinesApproaching")
        if (one["data"]["day"], one["subject"]) == ("2027-01-22", str(bureau.siti.employee_id))
    ]
    assert ([one["kind"] for one in found["approaching"]], found["of_service"]) == (["ANSWER"], False)


def test_who_stands_in_for_the_present_superior_is_shown_no_case_of_the_former_one(bureau):
    """An answer to an objection is the former superior's; the present one, and who stands in there, is no party."""
    bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "x"}, 201)
    bureau.turn(2027, 1, 14, 3)
    bureau.change(bureau.siti, date(2027, 1, 14), superior_id=bureau.top.employee_id)
    bureau.stand_in(bureau.outsider, bureau.top, date(2027, 1, 14), date(2027, 2, 14))
    bureau.turn(2027, 1, 21, 3)
    assert "STATEMENT" in [one["kind"] for one in queue(bureau, bureau.head)]
    assert "STATEMENT" not in [one["kind"] for one in queue(bureau, bureau.outsider)]


def test_whoever_is_above_is_notified_anew_of_the_rest_as_everything_that_waits_is_dropped(january):
    (mate,) = january.hire(1)
    for one in (january.siti, mate):
        january.post(one, f"/plans/{january.draft(one)['id']}/submit", status=200)
    for day in ("2026-01-24", "2026-01-30", "2026-02-01", "2026-02-07"):
        morning(january, day)
    (owed,) = listed(january, january.hr, kind="PLAN", employee_id=str(january.siti.employee_id))
    order = {"reason": "Tugas belajar", "order_reference": "SK-9"}
    january.post(january.hr, f"/obligations/{owed['id']}/excuse", order, 200)
    for day in ("2026-02-08", "2026-02-09", "2026-02-15"):
        morning(january, day)
    told = [(day, sum(one[2] for one in late)) for day, who, _, late in overdue(january) if who == head(january)]
    assert told == [("2026-02-07", 3), ("2026-02-08", 2)]


def head(bureau):
    return str(bureau.head.employee_id)
