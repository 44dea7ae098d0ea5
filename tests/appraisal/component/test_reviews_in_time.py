"""A rating that was finished in time stays so, whatever becomes of its review, of the rule, and of a process."""

import json
from datetime import UTC, datetime

import pytest

from tests.appraisal.builders import API
from tests.appraisal.component.deadlines import rows
from tests.appraisal.component.reviews import (
    BEST,
    asked,
    batch,
    end,
    finish,
    let_extremes_be_reviewed,
    owed,
    owed_by,
    rule,
)
from tests.appraisal.component.test_pinned_rules import statements


def test_what_is_under_review_stays_when_the_rule_is_turned_off_and_nothing_new_comes(bureau):
    let_extremes_be_reviewed(bureau)
    colleague = bureau.hire(1)[0]
    bureau.turn(2026, 1, 12, 3)
    bureau.active_plan(colleague)
    bureau.turn(2026, 4, 6, 4)
    evaluation = asked(bureau)
    bureau.set_rule("EXTREME_REVIEW", rule(evaluation_kinds=[]))
    assert bureau.rate(1, *BEST, who=colleague)["state"] == "FINAL"
    assert end(bureau, evaluation, "return")["state"] == "PROPOSED"
    assert finish(bureau, evaluation)["state"] == "FINAL"


def test_a_rating_in_time_stays_in_time_when_its_review_ends_after_the_window(bureau):
    let_extremes_be_reviewed(bureau)
    bureau.turn(2026, 4, 30, 16, 30)
    evaluation = asked(bureau)
    query = "SELECT state, done_at::text FROM obligation WHERE kind = 'PERIODIC_EVALUATION' AND subject = '2026-Q1'"
    (kept,) = rows(bureau, f"{query} AND employee_id = :who", who=bureau.siti.employee_id)
    assert (kept.state, kept.done_at[:16]) == ("DONE", "2026-04-30 16:30")
    bureau.turn(2026, 5, 4, 3)
    bureau.service.run_timers()
    assert end(bureau, evaluation)["state"] == "FINAL"
    bureau.change(bureau.siti, job_class=9)
    (kept,) = rows(bureau, f"{query} AND employee_id = :who", who=bureau.siti.employee_id)
    assert (kept.state, kept.done_at[:16]) == ("DONE", "2026-04-30 16:30")


def test_after_the_window_a_returned_rating_has_the_days_of_a_review_and_is_overdue_then(bureau):
    let_extremes_be_reviewed(bureau)
    bureau.turn(2026, 4, 30, 16, 30)
    evaluation = asked(bureau)
    bureau.turn(2026, 5, 4, 3)
    end(bureau, evaluation, "return")
    (event,) = bureau.events("ReviewReturned")
    assert event["data"]["finish_until"] == "2026-05-09T16:59:59+00:00"
    bureau.change(bureau.siti, job_class=9)
    (item,) = bureau.get(bureau.head, "/appraiser/queue")["proposals_to_finish"]
    assert (item["due_at"], item["late"]) == ("2026-05-09T16:59:59Z", False)
    history = next(
        bureau.get(bureau.siti, f"/obligations/{one['id']}/deadline")
        for one in bureau.get(bureau.siti, "/obligations")["items"]
        if one["subject"] == "2026-Q1"
    )
    assert "tinjau" not in json.dumps(history)
    bureau.service.clock.freeze(datetime(2026, 5, 9, 16, 59, 59, 999999, tzinfo=UTC))
    assert finish(bureau, evaluation, 422)["errors"][0]["code"] == "further_reason_required"
    bureau.service.clock.freeze(datetime(2026, 5, 9, 17, tzinfo=UTC))
    assert finish(bureau, evaluation, 409, reason="Bukti terlampir")["code"] == "rating_window_closed"
    overdue = bureau.get(bureau.hr, "/obligations", query_string={"overdue": "true", "kind": "PERIODIC_EVALUATION"})
    assert str(bureau.siti.employee_id) in {one["employee_id"] for one in overdue["items"]}


def test_a_process_that_dies_between_leaves_nothing(bureau, monkeypatch):
    let_extremes_be_reviewed(bureau)
    proposal = bureau.rate(1, *BEST, finish=False)

    def dies(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr("appraisal.use_cases.reviews.ask.timers.schedule_all", dies)
    with pytest.raises(SystemExit):
        bureau.service.client(bureau.head).post(f"{API}/evaluations/{proposal['id']}/finish", json={})
    monkeypatch.undo()
    assert bureau.get(bureau.head, f"/evaluations/{proposal['id']}")["state"] == "PROPOSED"
    assert owed(bureau) == bureau.events("ReviewAsked") == []
    assert finish(bureau, proposal)["state"] == "IN_REVIEW"
    assert owed_by(bureau) == bureau.chief.employee_id


def test_a_batch_of_reviews_costs_the_same_statements_whatever_the_number_of_people(bureau):
    bureau.have_rule("EXTREME_REVIEW", rule())
    people = bureau.hire(12)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    bureau.post(bureau.head, "/evaluations/periodic/batch", batch(people[0]), 200)
    counted = []
    for some in (people[1:3], people[3:]):
        with statements(bureau.service) as sent:
            bureau.post(bureau.head, "/evaluations/periodic/batch", batch(*some), 200)
        counted.append(len(sent))
    assert counted[0] == counted[1]
