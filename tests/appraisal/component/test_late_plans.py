"""A plan that is agreed after a period has ended: nobody may rate that period, so its evaluation is HR's to see to."""

from datetime import date

from tests.appraisal.builders import a_rating
from tests.appraisal.component.test_obligations import listed, one, opened, recomputed
from tests.appraisal.component.test_who_is_gone import about_siti, by, nobodys, rate


def test_a_quarter_that_had_ended_before_the_plan_was_agreed_is_hrs_who_excuses_it(bureau):
    opened(bureau)
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 4, 11, 3)
    assert (about_siti(bureau), nobodys(bureau)) == (by(bureau.head), [])
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    assert about_siti(bureau) == {**by(bureau.head), "2026-Q1": None}
    assert (nobodys(bureau), recomputed(bureau)) == (["2026-Q1"], (0, 0))
    assert rate(bureau, bureau.head, status=409)["code"] == "plan_agreed_after_period"
    order = {"reason": "SKP terlambat ditetapkan", "order_reference": "SK-7/2026"}
    owed = one(bureau, bureau.hr, owed_by="nobody", employee_id=str(bureau.siti.employee_id))
    assert bureau.post(bureau.hr, f"/obligations/{owed['id']}/excuse", order, 200)["state"] == "EXCUSED"
    assert about_siti(bureau) == {subject: who for subject, who in by(bureau.head).items() if subject != "2026-Q1"}
    assert recomputed(bureau) == (0, 0)


def test_hr_rates_it_by_an_order_so_that_nobody_loses_by_a_late_paper(bureau):
    opened(bureau)
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 4, 11, 3)
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    found = {**a_rating(), "employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 1}
    assert bureau.post(bureau.hr, "/evaluations/periodic", found, 403)
    ordered = {**found, "order_reference": "ND-9/2026"}
    assert bureau.post(bureau.head, "/evaluations/periodic", ordered, 409)["code"] == "plan_agreed_after_period"
    rated = bureau.post(bureau.hr, "/evaluations/periodic", ordered, 201)
    assert (rated["state"], rated["rated_capacity"], rated["plan_version"]) == ("FINAL", "HR", 1)
    (record,) = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")["history"]
    assert (record["order_reference"], record["capacity"]) == ("ND-9/2026", "HR")
    assert (nobodys(bureau), recomputed(bureau)) == ([], (0, 0))


def test_an_order_has_a_number_and_what_hr_has_proposed_by_it_no_appraiser_rates_anew(bureau):
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 4, 11, 3)
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    found = {**a_rating(), "employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 1, "finish": False}
    bureau.post(bureau.hr, "/evaluations/periodic", {**found, "order_reference": "   "}, 403)
    ordered = {**found, "order_reference": "ND-9/2026"}
    proposed = bureau.post(bureau.hr, "/evaluations/periodic", ordered, 201)
    assert bureau.rerate(proposed, 1, "BELOW", status=409)["code"] == "plan_agreed_after_period"
    seen = {"If-Match": f'"{proposed["version"]}"'}
    better = {**ordered, **a_rating("ABOVE"), "reason": "Bukti baru"}
    rated = bureau.post(bureau.hr, "/evaluations/periodic", better, 201, headers=seen)
    assert (rated["rated_capacity"], rated["revision"]) == ("HR", 2)


def test_many_that_are_agreed_late_at_once(bureau):
    people = bureau.hire(2)
    opened(bureau)
    plans = [bureau.draft(who) for who in people]
    for who, plan in zip(people, plans, strict=True):
        bureau.post(who, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 7, 2, 3)
    body = bureau.as_read(*(plan["id"] for plan in plans))
    agreed = bureau.post(bureau.head, "/plans/activate-batch", body, 200)["items"]
    assert {item["outcome"] for item in agreed} == {"ACTIVATED"}
    for who in people:
        found = listed(bureau, bureau.hr, owed_by="nobody", employee_id=str(who.employee_id))
        assert [item["subject"] for item in found] == ["2026-Q1", "2026-Q2"]
    assert recomputed(bureau) == (0, 0)


def test_a_second_plan_or_version_of_the_year_takes_nothing_away(bureau):
    opened(bureau)
    plan = bureau.active_plan()
    bureau.turn(2026, 4, 11, 3)
    bureau.post(bureau.siti, f"/plans/{plan['id']}/revise", {"reason": "Target berubah"}, 200)
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    assert about_siti(bureau) == by(bureau.head)
    bureau.post(bureau.hr, f"/plans/{plan['id']}/close", {"reason": "Pindah jabatan"}, 200)
    bureau.active_plan()
    assert (about_siti(bureau), recomputed(bureau)) == (by(bureau.head), (0, 0))


def test_a_quarter_that_nobody_may_rate_stays_nobodys_whoever_comes_or_goes(bureau):
    opened(bureau)
    bureau.turn(2026, 4, 11, 3)
    bureau.active_plan()
    bureau.change(bureau.head, since=date(2026, 4, 11), status="RETIRED")
    bureau.change(bureau.siti, since=date(2026, 4, 11), superior_id=bureau.chief.employee_id)
    assert about_siti(bureau)["2026-Q1"] is None
    assert recomputed(bureau) == (0, 0)
