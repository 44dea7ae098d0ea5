"""As whom somebody appraises: the appraiser, who stands in, an official from outside, or HR by order; nobody who has gone."""

from datetime import date

import pytest

from tests.appraisal.builders import a_rating

WEEK = (date(2026, 4, 6), date(2026, 4, 10))


@pytest.fixture
def deputy(bureau):
    (one,) = bureau.hire(1)
    bureau.stand_in(one, bureau.head, *WEEK)
    return one


def rate(bureau, by, quarter=1, status=201, **fields):
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=quarter, **fields)
    return bureau.post(by, "/evaluations/periodic", body, status)


def leave(bureau, who, since, status="RETIRED"):
    bureau.change(who, since=since, status=status)


def test_the_proposal_of_an_acting_appraiser_finished_by_the_returning_one_shows_both(bureau, deputy):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposal = rate(bureau, deputy, finish=False)
    assert (proposal["rated_by"], proposal["rated_capacity"]) == (str(deputy.employee_id), "ACTING")
    assert proposal["appraiser_id"] == str(bureau.head.employee_id)
    bureau.turn(2026, 4, 13, 3)
    path = f"/evaluations/{proposal['id']}"
    bureau.post(deputy, f"{path}/finish", status=403)
    done = bureau.post(bureau.head, f"{path}/finish", status=200)
    assert (done["rated_capacity"], done["finished_capacity"]) == ("ACTING", "APPRAISER")
    assert (done["rated_by"], done["finished_by"]) == (str(deputy.employee_id), str(bureau.head.employee_id))
    assert bureau.get(bureau.siti, f"{path}/explanation")["history"][0]["capacity"] == "ACTING"
    assert bureau.get(deputy, path)["id"] == proposal["id"]


def test_whoever_stands_in_agrees_and_returns_plans_in_the_days_of_it_only(bureau, deputy):
    plan = bureau.draft()
    path = f"/plans/{plan['id']}"
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.agree(deputy, f"{path}", 403)
    bureau.turn(2026, 4, 7, 3)
    assert bureau.get(deputy, path)["state"] == "SUBMITTED"
    bureau.post(deputy, f"{path}/return", {"reason": "Target"}, 200)
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    for official in (deputy, bureau.head):
        queue = bureau.get(official, "/appraiser/queue")
        assert [one["plan_id"] for one in queue["plans_to_agree"]] == [plan["id"]]
        assert queue["to_rate"] == []
    done = bureau.post(deputy, "/plans/activate-batch", bureau.as_read(plan["id"]), 200)["items"]
    assert [one["outcome"] for one in done] == ["ACTIVATED"]
    queue = bureau.get(bureau.head, "/appraiser/queue")
    assert queue["plans_to_agree"] == []
    moves = [(one["move"], one["capacity"]) for one in bureau.get(bureau.siti, f"{path}/history")["items"]]
    assert moves == [("SUBMIT", None), ("RETURN", "ACTING"), ("SUBMIT", None), ("ACTIVATE", "ACTING")]


def test_a_delegate_rates_as_such_and_nobody_rates_themselves(bureau):
    (delegate,) = bureau.hire(1)
    bureau.stand_in(delegate, bureau.head, *WEEK, kind="DELEGATION")
    bureau.active_plan()
    bureau.active_plan(delegate)
    bureau.turn(2026, 4, 6, 3)
    assert rate(bureau, delegate)["rated_capacity"] == "DELEGATE"
    assert bureau.rate(1, who=delegate)["rated_capacity"] == "APPRAISER"
    own = a_rating(employee_id=str(delegate.employee_id), year=2026, quarter=1)
    bureau.post(delegate, "/evaluations/periodic", own, 403)


def test_an_official_from_outside_appraises(bureau):
    governor = bureau.person()
    bureau.deliver(
        "ExternalOfficialChanged",
        governor.employee_id,
        official_id=governor.employee_id,
        office="Gubernur",
        first_day=date(2025, 2, 20),
        last_day=None,
    )
    bureau.place(bureau.siti, bureau.unit, "JF", governor)
    bureau.active_plan(by=governor)
    bureau.turn(2026, 4, 6, 3)
    rated = rate(bureau, governor)
    assert (rated["rated_capacity"], rated["reviewer_id"]) == ("EXTERNAL", None)


def test_who_has_gone_rates_no_more_and_hr_does_by_an_order_with_its_number(bureau):
    bureau.active_plan()
    leave(bureau, bureau.head, date(2026, 4, 1))
    bureau.turn(2026, 4, 6, 3)
    rate(bureau, bureau.head, status=403)
    rate(bureau, bureau.hr, status=403)
    rated = rate(bureau, bureau.hr, order_reference="SK-7/2026")
    assert (rated["rated_capacity"], rated["finished_capacity"]) == ("HR", "HR")
    history = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")["history"]
    assert history[0]["order_reference"] == "SK-7/2026"
    officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    assert rate(bureau, officer, 1, 403, order_reference="SK-8/2026")["code"] == "own_affair"


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"superior_id": None}, "NO_SUPERIOR"), ({}, "SUPERIOR_AWAY")],
)
def test_a_plan_without_a_reachable_appraiser_waits_and_stands_on_hrs_list(bureau, change, reason):
    plan = bureau.draft()
    assert bureau.get(bureau.hr, "/orphans")["items"] == []
    if change:
        bureau.change(bureau.siti, **change)
    else:
        leave(bureau, bureau.head, date(2026, 1, 5))
    path = f"/plans/{plan['id']}"
    waiting = bureau.post(bureau.siti, f"{path}/submit", status=200)
    assert (waiting["state"], waiting["waiting_for_appraiser"]) == ("SUBMITTED", True)
    (orphan,) = bureau.get(bureau.hr, "/orphans")["items"]
    assert (orphan["plan_id"], orphan["reason"]) == (plan["id"], reason)
    assert "atasan" in orphan["way_out"].lower()
    assert bureau.get(bureau.siti, "/orphans", 403)
    bureau.change(bureau.siti, superior_id=bureau.chief.employee_id)
    assert bureau.get(bureau.siti, path)["waiting_for_appraiser"] is False
    assert bureau.get(bureau.hr, "/orphans")["items"] == []
    assert bureau.agree(bureau.chief, f"{path}")["state"] == "ACTIVE"


def test_who_stands_in_for_an_absent_superior_takes_the_plan_off_the_list(bureau):
    bureau.draft()
    leave(bureau, bureau.head, date(2026, 1, 5), "STUDY_LEAVE")
    assert len(bureau.get(bureau.hr, "/orphans")["items"]) == 1
    (deputy,) = bureau.hire(1)
    bureau.stand_in(deputy, bureau.head, date(2026, 1, 5), date(2026, 12, 31))
    assert bureau.get(bureau.hr, "/orphans")["items"] == []


def test_whoever_stands_in_for_the_reviewer_decides_an_objection_as_such(bureau):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    objection = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
    bureau.answer(objection["id"])
    path, body = f"/objections/{objection['id']}", {"outcome": "KEPT", "reasons": "Sudah diperiksa"}
    bureau.post(bureau.outsider, f"{path}/decision", body, 403)
    bureau.get(bureau.outsider, path, 403)
    bureau.stand_in(bureau.outsider, bureau.chief, date(2027, 1, 12), date(2027, 1, 20))
    assert bureau.get(bureau.outsider, path)["id"] == objection["id"]
    bureau.post(bureau.outsider, f"{path}/decision", body, 200)
    shown = bureau.get(bureau.siti, path)
    assert (shown["decided_by"], shown["decided_capacity"]) == (str(bureau.outsider.employee_id), "ACTING")


def test_days_before_the_plan_or_the_person_are_not_rated(bureau):
    newcomer = bureau.person(unit_id=bureau.unit)
    superior = {"superior_id": bureau.head.employee_id, "unit_id": bureau.unit, "position_kind": "JF"}
    bureau.change(newcomer, since=date(2026, 5, 4), **superior)
    bureau.turn(2026, 5, 4, 3)
    bureau.active_plan(newcomer)
    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1, who=newcomer, status=409)["code"] == "period_without_days"
    bureau.turn(2026, 7, 6, 3)
    done = bureau.rate(2, who=newcomer)
    assert (done["first_day"], done["last_day"]) == ("2026-05-04", "2026-06-30")
    late = bureau.hire(1)[0]
    bureau.active_plan(late)
    assert bureau.rate(2, who=late, status=409)["code"] == "plan_agreed_after_period"


def test_a_period_on_unpaid_leave_is_excused(bureau):
    bureau.active_plan()
    bureau.change(bureau.siti, since=date(2026, 1, 15), status="UNPAID_LEAVE")
    bureau.turn(2026, 7, 6, 3)
    problem = bureau.rate(2, status=409)
    assert (problem["code"], "0 hari kerja" in problem["detail"]) == ("period_excused", True)
    assert problem["errors"][0]["value"] == "0 hari kerja"


def test_the_appraiser_of_the_periods_end_rates_it_in_their_unit_however_late(bureau):
    new_head = bureau.person()
    bureau.place(new_head, bureau.root, "PENGAWAS", bureau.top)
    bureau.active_plan()
    move = {"superior_id": new_head.employee_id, "unit_id": bureau.root}
    bureau.change(bureau.siti, since=date(2026, 4, 2), **move)
    bureau.turn(2026, 4, 6, 3)
    bureau.service.run_timers()
    assert bureau.get(new_head, "/appraiser/queue")["to_rate"] == []
    assert [one["quarter"] for one in bureau.get(bureau.head, "/appraiser/queue")["to_rate"]] == [1]
    rate(bureau, new_head, status=403)
    rated = rate(bureau, bureau.head)
    assert (rated["unit_id"], rated["reviewer_id"]) == (str(bureau.unit), str(bureau.chief.employee_id))
    bureau.turn(2026, 7, 6, 3)
    rate(bureau, bureau.head, 2, 403)
    assert rate(bureau, new_head, 2)["unit_id"] == str(bureau.root)


def test_a_closed_plan_shuts_no_period_that_was_worked_by_it(bureau):
    plan = bureau.active_plan()
    bureau.change(bureau.siti, since=date(2026, 5, 15), status="RETIRED")
    bureau.turn(2026, 5, 18, 3)
    bureau.post(bureau.hr, f"/plans/{plan['id']}/close", {"reason": "Pensiun"}, 200)
    bureau.turn(2026, 7, 6, 3)
    done = bureau.rate(2)
    assert (done["first_day"], done["last_day"]) == ("2026-04-01", "2026-05-14")


def test_a_final_annual_evaluation_leaves_the_last_quarter_open(bureau):
    bureau.active_plan()
    bureau.turn(2026, 12, 28, 3)
    annual = bureau.issue()
    bureau.post(bureau.siti, f"/evaluations/{annual['id']}/receive", status=200)
    bureau.post(bureau.siti, f"/evaluations/{annual['id']}/accept", status=200)
    bureau.turn(2027, 1, 5, 3)
    assert bureau.rate(4)["state"] == "FINAL"


def test_one_lists_all_own_plans_and_a_former_appraiser_reads_what_they_judged_by(bureau):
    plan = bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1)
    bureau.change(bureau.siti, since=date(2026, 4, 6), superior_id=bureau.top.employee_id)
    mine = bureau.get(bureau.siti, f"/plans?employee_id={bureau.siti.employee_id}")["items"]
    assert {one["state"] for one in mine} == {"CLOSED", "DRAFT"}
    assert bureau.get(bureau.head, f"/plans/{plan['id']}")["id"] == plan["id"]


def test_of_one_persons_plans_each_is_agreed_by_whose_name_it_bears(bureau):
    """Two years of one person in one call: the new superior agrees theirs, and not the former one's."""
    (successor,) = bureau.hire(1)
    bureau.turn(2026, 1, 5, 3)
    plans = {year: bureau.draft(year=year)["id"] for year in (2025, 2026)}
    for plan_id in plans.values():
        bureau.post(bureau.siti, f"/plans/{plan_id}/submit", status=200)
    bureau.turn(2026, 1, 12, 3)
    bureau.change(bureau.siti, since=date(2026, 1, 12), superior_id=successor.employee_id)
    done = bureau.post(successor, "/plans/activate-batch", bureau.as_read(*plans.values()), 200)["items"]
    assert {one["plan_id"]: one["outcome"] for one in done} == {plans[2025]: "REFUSED", plans[2026]: "ACTIVATED"}
    done = bureau.post(bureau.head, "/plans/activate-batch", bureau.as_read(*plans.values()), 200)["items"]
    assert {one["plan_id"]: one["outcome"] for one in done} == {plans[2025]: "ACTIVATED", plans[2026]: "REFUSED"}
