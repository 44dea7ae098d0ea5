"""People and units are asked of the directory for a day, and what has not arrived is not guessed."""

from datetime import date

from chassis.ids import new_id
from tests.appraisal.builders import a_plan


def test_a_move_known_ahead_holds_from_its_day_on(bureau):
    other = bureau.hire(1)[0]
    bureau.change(bureau.siti, since=date(2026, 6, 1), superior_id=other.employee_id)
    assert bureau.draft()["appraiser_id"] == str(bureau.head.employee_id)
    assert bureau.draft(year=2027)["appraiser_id"] == str(other.employee_id)


def test_a_plan_of_a_year_in_which_the_person_was_not_there_is_refused(bureau):
    newcomer = bureau.person(unit_id=bureau.unit)
    bureau.change(newcomer, since=date(2026, 1, 5), unit_id=bureau.unit, position_kind="JF", superior_id=None)
    assert bureau.post(newcomer, "/plans", a_plan(2025), 409)["code"] == "employee_without_assignment"
    assert bureau.post(newcomer, "/plans", a_plan(2026), 201)["appraiser_id"] is None


def test_a_superior_who_has_not_arrived_is_not_known_yet(bureau):
    bureau.change(bureau.siti, superior_id=new_id())
    assert bureau.post(bureau.siti, "/plans", a_plan(), 503)["code"] == "not_known_yet"


def test_open_matters_wait_for_a_superior_who_has_not_arrived_and_follow_on_arrival(bureau):
    plan = bureau.draft()
    newcomer = bureau.person(unit_id=bureau.unit)
    bureau.change(bureau.siti, superior_id=newcomer.employee_id)
    assert bureau.get(bureau.siti, f"/plans/{plan['id']}")["appraiser_id"] == str(bureau.head.employee_id)
    bureau.place(newcomer, bureau.unit, "PENGAWAS", bureau.chief)
    shown = bureau.get(bureau.siti, f"/plans/{plan['id']}")
    assert shown["appraiser_id"] == str(newcomer.employee_id)
    assert shown["reviewer_id"] == str(bureau.chief.employee_id)


def test_a_plan_is_submitted_although_the_new_superior_has_not_arrived(bureau):
    plan = bureau.draft()
    bureau.change(bureau.siti, date(2026, 1, 12), superior_id=new_id())
    submitted = bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    assert submitted["state"] == "SUBMITTED"


def test_a_new_superior_of_the_superior_is_the_reviewer_of_what_is_open(bureau):
    plan = bureau.draft()
    bureau.place(bureau.head, bureau.unit, "PENGAWAS", bureau.top)
    assert bureau.get(bureau.siti, f"/plans/{plan['id']}")["reviewer_id"] == str(bureau.top.employee_id)


def test_the_leader_of_a_unit_sees_what_is_below_in_the_tree_of_today(bureau):
    bureau.draft()
    assert len(bureau.get(bureau.chief, "/plans")["items"]) == 1
    leader = bureau.person("unit_leader", employee_id=bureau.outsider.employee_id)
    assert bureau.get(leader, "/plans")["items"] == []
    bureau.add_unit(bureau.unit, bureau.bureau_unit, leader, version=2)
    assert len(bureau.get(leader, "/plans")["items"]) == 1


def test_whoever_has_left_the_service_is_not_counted_in_their_unit(bureau):
    one, other = bureau.hire(2)
    for day, who in ((date(2026, 1, 5), one), (date(2026, 6, 1), other)):
        bureau.change(who, since=day, status="RETIRED")
    units = {u["unit_id"]: u["headcount"] for u in bureau.get(bureau.hr, "/summary?year=2026")["units"]}
    assert units[str(bureau.unit)] == 3
