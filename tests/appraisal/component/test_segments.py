"""A plan covers the days under one appraiser in one unit; a real move ends it and begins the next."""

from datetime import date

import pytest

from tests.appraisal.builders import a_rating


@pytest.fixture
def other(bureau):
    """The head of another unit, under the top."""
    head = bureau.person()
    bureau.place(head, bureau.root, "PENGAWAS", bureau.top)
    return head


def move(bureau, since, to, **change):
    bureau.change(bureau.siti, since=since, superior_id=to.employee_id, unit_id=bureau.root, **change)
    bureau.service.run_timers()


def own_plans(bureau):
    return bureau.get(bureau.siti, f"/plans?employee_id={bureau.siti.employee_id}")["items"]


def test_a_move_ends_the_agreed_plan_on_the_day_before_and_begins_a_draft_for_the_new_appraiser(bureau, other):
    plan = bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), other)
    ended, begun = own_plans(bureau)
    assert (ended["id"], ended["state"], ended["last_day"]) == (plan["id"], "CLOSED", "2026-05-14")
    assert ended["appraiser_id"] == str(bureau.head.employee_id)
    assert (begun["state"], begun["first_day"], begun["appraiser_id"]) == (
        "DRAFT",
        "2026-05-15",
        str(other.employee_id),
    )
    history = bureau.get(bureau.siti, f"/plans/{plan['id']}/history")["items"]
    assert (history[-1]["move"], history[-1]["actor"]) == ("CLOSE", "system")
    assert history[-1]["reason"].startswith("Perubahan kepegawaian sejak 2026-05-15")
    (entered,) = bureau.get(bureau.siti, f"/plans/{begun['id']}/history")["items"]
    assert (entered["move"], entered["reason"]) == ("FOLLOW", history[-1]["reason"])
    changed = {one["field"]: (one["before"], one["after"]) for one in entered["changed"]}
    assert changed["appraiser_id"] == (str(bureau.head.employee_id), str(other.employee_id))
    assert changed["unit_id"] == (str(bureau.unit), str(bureau.root))
    shown = bureau.get(bureau.siti, f"/plans/{begun['id']}")
    assert [r["title"] for r in shown["work_results"]] == [r["title"] for r in plan["work_results"]]
    bureau.post(bureau.siti, f"/plans/{begun['id']}/submit", status=200)
    bureau.agree(other, f"/plans/{begun['id']}")


def test_the_year_of_somebody_who_moved_is_rated_by_the_last_appraiser_and_shows_both_plans(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), other)
    begun = own_plans(bureau)[1]
    bureau.post(bureau.siti, f"/plans/{begun['id']}/submit", status=200)
    bureau.agree(other, f"/plans/{begun['id']}")
    bureau.rate_fourth_quarter(other)
    bureau.turn(2027, 1, 12, 3)
    annual = bureau.issue(by=other)
    assert (annual["plan_id"], annual["unit_id"]) == (begun["id"], str(bureau.root))
    plans = bureau.get(bureau.siti, f"/evaluations/{annual['id']}/explanation")["inputs"]["plans_of_the_year"]
    assert [(one["first_day"], one["last_day"]) for one in plans] == [
        ("2026-01-01", "2026-05-14"),
        ("2026-05-15", None),
    ]


def test_a_move_known_ahead_begins_the_segment_on_its_day(bureau, other):
    bureau.active_plan()
    move(bureau, date(2026, 6, 1), other)
    assert [one["state"] for one in own_plans(bureau)] == ["ACTIVE"]
    bureau.turn(2026, 5, 31, 17, 0, 1)
    bureau.service.run_timers()
    bureau.service.run_timers()
    assert [one["state"] for one in own_plans(bureau)] == ["CLOSED", "DRAFT"]


def test_a_move_recorded_late_begins_the_segment_on_the_day_on_which_it_happened(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    move(bureau, date(2026, 5, 15), other)
    assert [(one["first_day"], one["last_day"]) for one in own_plans(bureau)] == [
        ("2026-01-01", "2026-05-14"),
        ("2026-05-15", None),
    ]


def test_a_correction_names_others_on_the_same_plan(bureau, other):
    bureau.active_plan()
    move(bureau, date(2026, 5, 15), other, cause="CORRECTION")
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), bureau.top, cause="CORRECTION")
    (plan,) = own_plans(bureau)
    assert (plan["state"], plan["appraiser_id"]) == ("ACTIVE", str(bureau.top.employee_id))


def test_another_reviewer_changes_the_names_and_ends_nothing(bureau):
    plan = bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.head, since=date(2026, 5, 15), superior_id=bureau.top.employee_id)
    shown = bureau.get(bureau.siti, f"/plans/{plan['id']}")
    assert (shown["state"], shown["reviewer_id"]) == ("ACTIVE", str(bureau.top.employee_id))


def test_the_plan_of_a_newcomer_begins_on_the_first_day(bureau):
    newcomer = bureau.person(unit_id=bureau.unit)
    place = {"unit_id": bureau.unit, "position_kind": "JF", "superior_id": bureau.head.employee_id}
    bureau.change(newcomer, since=date(2026, 1, 5), **place)
    assert bureau.draft(newcomer)["first_day"] == "2026-01-05"
    assert bureau.draft()["first_day"] == "2026-01-01"


def close_out(bureau, by, status, **fields):
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    return bureau.post(by, "/evaluations/segments", {**a_rating("BELOW"), **body, **fields}, status)


def test_the_outgoing_appraiser_rates_the_days_until_the_move_and_the_next_one_sees_it(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), other)
    waiting = {"employee_id": str(bureau.siti.employee_id), "first_day": "2026-04-01", "last_day": "2026-05-14"}
    for official in (bureau.head, bureau.hr):
        (one,) = bureau.get(official, "/evaluations/segments")["items"]
        assert waiting.items() <= one.items()
        assert (one["quarter"], one["rate_until"], one["overdue"]) == (2, "2026-05-28", False)
    assert bureau.get(other, "/evaluations/segments")["items"] == []
    close_out(bureau, other, 403)
    close_out(bureau, bureau.head, 404, first_day="2026-05-15")
    rated = close_out(bureau, bureau.head, 201)
    assert (rated["last_day"], rated["predicate"], rated["capacity"]) == (
        "2026-05-14",
        "NEEDS_IMPROVEMENT",
        "APPRAISER",
    )
    assert close_out(bureau, bureau.head, 409)["code"] == "segment_rated"
    assert bureau.get(bureau.hr, "/evaluations/segments")["items"] == []
    bureau.turn(2026, 7, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=2)
    official = bureau.post(other, "/evaluations/periodic", body, 201)
    explained = bureau.get(other, f"/evaluations/{official['id']}/explanation")
    assert [one["id"] for one in explained["segment_ratings"]] == [rated["id"]]
    assert len(bureau.events("AppraisalCompleted")) == 1


def test_after_the_days_of_the_rule_hr_rates_them_by_an_order(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 5, 28, 16)
    move(bureau, date(2026, 5, 15), other)
    bureau.turn(2026, 5, 28, 17, 0, 1)
    assert close_out(bureau, bureau.head, 409)["code"] == "close_out_ended"
    assert [one["overdue"] for one in bureau.get(bureau.hr, "/evaluations/segments")["items"]] == [True]
    close_out(bureau, bureau.hr, 403)
    assert close_out(bureau, bureau.hr, 201, order_reference="SK-9/2026")["capacity"] == "HR"


def test_an_outage_lengthens_the_days_of_the_outgoing_appraiser(bureau, other):
    bureau.active_plan()
    bureau.turn(2026, 5, 28, 12)
    move(bureau, date(2026, 5, 15), other)
    span = {"from": "2026-05-27T01:00:00Z", "to": "2026-05-28T11:00:00Z", "reason": "Gangguan pusat data"}
    bureau.post(bureau.hr, "/outages", span, 201)
    assert bureau.get(bureau.hr, "/evaluations/segments")["items"][0]["rate_until"] == "2026-05-30"
    bureau.turn(2026, 5, 30, 17)
    assert close_out(bureau, bureau.head, 409)["code"] == "close_out_ended"
    bureau.turn(2026, 5, 30, 16, 59, 50)
    close_out(bureau, bureau.head, 201)
