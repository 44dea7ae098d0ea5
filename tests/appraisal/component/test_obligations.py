"""The register: who owes what about whom, kept by a job, by what people do, and by the timelines of personnel."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from appraisal.persistence import obligations
from appraisal.use_cases.obligations import open_year
from appraisal.use_cases.obligations.refresh import refresh_obligations
from tests.appraisal.builders import a_rating

PERIODS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


def opened(bureau, year=2026):
    """Open a year as HR and return the result of the job."""
    job_id = bureau.post(bureau.hr, "/obligations/openings", {"year": year}, 202)["job_id"]
    bureau.service.run_jobs()
    job = bureau.get(bureau.hr, f"/jobs/{job_id}")
    assert job["status"] == "DONE"
    return job["result"]


def listed(bureau, who, **query):
    found = bureau.get(who, "/obligations", query_string={"limit": 200, **query})
    assert found["next_cursor"] is None
    return found["items"]


def one(bureau, who, **query):
    (found,) = listed(bureau, who, **query)
    return found


def first_quarter(bureau):
    """Siti's first quarter, as Siti sees it."""
    return next(item for item in listed(bureau, bureau.siti, employee_id="me") if item["subject"] == "2026-Q1")


def rows(bureau):
    """Every row of the register as it is stored, but for what tells when and how often it was written."""
    columns = "kind, employee_id, subject, unit_id, owed_by, owed_to, first_day, last_day, working_days, opens_at, "
    columns += "due_at, original_due_at, state, reason, done_at, matter_id"
    with bureau.service.work.transaction(bureau.agency) as tx:
        found = tx.session.execute(text(f"SELECT {columns} FROM obligation ORDER BY employee_id, kind, subject"))
        return [tuple(row) for row in found]


def recomputed(bureau, year=2026):
    """Refresh everybody who is known; return how many rows that added and changed."""
    with bureau.service.work.transaction(bureau.agency) as tx:
        people = list(tx.session.execute(text("SELECT employee_id FROM directory_person")).scalars())
        put = refresh_obligations(tx, people, year)
        return put.new, put.changed


def test_a_year_is_opened_for_everybody_and_again_changes_nothing(bureau):
    bureau.hire(3)
    result = opened(bureau)
    # nine people, each with a plan, four quarters and the year
    assert result == {"year": 2026, "people": 9, "new": 54, "changed": 0}
    before = rows(bureau)
    assert opened(bureau) == {"year": 2026, "people": 9, "new": 0, "changed": 0}
    assert rows(bureau) == before
    assert [item["subject"] for item in listed(bureau, bureau.siti, kind="PERIODIC_EVALUATION")] == PERIODS


def test_killed_in_the_middle_it_goes_on_and_ends_the_same(bureau, monkeypatch):
    bureau.hire(4)
    monkeypatch.setattr(open_year, "PEOPLE_PER_STEP", 3)
    job_id = bureau.post(bureau.hr, "/obligations/openings", {"year": 2026}, 202)["job_id"]
    jobs, steps = bureau.service.worker.jobs, []
    monkeypatch.setattr(open_year, "mark_opened", lambda *_, **__: steps[9])  # the last step dies
    while jobs.run_step(bureau.service.work):
        steps.append(1)
    halfway = bureau.get(bureau.hr, f"/jobs/{job_id}")
    assert (halfway["status"], halfway["processed"], len(rows(bureau))) == ("RUNNING", 9, 54)
    monkeypatch.undo()
    assert opened(bureau) == {"year": 2026, "people": 10, "new": 6, "changed": 0}
    assert recomputed(bureau) == (0, 0)


def test_what_people_do_keeps_the_register_as_a_computation_would(bureau):
    opened(bureau)
    plan = bureau.draft()
    assert recomputed(bureau) == (0, 0)
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    waiting = one(bureau, bureau.head, owed_by="me", kind="PLAN", employee_id=str(bureau.siti.employee_id))
    assert (waiting["matter_id"], waiting["state"]) == (plan["id"], "OPEN")
    bureau.post(bureau.head, f"/plans/{plan['id']}/return", {"reason": "kurang jelas"}, 200)
    assert one(bureau, bureau.siti, owed_by="me", kind="PLAN")["matter_id"] == plan["id"]
    assert recomputed(bureau) == (0, 0)
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    assert one(bureau, bureau.siti, employee_id="me", kind="PLAN")["state"] == "DONE"
    assert recomputed(bureau) == (0, 0)
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, finish=False)
    assert one(bureau, bureau.siti, employee_id="me", state="OPEN", kind="ANNUAL_EVALUATION")["matter_id"] is None
    rated = bureau.rate(1)
    done = one(bureau, bureau.siti, employee_id="me", state="DONE", kind="PERIODIC_EVALUATION")
    assert (done["subject"], done["matter_id"], done["done_at"]) == ("2026-Q1", rated["id"], rated["final_at"])
    bureau.turn(2027, 1, 12, 3)
    bureau.rate(4)
    issued = bureau.issue()
    assert one(bureau, bureau.siti, year=2026, kind="ANNUAL_EVALUATION", employee_id="me")["matter_id"] == issued["id"]
    bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    bureau.post(bureau.siti, f"/evaluations/{issued['id']}/accept", status=200)
    assert recomputed(bureau) == (0, 0)


def test_a_move_is_followed_and_the_outgoing_appraiser_owes_a_rating(bureau):
    opened(bureau)
    bureau.active_plan()
    other = bureau.person(unit_id=bureau.root)
    bureau.place(other, bureau.root, "PENGAWAS", bureau.top)
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=other.employee_id, unit_id=bureau.root)
    owed = one(bureau, bureau.head, owed_by="me", kind="SEGMENT_RATING")
    assert (owed["subject"], owed["last_day"], owed["due_at"]) == (
        "2026-Q2/2026-04-01",
        "2026-05-14",
        "2026-05-28T16:59:59Z",
    )
    assert [item["subject"] for item in listed(bureau, other, owed_by="me", kind="PERIODIC_EVALUATION")] == PERIODS[1:]
    plans = listed(bureau, bureau.siti, employee_id="me", kind="PLAN")
    assert [(item["subject"], item["state"]) for item in plans] == [
        ("2026/2026-01-01", "DONE"),
        ("2026/2026-05-15", "OPEN"),
    ]
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    rated = bureau.post(bureau.head, "/evaluations/segments", {**a_rating(), **body}, 201)
    done = one(bureau, bureau.siti, employee_id="me", kind="SEGMENT_RATING")
    assert (done["state"], done["matter_id"]) == ("DONE", rated["id"])
    assert recomputed(bureau) == (0, 0)


def test_days_that_the_outgoing_appraiser_has_not_rated_are_hrs_the_midnight_after(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    bureau.turn(2026, 5, 28, 16, 59, 59)
    bureau.service.run_timers()
    assert one(bureau, bureau.hr, kind="SEGMENT_RATING")["owed_by"] == str(bureau.head.employee_id)
    bureau.turn(2026, 5, 28, 17, 0, 0)
    bureau.service.run_timers()
    late = one(bureau, bureau.hr, kind="SEGMENT_RATING", overdue=True)
    assert (late["owed_by"], late["state"], late["overdue"]) == (None, "OPEN", True)
    assert recomputed(bureau) == (0, 0)


def test_a_correction_cancels_what_is_no_longer_owed_and_its_withdrawal_brings_it_back(bureau):
    opened(bureau)
    bureau.turn(2026, 6, 2, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    bureau.change(bureau.siti, since=date(2026, 5, 11), superior_id=bureau.chief.employee_id, cause="CORRECTION")
    plans = listed(bureau, bureau.hr, kind="PLAN", employee_id=str(bureau.siti.employee_id))
    assert [(item["subject"], item["state"], item["reason"]) for item in plans] == [
        ("2026/2026-01-01", "OPEN", ""),
        ("2026/2026-05-15", "CANCELLED", "NO_LONGER_OWED"),
        ("2026/2026-05-11", "OPEN", ""),
    ]
    bureau.change(bureau.siti, since=date(2026, 5, 11), superior_id=bureau.head.employee_id, cause="CORRECTION")
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    states = [
        item["state"] for item in listed(bureau, bureau.hr, kind="PLAN", employee_id=str(bureau.siti.employee_id))
    ]
    assert states == ["OPEN", "OPEN", "CANCELLED"]
    assert recomputed(bureau) == (0, 0)


def test_a_newcomer_of_an_opened_year_has_obligations_at_once(bureau):
    opened(bureau)
    (newcomer,) = bureau.hire(1)
    assert len(rows(bureau)) == 42
    found = listed(bureau, newcomer, employee_id="me")
    assert {item["owed_by"] for item in found} == {str(newcomer.employee_id), str(bureau.head.employee_id)}


@pytest.mark.parametrize("status", ["UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE"])
def test_who_is_away_counts_neither_in_the_distribution_nor_as_unfinished(bureau, status):
    away, *_ = bureau.hire(3)
    bureau.change(away, since=date(2026, 1, 1), status=status)
    bureau.turn(2026, 4, 6, 3)
    body = {"unit_id": str(bureau.unit), "year": 2026, "quarter": 1, "predicate": "GOOD"}
    bureau.put(bureau.chief, "/org-predicates", body)
    shown = bureau.get(bureau.hr, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")
    # the head, Siti and two others; the fourth is not to be evaluated
    assert shown["headcount"] == 4
    (unit,) = [
        item
        for item in bureau.get(bureau.hr, "/summary?year=2026&quarter=1")["units"]
        if item["unit_id"] == str(bureau.unit)
    ]
    assert (unit["headcount"], unit["completion"]) == (5, {"owed": 4, "done": 0, "excused": 1, "overdue": 0})
    problem = bureau.rate(1, who=away, status=409)
    assert problem["code"] == "plan_missing"


def test_completion_counts_what_is_done_and_what_is_overdue(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1)
    path = "/summary?year=2026&quarter=1"
    assert bureau.get(bureau.hr, path)["total"]["completion"] == {"owed": 6, "done": 1, "excused": 0, "overdue": 0}
    bureau.turn(2026, 5, 2, 3)
    assert bureau.get(bureau.hr, path)["total"]["completion"] == {"owed": 6, "done": 1, "excused": 0, "overdue": 5}


def test_an_evaluation_that_nobody_made_stays_overdue_unless_the_rule_of_its_day_lets_it_lapse(bureau):
    opened(bureau)
    bureau.turn(2026, 5, 4, 3)
    bureau.service.run_timers()
    siti = {"employee_id": str(bureau.siti.employee_id), "kind": "PERIODIC_EVALUATION"}
    assert one(bureau, bureau.hr, **siti, overdue=True)["subject"] == "2026-Q1"
    bureau.set_rule("LAPSE", {"evaluation_days": 3})
    bureau.turn(2026, 5, 8, 3)
    bureau.service.run_timers()
    assert one(bureau, bureau.hr, **siti, overdue=True)["subject"] == "2026-Q1"
    assert recomputed(bureau) == (0, 0)
    bureau.turn(2026, 8, 4, 3)
    bureau.service.run_timers()
    lapsed = one(bureau, bureau.hr, **siti, state="LAPSED")
    assert (lapsed["subject"], lapsed["reason"], lapsed["overdue"]) == ("2026-Q2", "WINDOW_CLOSED", False)
    assert recomputed(bureau) == (0, 0)


def test_hr_excuses_by_an_order_and_takes_it_back(bureau):
    bureau.active_plan()
    opened(bureau)
    bureau.turn(2026, 4, 6, 3)
    owed = first_quarter(bureau)
    path, order = f"/obligations/{owed['id']}", {"reason": "Cuti sakit sejak Januari", "order_reference": "SK-7/2026"}
    excused = bureau.post(bureau.hr, f"{path}/excuse", order, 200)
    assert (excused["state"], excused["reason"], excused["order_reference"]) == ("EXCUSED", "BY_ORDER", "SK-7/2026")
    assert bureau.post(bureau.hr, f"{path}/excuse", order, 409)["code"] == "obligation_move_refused"
    problem = bureau.rate(1, status=409)
    assert (problem["code"], problem["errors"][0]["code"]) == ("period_excused", "by_order")
    assert bureau.get(bureau.head, "/appraiser/queue")["to_rate"] == []
    assert recomputed(bureau) == (0, 0)
    shown = {
        who: one(bureau, who, employee_id=str(bureau.siti.employee_id), state="EXCUSED")
        for who in (bureau.siti, bureau.head)
    }
    assert (shown[bureau.siti]["excuse"], shown[bureau.head]["excuse"]) == (order["reason"], None)
    assert bureau.post(bureau.hr, f"{path}/reinstate", status=200)["state"] == "OPEN"
    assert bureau.post(bureau.hr, f"{path}/reinstate", status=409)["code"] == "obligation_move_refused"
    assert [item["quarter"] for item in bureau.get(bureau.head, "/appraiser/queue")["to_rate"]] == [1]
    bureau.rate(1)
    assert bureau.post(bureau.hr, f"{path}/excuse", order, 409)["code"] == "obligation_move_refused"


def test_a_proposal_about_somebody_excused_meanwhile_cannot_be_finished(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    owed = first_quarter(bureau)
    order = {"reason": "Tugas khusus", "order_reference": "SK-8/2026"}
    bureau.post(bureau.hr, f"/obligations/{owed['id']}/excuse", order, 200)
    assert bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=409)["code"] == "period_excused"
    assert bureau.rate(1, status=409)["code"] == "period_excused"


def test_nobody_excuses_themselves(bureau):
    opened(bureau)
    own = one(bureau, bureau.hr, employee_id="me", kind="PLAN")
    order = {"reason": "x", "order_reference": "SK-9/2026"}
    assert bureau.post(bureau.hr, f"/obligations/{own['id']}/excuse", order, 403)["code"] == "own_affair"
    assert bureau.post(bureau.hr, f"/obligations/{own['id']}/reinstate", status=403)["code"] == "own_affair"


def test_who_sees_what(bureau):
    opened(bureau)
    about = {
        who: {item["employee_id"] for item in listed(bureau, who)} for who in (bureau.siti, bureau.head, bureau.chief)
    }
    siti, head, chief, hr = (str(one.employee_id) for one in (bureau.siti, bureau.head, bureau.chief, bureau.hr))
    assert about[bureau.siti] == {siti}
    assert about[bureau.head] == {siti, head}
    # the chief leads the bureau, where HR sits too, and the unit below it
    assert about[bureau.chief] == {siti, head, chief, hr}
    assert len(listed(bureau, bureau.hr)) == 36
    assert len(listed(bureau, bureau.hr, unit=str(bureau.bureau_unit))) == 24
    assert listed(bureau, bureau.siti, employee_id=head) == []


def test_an_extension_of_a_row_survives_a_refresh_and_is_not_added_to_a_later_window(bureau):
    opened(bureau)
    longer = {"due_on": "2026-05-03", "reason": "Dirawat di rumah sakit"}
    given = bureau.post(bureau.hr, f"/obligations/{first_quarter(bureau)['id']}/extensions", longer, 201)
    assert given["due_at"] == "2026-05-03T16:59:59Z"
    assert recomputed(bureau) == (0, 0)
    body = {"year": 2026, "quarter": 1, "closes_on": "2026-05-02", "reason": "gangguan sistem"}
    bureau.turn(2026, 4, 6, 3)
    bureau.post(bureau.hr, "/periods/extensions", body, 201)
    assert recomputed(bureau) == (0, 0)
    assert first_quarter(bureau)["due_at"] == "2026-05-03T16:59:59Z"
    body |= {"closes_on": "2026-05-10"}
    bureau.post(bureau.hr, "/periods/extensions", body, 201)
    assert recomputed(bureau) == (0, 0)
    first = first_quarter(bureau)
    assert (first["original_due_at"], first["due_at"]) == ("2026-04-30T16:59:59Z", "2026-05-10T16:59:59Z")


def test_a_year_that_nobody_opened_is_opened_for_those_who_are_asked_about(bureau):
    assert rows(bureau) == []
    assert [item["subject"] for item in listed(bureau, bureau.siti, kind="PERIODIC_EVALUATION")] == PERIODS
    with bureau.service.work.transaction(bureau.agency) as tx:
        people = set(tx.session.execute(text("SELECT DISTINCT employee_id FROM obligation")).scalars())
    assert people == {bureau.siti.employee_id}
    bureau.get(bureau.hr, "/summary?year=2026")
    assert len(rows(bureau)) == 36


def test_a_question_about_a_year_without_a_cycle_opens_nothing(bureau):
    assert listed(bureau, bureau.hr, year=2019) == []
    assert bureau.get(bureau.hr, "/summary?year=2031")["total"]["completion"]["owed"] == 0
    assert rows(bureau) == []
    bureau.post(bureau.hr, "/cycles", {"year": 2027}, 200)
    bureau.service.run_jobs()
    assert {row[2][:4] for row in rows(bureau)} == {"2027"}


def test_a_year_of_months_owes_twelve_evaluations(bureau):
    bureau.post(bureau.hr, "/cycles", {"year": 2027, "periodic": "MONTH"}, 200)
    bureau.service.run_jobs()
    found = listed(bureau, bureau.siti, year=2027, kind="PERIODIC_EVALUATION")
    assert [item["subject"] for item in found] == [f"2027-M{month:02}" for month in range(1, 13)]
    bureau.post(bureau.hr, "/cycles", {"year": 2027, "periodic": "QUARTER"}, 200)
    bureau.service.run_jobs()
    left = listed(bureau, bureau.siti, year=2027, kind="PERIODIC_EVALUATION", state="OPEN")
    assert [item["subject"] for item in left] == [f"2027-Q{quarter}" for quarter in range(1, 5)]
    assert recomputed(bureau, 2027) == (0, 0)


def test_two_at_once_end_as_one_after_the_other(bureau):
    """The plan is agreed while a refresh that has read it as submitted is about to write."""
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    opened(bureau)
    with bureau.service.work.transaction(bureau.agency) as tx:
        read = obligations.stored_obligations(tx, [bureau.siti.employee_id], 2026)
        stale = [
            obligations.Obligation(kind=kind, employee_id=person, subject=subject, owed_by=person)
            for kind, person, subject in read
            if kind == "PLAN"
        ]
        seen = {key: stored.version for key, stored in read.items()}
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    with bureau.service.work.transaction(bureau.agency) as tx:
        put = obligations.put_obligations(tx, stale, seen)
    assert (put.new, put.changed, put.missed) == (0, 0, {bureau.siti.employee_id})
    assert one(bureau, bureau.siti, employee_id="me", kind="PLAN")["state"] == "DONE"


def test_deadlines_end_with_the_agencys_day(bureau):
    opened(bureau)
    due = {item["subject"]: item["due_at"] for item in listed(bureau, bureau.siti)}
    assert due["2026/2026-01-01"] == "2026-01-31T16:59:59Z"
    assert datetime.fromisoformat(due["2026"]) == datetime(2027, 1, 31, 16, 59, 59, tzinfo=UTC)


def test_a_midnight_that_is_due_is_not_skipped_when_a_year_is_opened_before_it_was_worked_through(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    bureau.service.run_timers()
    bureau.turn(2026, 5, 29, 3)
    bureau.post(bureau.hr, "/obligations/openings", {"year": 2027}, 202)
    bureau.service.run_timers()
    assert one(bureau, bureau.hr, kind="SEGMENT_RATING")["owed_by"] is None


@pytest.mark.parametrize("statement", ["_PUT", "_FULFIL"])
def test_an_obligation_is_looked_up_by_whom_it_is_about_and_never_by_its_period(bureau, statement):
    query = getattr(obligations, statement)
    values = {"rows": "[]", "checked": False, "kind": "PLAN", "subject": "2026", "now": datetime.now(UTC)}
    names = query.compile().params
    with bureau.service.work.transaction(bureau.agency) as tx:
        found = tx.session.execute(text(f"EXPLAIN {query.text}"), {name: values.get(name) for name in names})
        conditions = [line for line in found.scalars() if "Index Cond" in line]
    assert [line for line in conditions if "subject" in line] == []
