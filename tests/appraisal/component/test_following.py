"""Names follow personnel while a matter is open; what is issued is frozen, but for a correction."""

from datetime import date

import pytest

ANNUAL = (2027, 1, 12, 3)


@pytest.fixture
def other(bureau):
    """Another head of another unit, with another superior."""
    head, chief = bureau.person(), bureau.person()
    bureau.place(chief, bureau.root, "ADMINISTRATOR", bureau.top)
    bureau.place(head, bureau.root, "PENGAWAS", chief)
    return head


def move(bureau, since, to, **values):
    bureau.change(bureau.siti, since=since, superior_id=to.employee_id, unit_id=bureau.root, **values)


def test_a_move_is_written_in_the_plans_history_and_the_version_rises(bureau, other):
    plan = bureau.draft()
    move(bureau, date(2026, 1, 12), other)
    shown = bureau.get(bureau.siti, f"/plans/{plan['id']}")
    assert (shown["appraiser_id"], shown["unit_id"]) == (str(other.employee_id), str(bureau.root))
    assert shown["version"] == plan["version"] + 1
    (row,) = bureau.get(bureau.siti, f"/plans/{plan['id']}/history")["items"]
    assert (row["move"], row["actor"], row["reason"]) == ("FOLLOW", "system", "Perubahan kepegawaian sejak 2026-01-12")
    changed = {one["field"]: (one["before"], one["after"]) for one in row["changed"]}
    assert changed["appraiser_id"] == (str(bureau.head.employee_id), str(other.employee_id))
    assert set(changed) == {"appraiser_id", "reviewer_id", "unit_id"}
    content = {"model": "QUALITATIVE"}
    assert bureau.put(bureau.siti, f"/plans/{plan['id']}", content, 412, plan["version"])["code"] == "version_conflict"


def test_a_move_of_a_day_to_come_is_followed_on_that_day(bureau, other):
    plan = bureau.draft()
    move(bureau, date(2026, 6, 1), other)

    def appraiser():
        bureau.service.run_timers()
        return bureau.get(bureau.siti, f"/plans/{plan['id']}")["appraiser_id"]

    bureau.turn(2026, 5, 31, 16, 59)
    assert appraiser() == str(bureau.head.employee_id)
    bureau.turn(2026, 5, 31, 17, 0, 1)
    assert appraiser() == str(other.employee_id)


def test_a_proposal_follows_a_move_within_its_period_and_not_one_after_it(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1, finish=False)
    move(bureau, date(2026, 4, 2), other)
    assert bureau.get(bureau.hr, f"/evaluations/{first['id']}")["appraiser_id"] == str(bureau.head.employee_id)
    move(bureau, date(2026, 3, 2), other)
    shown = bureau.get(bureau.hr, f"/evaluations/{first['id']}")
    assert (shown["appraiser_id"], shown["rated_by"]) == (str(other.employee_id), str(bureau.head.employee_id))
    assert shown["version"] == first["version"] + 1


def issued(bureau):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(*ANNUAL)
    evaluation = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    return f"/evaluations/{evaluation['id']}"


def test_an_issued_evaluation_is_frozen_and_the_objection_goes_to_the_reviewer_of_who_rated(bureau, other):
    evaluation = issued(bureau)
    before = bureau.get(bureau.siti, evaluation)
    bureau.turn(2027, 1, 15, 3)
    move(bureau, date(2027, 1, 15), other)
    assert bureau.get(bureau.siti, evaluation) == before
    objection = bureau.post(bureau.siti, f"{evaluation}/objection", {"reasons": "x"}, 201)
    assert objection["decider_id"] == str(bureau.chief.employee_id)
    move(bureau, date(2027, 1, 14), bureau.head)
    bureau.answer(objection["id"])
    body = {"outcome": "KEPT", "reasons": "Sudah diperiksa"}
    assert bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", body, 200)["state"] == "FINAL"


def test_a_correction_reroutes_an_objected_evaluation_by_a_recorded_step(bureau, other):
    evaluation = issued(bureau)
    objection = bureau.post(bureau.siti, f"{evaluation}/objection", {"reasons": "x"}, 201)
    move(bureau, date(2026, 3, 1), other, cause="CORRECTION")
    shown = bureau.get(bureau.siti, evaluation)
    assert (shown["appraiser_id"], shown["rated_by"]) == (str(other.employee_id), str(bureau.head.employee_id))
    decider = bureau.get(bureau.hr, f"/objections/{objection['id']}")["decider_id"]
    assert decider == shown["reviewer_id"] != str(bureau.chief.employee_id)
    (step,) = bureau.get(bureau.siti, f"{evaluation}/explanation")["reroutings"]
    assert (step["state"], step["reason"]) == ("OBJECTED", "Pembetulan data kepegawaian sejak 2026-03-01")
    assert {one["field"] for one in step["changed"]} == {"appraiser_id", "reviewer_id"}


def test_a_correction_of_days_after_the_issue_reroutes_nothing(bureau, other):
    evaluation = issued(bureau)
    before = bureau.get(bureau.siti, evaluation)
    bureau.turn(2027, 1, 20, 3)
    move(bureau, date(2027, 1, 13), other, cause="CORRECTION")
    assert bureau.get(bureau.siti, evaluation) == before


def test_a_final_evaluation_stays_as_it_is_even_by_a_correction(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    final = bureau.rate(1)
    move(bureau, date(2026, 3, 1), other, cause="CORRECTION")
    assert bureau.get(bureau.hr, f"/evaluations/{final['id']}") == final


def test_the_plans_of_all_subordinates_follow_a_move_of_their_superior(bureau):
    people = bureau.hire(6)
    plans = [bureau.draft(one) for one in people]
    bureau.place(bureau.head, bureau.unit, "PENGAWAS", bureau.top)
    reviewers = {bureau.get(bureau.hr, f"/plans/{plan['id']}")["reviewer_id"] for plan in plans}
    assert reviewers == {str(bureau.top.employee_id)}
