"""Outages and grants meet the register that is computed anew: neither undoes the other, in whatever order they come."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import text

from appraisal.domain.obligation import ObligationKind
from appraisal.persistence.cases import lock_case
from appraisal.persistence.extensions import lock_deadline
from appraisal.persistence.outages import lock_outages
from appraisal.use_cases.obligations.overtake import overtake_obligations
from appraisal.use_cases.outages import move
from chassis.waiting import wait_for
from tests.appraisal.builders import a_rating
from tests.appraisal.component.deadlines import annual, at, database, deadlines, outage, rows
from tests.appraisal.component.test_obligations import listed, one, opened, recomputed
from tests.appraisal.component.test_outages import due, object_to

MAY = ("2026-05-20T01:00:00Z", "2026-05-21T13:00:00Z")
WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def moved_to_chief(bureau, day=15, cause="CHANGE"):
    bureau.change(bureau.siti, since=date(2026, 5, day), superior_id=bureau.chief.employee_id, cause=cause)


def found(bureau, kind, subject, who=None):
    """One row of Siti's, or of somebody else's."""
    person = (who or bureau.siti).employee_id
    (row,) = [each for each in deadlines(bureau, kind) if (each.subject, each.employee_id) == (subject, person)]
    return row


def granted(bureau, row, due_on, status=201, who=None):
    body = {"due_on": due_on, "reason": "Dirawat di rumah sakit"}
    return bureau.post(who or bureau.hr, f"/obligations/{row.id}/extensions", body, status)


def stored(bureau):
    """What is due of everybody, and what moved it."""
    query = "SELECT o.employee_id, o.kind, o.subject, o.state, o.due_at, o.original_due_at, x.days FROM obligation o "
    query += "LEFT JOIN deadline_extension x ON x.obligation_id = o.id ORDER BY 1, 2, 3, 7"
    return [tuple(row) for row in rows(bureau, query)]


def test_a_refresh_after_an_outage_and_a_grant_writes_nothing(bureau):
    opened(bureau)
    bureau.turn(2026, 5, 16, 3)
    moved_to_chief(bureau)
    granted(bureau, found(bureau, "PLAN", "2026/2026-05-15"), "2026-06-20")
    bureau.turn(2026, 5, 22, 3)
    outage(bureau, *MAY)
    assert recomputed(bureau) == (0, 0)
    plan, rating = found(bureau, "PLAN", "2026/2026-05-15"), found(bureau, "SEGMENT_RATING", "2026-Q2/2026-04-01")
    # the grant was given before the outage, so that it is longer by as much; the rule's own day is shown beside it
    assert (due(plan), f"{plan.original_due_at:%m-%d}") == ("06-22 16:59:59", "06-14")
    assert (due(rating), f"{rating.original_due_at:%m-%d}") == ("05-30 16:59:59", "05-28")
    granted(bureau, rating, "2026-06-03")
    assert recomputed(bureau) == (0, 0)
    assert due(found(bureau, "SEGMENT_RATING", rating.subject)) == "06-03 16:59:59"


def test_what_is_opened_after_an_outage_is_extended_as_if_it_had_been_there(bureau):
    """The same outage twice, once while the register was open and once before it was."""
    opened(bureau)
    bureau.turn(2026, 5, 22, 3)
    moved_to_chief(bureau)
    outage(bureau, *MAY)
    before = stored(bureau)
    assert {(row[1], row[2], row[6]) for row in before if row[6]} == {
        ("PLAN", "2026/2026-05-15", 2),
        ("SEGMENT_RATING", "2026-Q2/2026-04-01", 2),
    }
    with database(bureau) as tx:
        for table in ("deadline_extension", "obligation", "obligation_year"):
            tx.session.execute(text(f"DELETE FROM {table}"))
    opened(bureau)
    assert stored(bureau) == before
    assert recomputed(bureau) == (0, 0)


def test_evaluations_end_with_their_windows_whichever_is_opened_first(bureau):
    opened(bureau)
    bureau.turn(2026, 4, 29, 3)
    outage(bureau, "2026-04-27T01:00:00Z", "2026-04-28T13:00:00Z")
    (window, *_) = bureau.get(bureau.hr, "/periods?year=2026")["items"]
    assert (window["closes_on"], due(found(bureau, "PERIODIC_EVALUATION", "2026-Q1"))) == (
        "2026-05-02",
        "05-02 16:59:59",
    )
    (late,) = bureau.hire(1)
    assert due(found(bureau, "PERIODIC_EVALUATION", "2026-Q1", late)) == "05-02 16:59:59"
    assert recomputed(bureau) == (0, 0)
    bureau.turn(2026, 1, 12, 3)
    bureau.active_plan()
    bureau.turn(2026, 5, 2, 16, 59, 59)
    assert bureau.rate(1)["state"] == "FINAL"
    # what is done, and what nobody has rated, is still found as it was
    assert recomputed(bureau) == (0, 0)


def test_days_that_turn_out_to_be_others_are_extended_by_what_overlaps_them_only(bureau):
    """A correction moves the end of the days, and with it their deadline, behind the outage."""
    opened(bureau)
    bureau.turn(2026, 5, 22, 3)
    moved_to_chief(bureau)
    outage(bureau, *MAY)
    bureau.turn(2026, 6, 2, 3)
    moved_to_chief(bureau)
    bureau.timelines[bureau.siti.employee_id] = bureau.timelines[bureau.siti.employee_id][:1]
    moved_to_chief(bureau, day=29, cause="CORRECTION")
    rating = found(bureau, "SEGMENT_RATING", "2026-Q2/2026-04-01")
    assert (rating.last_day, due(rating), rating.due_at) == (
        date(2026, 5, 28),
        "06-11 16:59:59",
        rating.original_due_at,
    )
    assert recomputed(bureau) == (0, 0)


def test_hr_gives_days_back_to_the_outgoing_appraiser_when_their_time_runs_again(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    moved_to_chief(bureau)
    at(bureau, "2026-05-28 17:00:00")
    assert found(bureau, "SEGMENT_RATING", "2026-Q2/2026-04-01").owed_by is None
    recorded = outage(bureau, "2026-05-27T01:00:00Z", "2026-05-28T13:00:00Z")
    owed = one(bureau, bureau.head, owed_by="me", kind="SEGMENT_RATING")
    assert (owed["due_at"], owed["overdue"]) == ("2026-05-30T16:59:59Z", False)
    assert recomputed(bureau) == (0, 0)
    events = {event["data"]["employee_id"]: event["data"]["outage_id"] for event in bureau.events("DeadlineExtended")}
    assert events[str(bureau.head.employee_id)] == recorded["id"]
    at(bureau, "2026-05-31 17:00:00")
    late = found(bureau, "SEGMENT_RATING", "2026-Q2/2026-04-01")
    assert late.owed_by is None
    granted(bureau, late, "2026-06-05")
    (waiting,) = bureau.get(bureau.hr, "/evaluations/segments")["items"]
    assert (waiting["rate_until"], waiting["overdue"]) == ("2026-06-05", False)
    assert bureau.events("DeadlineExtended")[-1]["data"]["employee_id"] == str(bureau.head.employee_id)
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    bureau.post(bureau.head, "/evaluations/segments", {**a_rating(), **body}, 201)
    assert recomputed(bureau) == (0, 0)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_refresh_ahead_of_the_job_does_its_work_with_the_entry_of_the_history(bureau, monkeypatch, withdrawn):
    opened(bureau)
    bureau.turn(2026, 5, 22, 3)
    moved_to_chief(bureau)
    if not withdrawn:
        monkeypatch.setattr(move, "AT_ONCE", 0)
    recorded = outage(bureau, *MAY)
    if withdrawn:
        monkeypatch.setattr(move, "AT_ONCE", 0)
        bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "Salah tanggal"}, 200)
    assert recomputed(bureau)[0] == 0
    cause, days, day = ("WITHDRAWAL", -2, "05-28") if withdrawn else ("OUTAGE", 2, "05-30")
    rating = found(bureau, "SEGMENT_RATING", "2026-Q2/2026-04-01")
    history = bureau.get(bureau.hr, f"/obligations/{rating.id}/deadline")["extensions"]
    assert (due(rating), history[-1]["cause"], history[-1]["days"]) == (f"{day} 16:59:59", cause, days)
    bureau.service.run_jobs()
    assert bureau.get(bureau.hr, f"/obligations/{rating.id}/deadline")["extensions"] == history
    assert recomputed(bureau) == (0, 0)
    causes = [event["data"]["cause"] for event in bureau.events("DeadlineExtended")]
    assert causes == [*["OUTAGE"] * (2 if withdrawn else 0), *[cause] * 2]


def test_cases_are_left_alone_by_all_that_keeps_the_register(bureau):
    """Siti's receipt, an answer, a decision and a dialogue: refreshes, corrections, the job and a midnight that lapses."""
    answering, deciding = bureau.hire(2)
    annual(bureau, answering)
    objected = annual(bureau, deciding)
    bureau.post(deciding, f"/evaluations/{objected}/objection", {"reasons": "x"}, 201)
    annual(bureau, receive=False)
    (quarter,) = [one for one in bureau.get(bureau.siti, "/me/evaluations")["items"] if one["quarter"] == 4]
    bureau.post(bureau.siti, f"/evaluations/{quarter['id']}/dialogue", {"text": "Mohon penjelasan"}, 201)
    kinds = {"RECEIPT", "ANSWER", "DECISION", "DIALOGUE"}
    before = [row for row in deadlines(bureau) if row.kind in kinds and row.state == "OPEN"]
    assert {row.kind for row in before} == kinds
    bureau.set_rule("LAPSE", {"evaluation_days": 0})
    opened(bureau)
    recomputed(bureau)
    bureau.change(bureau.siti, since=date(2026, 11, 2), status="UNPAID_LEAVE", cause="CORRECTION")
    bureau.change(bureau.siti, since=date(2025, 1, 1), status="RETIRED", cause="CORRECTION")
    bureau.turn(2027, 3, 2, 17, 0, 1)
    with database(bureau) as tx:
        overtake_obligations(tx)
    now = {row.id: row for row in deadlines(bureau)}
    assert {row.state for row in now.values() if row.kind == "PERIODIC_EVALUATION"} >= {"LAPSED", "CANCELLED"}
    assert [now[row.id] for row in before] == before


def test_a_case_is_listed_for_who_owes_it_and_the_person_and_nobody_else(bureau):
    evaluation = annual(bureau)
    decision = object_to(bureau, evaluation, 201)
    bureau.stand_in(bureau.outsider, bureau.head, date(2027, 1, 1), date(2027, 12, 31))
    kinds = {
        name: {item["kind"] for item in listed(bureau, who, employee_id=str(bureau.siti.employee_id))}
        & {"RECEIPT", "ANSWER", "DECISION"}
        for name, who in {
            "siti": bureau.siti,
            "head": bureau.head,
            "stand-in": bureau.outsider,
            "chief": bureau.chief,
            "top": bureau.top,
            "hr": bureau.hr,
        }.items()
    }
    everything = {"RECEIPT", "ANSWER", "DECISION"}
    assert kinds == {
        "siti": everything,
        "head": set(),
        "stand-in": set(),
        "chief": {"DECISION"},
        "top": set(),
        "hr": everything,
    }
    owed = one(bureau, bureau.chief, owed_by="me", kind="DECISION")
    assert (owed["matter_id"], owed["due_at"]) == (decision["id"], decision["decide_by"])
    assert listed(bureau, bureau.outsider, kind="PLAN", employee_id=str(bureau.siti.employee_id))


def test_whoever_acts_while_an_outage_is_recorded_waits_without_holding_a_deadline(bureau):
    """The lock of outages comes before any row: else the two would wait for each other."""
    evaluation = annual(bureau)

    def act():
        with database(bureau) as tx:
            lock_case(tx, ObligationKind.ANSWER, evaluation)

    with database(bureau) as tx:
        lock_outages(tx)
        acting = Thread(target=act)
        acting.start()
        wait_for("somebody to wait for the outage", lambda: tx.session.scalar(WAITING))
        tx.session.execute(text("SET LOCAL lock_timeout = '2s'"))
        assert lock_deadline(tx, ObligationKind.ANSWER, evaluation) is not None
    acting.join(10)
    assert not acting.is_alive()
