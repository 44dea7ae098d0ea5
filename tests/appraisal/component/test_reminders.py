"""Reminders before and after deadlines: each morning of the agency, one event a person, once for each stage."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.use_cases.obligations import remind
from appraisal.use_cases.outages import move
from tests.appraisal.component.deadlines import annual, at, database, outage, rows
from tests.appraisal.component.test_obligations import opened

ZONES = [("Asia/Jakarta", 0), ("Asia/Makassar", -1), ("Asia/Jayapura", -2)]


def morning(bureau, day, hour=0):
    """Let midnight, the hour of reminders, and what they start come to pass; by default 07:00 in Jakarta."""
    bureau.service.clock.turn(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC))
    if hour:
        bureau.service.clock.turn(bureau.service.clock.now() + timedelta(hours=hour))
    bureau.service.run_timers()
    bureau.service.run_jobs()


def counted(counts):
    return [(one["kind"], one["own"], one["count"], one["due_at"]) for one in counts]


def reminders(bureau, who=None, role="OWES"):
    """Return of each reminder the day, and what approaches and what is late, by kind."""
    found = [one["data"] for one in bureau.events("DeadlinesApproaching")]
    return [
        (one["day"], counted(one["approaching"]), counted(one["late"]))
        for one in found
        if who is None or (one["employee_id"], one["role"]) == (str(who.employee_id), role)
    ]


def days(bureau, who):
    return [one[0] for one in reminders(bureau, who)]


PLAN_DUE = "2026-01-31T16:59:59+00:00"


@pytest.fixture
def january(bureau):
    """A year that was opened on 12 January; plans are due on the 31st."""
    opened(bureau)
    return bureau


@pytest.mark.parametrize(("zone", "shift"), ZONES)
def test_everybody_is_reminded_at_seven_where_the_agency_is(bureau, zone, shift):
    data = {"agency_id": bureau.agency, "name": "Kementerian Contoh", "time_zone": zone}
    bureau.deliver("AgencyChanged", bureau.agency, 2, **data)
    opened(bureau)
    seven = datetime(2026, 1, 24, tzinfo=UTC) + timedelta(hours=shift)
    for moment, expected in ((seven - timedelta(seconds=1), []), (seven, ["2026-01-24"])):
        bureau.service.clock.turn(moment)
        bureau.service.run_timers()
        bureau.service.run_jobs()
        assert days(bureau, bureau.siti) == expected
    due = datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC) + timedelta(hours=shift)
    assert reminders(bureau, bureau.siti)[0][1] == [("PLAN", True, 1, due.isoformat())]


def test_the_stages_are_a_week_before_the_last_day_both_on_the_friday_before_these_saturdays_the_day_after_and_weekly_three_times_more(
    january,
):
    day = date(2026, 1, 20)
    while day < date(2026, 3, 20):
        morning(january, day.isoformat())
        day += timedelta(days=1)
    expected = ["2026-01-23", "2026-01-30", "2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"]
    assert days(january, january.siti) == expected
    found = reminders(january, january.siti)
    assert [(len(approaching), len(late)) for _, approaching, late in found] == [(1, 0)] * 2 + [(0, 1)] * 4
    assert found[2][2] == [("PLAN", True, 1, PLAN_DUE)]


def test_what_is_done_or_excused_meanwhile_is_not_reminded(january):
    morning(january, "2026-01-24")
    january.active_plan()
    (owed,) = january.get(january.hr, f"/obligations?kind=PLAN&employee_id={january.outsider.employee_id}")["items"]
    order = {"reason": "Tugas belajar", "order_reference": "SK-9"}
    january.post(january.hr, f"/obligations/{owed['id']}/excuse", order, 200)
    morning(january, "2026-01-31")
    assert days(january, january.siti) == days(january, january.outsider) == ["2026-01-24"]
    assert days(january, january.hr) == ["2026-01-24", "2026-01-31"]


def test_an_official_gets_one_digest_with_numbers_by_kind_and_the_nearest_deadline(january):
    people = [january.siti, *january.hire(2)]
    for one in people:
        january.post(one, f"/plans/{january.draft(one)['id']}/submit", status=200)
    january.turn(2026, 1, 24, 1)
    january.service.run_timers()
    january.service.run_jobs()
    (found,) = reminders(january, january.head)
    assert found == ("2026-01-24", [("PLAN", False, 3, PLAN_DUE), ("PLAN", True, 1, PLAN_DUE)], [])
    assert reminders(january, january.siti) == []
    (event,) = [
        one for one in january.events("DeadlinesApproaching") if one["subject"] == str(january.head.employee_id)
    ]
    data = event["data"]
    assert (data["content"], data["approaching_count"], data["late_count"]) == ("APPROACHING", 4, 0)
    assert (data["due_at"], data["role"], data["in_place_of_id"]) == (PLAN_DUE, "OWES", None)


def test_what_is_handed_to_somebody_after_the_week_is_reminded_the_next_morning_with_all_the_rest(january):
    morning(january, "2026-01-24")
    january.post(january.siti, f"/plans/{january.draft()['id']}/submit", status=200)
    morning(january, "2026-01-26")
    assert reminders(january, january.head)[-1] == (
        "2026-01-26",
        [("PLAN", False, 1, PLAN_DUE), ("PLAN", True, 1, PLAN_DUE)],
        [],
    )
    assert days(january, january.siti) == ["2026-01-24"]


def test_late_evaluations_are_named_apart_from_what_approaches(january):
    january.active_plan()
    morning(january, "2026-05-01")
    assert reminders(january, january.head)[-1][2] == [
        ("PERIODIC_EVALUATION", False, 1, "2026-04-30T16:59:59+00:00"),
        ("PLAN", True, 1, PLAN_DUE),
    ]
    (event,) = [one for one in january.events("DeadlinesApproaching") if one["data"]["day"] == "2026-05-01"][:1]
    assert event["data"]["content"] == "LATE"


def test_the_same_day_again_and_another_worker_remind_nobody_twice(january):
    morning(january, "2026-01-24")
    before = reminders(january)
    assert len(before) == 6
    with database(january) as tx:
        remind.schedule_reminders(tx)
    january.service.run_timers()
    with database(january) as tx:
        remind.start_reminding(tx, date(2026, 1, 24))
    january.service.run_jobs()
    assert reminders(january) == before
    assert [one.status for one in rows(january, "SELECT status FROM job WHERE kind = 'remind_people'")] == ["DONE"]


def test_two_workers_at_once_share_the_day(january, monkeypatch):
    monkeypatch.setattr(remind, "PEOPLE_PER_STEP", 1)
    january.turn(2026, 1, 24, 1)
    january.service.run_timers()
    work, jobs, expected = january.service.work, january.service.worker.jobs, 6

    def serve(_):
        while len(january.events("DeadlinesApproaching")) < expected:
            jobs.run_step(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(serve, range(2)))
    january.service.run_jobs()
    found = [one["data"]["employee_id"] for one in january.events("DeadlinesApproaching")]
    assert len(set(found)) == len(found) == expected


class Killed(Exception):
    pass


def test_killed_in_the_middle_nobody_is_reminded_twice_and_nobody_left_out(january, monkeypatch):
    monkeypatch.setattr(remind, "PEOPLE_PER_STEP", 2)
    january.turn(2026, 1, 24, 1)
    january.service.run_timers()
    work, jobs = january.service.work, january.service.worker.jobs
    assert jobs.run_step(work)
    assert len(reminders(january)) == 2
    record = remind.outbox.record

    def die(tx, published):
        record(tx, published)
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(remind.outbox, "record", die)
        assert jobs.run_step(work)
    assert len(reminders(january)) == 2, "what died with its transaction was not recorded"
    with database(january) as tx:
        tx.session.connection().exec_driver_sql("UPDATE job SET not_before = NULL WHERE status = 'RUNNING'")
    january.service.run_jobs()
    found = [one["data"]["employee_id"] for one in january.events("DeadlinesApproaching")]
    everybody = ["top", "chief", "head", "siti", "hr", "outsider"]
    assert sorted(found) == sorted(str(getattr(january, one).employee_id) for one in everybody)


def test_a_day_that_did_not_end_is_left_to_the_next_one(january, monkeypatch):
    monkeypatch.setattr(remind, "PEOPLE_PER_STEP", 2)
    january.turn(2026, 1, 24, 1)
    january.service.run_timers()
    assert january.service.worker.jobs.run_step(january.service.work)
    morning(january, "2026-01-25")
    found = [(one["data"]["employee_id"], one["data"]["day"]) for one in january.events("DeadlinesApproaching")]
    assert len({person for person, _ in found}) == len(found) == 6
    assert sorted(day for _, day in found) == ["2026-01-24"] * 2 + ["2026-01-25"] * 4


def test_mornings_that_nobody_worked_are_made_up_for_by_one_reminder(january):
    morning(january, "2026-02-03")
    assert days(january, january.siti) == ["2026-02-03"]
    morning(january, "2026-02-04")
    assert days(january, january.siti) == ["2026-02-03"]


def test_an_outage_moves_the_reminders_which_begin_anew_for_the_new_day(january):
    for day in ("2026-01-24", "2026-01-31"):
        morning(january, day)
    january.turn(2026, 1, 31, 3)
    outage(january, "2026-01-26T00:00:00Z", "2026-01-31T00:00:00Z")
    (due,) = {one.due_at for one in rows(january, "SELECT due_at FROM obligation WHERE kind = 'PLAN'")}
    assert due.astimezone(UTC).date() == date(2026, 2, 5)
    morning(january, "2026-02-01")
    assert reminders(january, january.siti)[-1] == (
        "2026-02-01",
        [("PLAN", True, 1, due.astimezone(UTC).isoformat())],
        [],
    )
    for day in ("2026-02-02", "2026-02-05", "2026-02-06"):
        morning(january, day)
    assert days(january, january.siti) == ["2026-01-24", "2026-01-31", "2026-02-01", "2026-02-05", "2026-02-06"]


def test_a_grant_moves_one_person_s_reminders(january):
    morning(january, "2026-01-24")
    (owed,) = january.get(january.hr, f"/obligations?kind=PLAN&employee_id={january.siti.employee_id}")["items"]
    january.post(january.hr, f"/obligations/{owed['id']}/extensions", {"due_on": "2026-02-14", "reason": "Sakit"}, 201)
    for day in ("2026-01-31", "2026-02-01", "2026-02-07"):
        morning(january, day)
    assert days(january, january.siti) == ["2026-01-24", "2026-02-07"]
    assert days(january, january.outsider) == ["2026-01-24", "2026-01-31", "2026-02-01"]


def test_while_a_job_still_moves_deadlines_nobody_is_reminded_of_the_former_ones(january, monkeypatch):
    monkeypatch.setattr(move, "AT_ONCE", 0)
    january.turn(2026, 1, 24, 16)
    outage(january, "2026-01-20T00:00:00Z", "2026-01-24T00:00:00Z")
    january.turn(2026, 1, 25, 0, 0, 1)
    january.service.run_timers()
    assert rows(january, "SELECT 1 FROM job WHERE kind = 'remind_people'") == []
    january.service.run_jobs()
    at(january, "2026-01-25 00:16:00")
    january.service.run_jobs()
    assert reminders(january, january.siti) == []
    morning(january, "2026-01-28")
    assert days(january, january.siti) == ["2026-01-28"], "a week before 4 February"


def test_nobody_is_reminded_of_a_year_that_the_agency_does_not_work_with(bureau):
    bureau.get(bureau.head, "/appraiser/queue")
    owed = bureau.get(bureau.hr, f"/obligations?owed_by={bureau.head.employee_id}&overdue=true")["items"]
    assert {one["subject"][:4] for one in owed} == {"2025"}
    morning(bureau, "2026-01-24")
    assert reminders(bureau) == []
    bureau.draft()
    morning(bureau, "2026-01-25")
    assert {counts[0][0] for _, counts, _ in reminders(bureau)} == {"PLAN"}
    assert bureau.get(bureau.head, "/appraiser/queue")["overdue"] == []


def overdue(bureau):
    return [
        (one["data"]["day"], one["data"]["employee_id"], one["data"]["superior_id"], counted(one["data"]["late"]))
        for one in bureau.events("DeadlinesOverdue")
    ]


def test_a_superior_is_notified_once_when_somebody_is_late_for_a_week(january):
    for day in ("2026-01-31", "2026-02-01", "2026-02-06", "2026-02-07", "2026-02-08", "2026-02-09"):
        morning(january, day)
    found = [one for one in overdue(january) if one[1] == str(january.siti.employee_id)]
    late = [("PLAN", True, 1, PLAN_DUE)]
    assert found == [("2026-02-07", str(january.siti.employee_id), str(january.head.employee_id), late)]
    everybody = {str(january.top.employee_id), *(one[1] for one in overdue(january))}
    assert len(overdue(january)) == 5, "who has nobody above them is reported to nobody"
    assert len(everybody) == 6


def test_nobody_is_reported_before_they_were_reminded(january):
    morning(january, "2026-02-20")
    assert (days(january, january.siti), overdue(january)) == (["2026-02-20"], [])
    morning(january, "2026-02-21")
    assert len(overdue(january)) == 5
    january.turn(2026, 2, 21, 3)
    (owed,) = january.get(january.hr, f"/obligations?kind=PLAN&employee_id={january.siti.employee_id}")["items"]
    january.post(january.hr, f"/obligations/{owed['id']}/extensions", {"due_on": "2026-02-25", "reason": "Sakit"}, 201)
    for day in ("2026-02-26", "2026-03-04", "2026-03-05"):
        morning(january, day)
    assert [one[0] for one in overdue(january) if one[1] == str(january.siti.employee_id)] == [
        "2026-02-21",
        "2026-03-04",
    ]


def test_who_stands_in_for_who_is_away_is_reminded_of_that_desk_apart_from_their_own(january):
    january.post(january.siti, f"/plans/{january.draft()['id']}/submit", status=200)
    january.change(january.head, date(2026, 1, 20), status="ON_LEAVE")
    january.stand_in(january.outsider, january.head, date(2026, 1, 20), date(2026, 2, 20))
    morning(january, "2026-01-24")
    assert reminders(january, january.outsider, "STANDS_IN") == [
        ("2026-01-24", [("PLAN", False, 1, PLAN_DUE)], []),
    ]
    (event,) = [one for one in january.events("DeadlinesApproaching") if one["data"]["role"] == "STANDS_IN"]
    assert event["data"]["in_place_of_id"] == str(january.head.employee_id)
    assert reminders(january, january.outsider) == [("2026-01-24", [("PLAN", True, 1, PLAN_DUE)], [])]
    assert days(january, january.head) == ["2026-01-24"]


def test_whoever_comes_after_is_reminded_anew_of_what_is_theirs_now(january):
    january.active_plan()
    morning(january, "2026-04-23")
    assert reminders(january, january.head)[-1][1] == [
        ("PERIODIC_EVALUATION", False, 1, "2026-04-30T16:59:59+00:00"),
    ]
    january.change(january.siti, date(2026, 4, 24), superior_id=january.chief.employee_id)
    january.change(january.head, date(2026, 4, 24), in_service=False, status="RETIRED")
    morning(january, "2026-04-25")
    ratings = [one for one in reminders(january, january.chief)[-1][1] if one[0] == "PERIODIC_EVALUATION"]
    assert [(count, due) for _, _, count, due in ratings] == [(1, "2026-04-30T16:59:59+00:00")], (
        "the head's own days have no agreed plan, by which they could be rated"
    )
    assert days(january, january.head)[-1] == "2026-04-23"


def test_the_end_of_the_days_to_object_is_reminded_before_and_reaches_no_superior(bureau):
    opened(bureau)
    annual(bureau)
    for day in ("2027-01-21", "2027-01-22", "2027-01-23", "2027-01-26"):
        morning(bureau, day)
    found = [(day, one) for day, counts, _ in reminders(bureau, bureau.siti) for one in counts if one[0] == "ANSWER"]
    assert found == [(day, ("ANSWER", True, 1, "2027-01-26T16:59:59+00:00")) for day in ("2027-01-22", "2027-01-26")]
    morning(bureau, "2027-02-10")
    assert not [one for one in overdue(bureau) if any(kind == "ANSWER" for kind, *_ in one[3])]


def test_days_and_hour_are_the_agency_s_by_two_officers_and_a_kind_may_have_its_own(january):
    value = {"hour": 9, "before": [1], "after": [], "kinds": {"PLAN": {"before": [3]}}}
    january.set_rule("REMINDER", value, "2026-01-28")
    for moment in ("2026-01-24 00:00:01", "2026-01-28 01:59:59"):
        at(january, moment)
        january.service.run_jobs()
    assert days(january, january.siti) == ["2026-01-24"]
    at(january, "2026-01-28 02:00:00")
    january.service.run_jobs()
    assert days(january, january.siti) == ["2026-01-24", "2026-01-28"]
    for day in ("2026-02-01", "2026-02-09"):
        morning(january, day, 3)
    assert days(january, january.siti) == ["2026-01-24", "2026-01-28"], "this agency reminds of nothing late"


def test_another_agency_has_its_own_mornings(january, person):
    other = type(january).found(january.service, f"{january.agency}-lain", person)
    morning(january, "2026-01-24")
    assert january.service.events(other.agency, "DeadlinesApproaching") == []


def test_an_event_names_nobody_but_whom_it_is_for(january):
    morning(january, "2026-01-24")
    (found,) = [one["data"] for one in january.events("DeadlinesApproaching")][:1]
    assert found.keys() >= {"employee_id", "day", "approaching"}
    assert not [name for name in found if name.endswith("_id") and name not in {"employee_id", "in_place_of_id"}]
