"""Who owes what, when people are gone: an official who has left owes nothing, HR sees to it until somebody is there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from appraisal.use_cases.obligations.open_year import schedule_first_daily
from appraisal.use_cases.obligations.refresh import refresh_obligations
from tests.appraisal.builders import a_rating
from tests.appraisal.component.test_obligations import listed, one, opened, recomputed

EVALUATIONS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026"]


def about_siti(bureau, **query):
    """Who owes each open evaluation of Siti's, and the ratings of days until a move."""
    found = listed(bureau, bureau.hr, employee_id=str(bureau.siti.employee_id), state="OPEN", **query)
    return {item["subject"]: item["owed_by"] for item in found if item["kind"] != "PLAN"}


def by(who):
    """Everything of the year is owed by this one."""
    return dict.fromkeys(EVALUATIONS, None if who is None else str(who.employee_id))


def nobodys(bureau):
    found = listed(bureau, bureau.hr, owed_by="nobody", employee_id=str(bureau.siti.employee_id))
    return [item["subject"] for item in found]


def governor_of(bureau, who, last_day, version=1):
    found = {"official_id": who.employee_id, "office": "Gubernur", "first_day": date(2025, 2, 20)}
    bureau.deliver("ExternalOfficialChanged", who.employee_id, version, **found, last_day=last_day)


def rate(bureau, official, status=201):
    """Rate Siti's first quarter."""
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=1)
    return bureau.post(official, "/evaluations/periodic", body, status)


def midnight(bureau, *day):
    """It is some minutes after the agency's midnight, in Jakarta, at which this day begins."""
    bureau.turn(*day, 17, 5)
    bureau.service.run_timers()


def test_what_an_appraiser_owes_who_has_left_is_nobodys_until_a_superior_comes(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.change(bureau.head, since=date(2026, 5, 4), status="RETIRED")
    assert (about_siti(bureau), nobodys(bureau)) == (by(bureau.head), [])
    midnight(bureau, 2026, 5, 3)
    assert (about_siti(bureau), nobodys(bureau)) == (by(None), EVALUATIONS)
    assert listed(bureau, bureau.head, owed_by="me", state="OPEN", kind="PERIODIC_EVALUATION") == []
    assert recomputed(bureau) == (0, 0)
    bureau.turn(2026, 5, 6, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 6), superior_id=bureau.chief.employee_id)
    # nobody but the former appraiser knows what the days until then were worth: HR rates them by an order
    assert about_siti(bureau) == {**by(bureau.chief), "2026-Q2/2026-04-01": None}
    assert nobodys(bureau) == ["2026-Q2/2026-04-01"]
    assert recomputed(bureau) == (0, 0)


def test_nothing_waits_for_who_has_left(bureau):
    bureau.active_plan()
    bureau.active_plan(*bureau.hire(1))
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, finish=False)
    queue = bureau.get(bureau.head, "/appraiser/queue")
    assert (len(queue["to_rate"]), len(queue["proposals_to_finish"])) == (2, 1)
    bureau.change(bureau.head, since=date(2026, 4, 6), status="TRANSFERRED")
    assert {len(found) for found in bureau.get(bureau.head, "/appraiser/queue").values()} == {0}


def test_a_superior_who_comes_rates_the_period_of_one_who_has_left_and_is_named(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.change(bureau.head, since=date(2026, 4, 1), status="RETIRED")
    midnight(bureau, 2026, 3, 31)
    bureau.change(bureau.siti, since=date(2026, 4, 1), superior_id=bureau.chief.employee_id)
    bureau.turn(2026, 4, 6, 3)
    assert [item["quarter"] for item in bureau.get(bureau.chief, "/appraiser/queue")["to_rate"]] == [1]
    rate(bureau, bureau.top, status=403)
    rate(bureau, bureau.head, status=403)
    rated = rate(bureau, bureau.chief)
    assert (rated["appraiser_id"], rated["rated_capacity"]) == (str(bureau.chief.employee_id), "APPRAISER")
    assert (rated["reviewer_id"], rated["state"]) == (str(bureau.top.employee_id), "FINAL")
    assert recomputed(bureau) == (0, 0)


def test_the_proposal_of_an_appraiser_who_has_left_is_finished_by_the_superior_of_today(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    bureau.change(bureau.head, since=date(2026, 4, 6), status="RETIRED")
    bureau.change(bureau.siti, since=date(2026, 4, 6), superior_id=bureau.chief.employee_id)
    bureau.post(bureau.top, f"/evaluations/{proposal['id']}/finish", status=403)
    done = bureau.post(bureau.chief, f"/evaluations/{proposal['id']}/finish", status=200)
    assert (done["state"], done["finished_by"]) == ("FINAL", str(bureau.chief.employee_id))


def test_an_appraiser_who_had_never_left_owes_again(bureau):
    opened(bureau)
    bureau.change(bureau.head, since=date(2026, 1, 5), status="RETIRED")
    assert about_siti(bureau) == by(None)
    bureau.change(bureau.head, since=date(2026, 1, 5), status="ACTIVE", cause="CORRECTION")
    assert about_siti(bureau) == by(bureau.head)
    assert recomputed(bureau) == (0, 0)


@pytest.mark.parametrize("status", ["SUSPENDED", "STUDY_LEAVE"])
def test_an_appraiser_who_is_away_still_owes(bureau, status):
    opened(bureau)
    bureau.change(bureau.head, since=date(2026, 1, 5), status=status)
    assert about_siti(bureau) == by(bureau.head)


def test_the_term_of_an_official_from_outside_ends_and_is_prolonged(bureau):
    governor = bureau.person()
    governor_of(bureau, governor, date(2026, 3, 10))
    bureau.place(bureau.siti, bureau.unit, "JF", governor)
    opened(bureau)
    assert about_siti(bureau) == by(governor)
    midnight(bureau, 2026, 3, 9)
    assert about_siti(bureau) == by(governor)
    midnight(bureau, 2026, 3, 10)
    assert about_siti(bureau) == by(None)
    governor_of(bureau, governor, date(2027, 3, 10), version=2)
    assert about_siti(bureau) == by(governor)
    assert recomputed(bureau) == (0, 0)


def test_who_stands_in_for_one_who_has_left_owes_it_on_the_days_of_it_only(bureau):
    opened(bureau)
    plan = bureau.draft()
    bureau.change(bureau.head, since=date(2026, 1, 5), status="RETIRED")
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    assert "2026/2026-01-01" in nobodys(bureau)
    (deputy,) = bureau.hire(1)
    bureau.stand_in(deputy, bureau.head, date(2026, 1, 14), date(2026, 1, 20), kind="PLT")
    assert about_siti(bureau) == by(None)
    midnight(bureau, 2026, 1, 13)
    assert about_siti(bureau) == by(deputy)
    assert one(bureau, deputy, owed_by="me", kind="PLAN", employee_id=str(bureau.siti.employee_id))["state"] == "OPEN"
    assert recomputed(bureau) == (0, 0)
    midnight(bureau, 2026, 1, 20)
    assert (about_siti(bureau), recomputed(bureau)) == (by(None), (0, 0))


def test_who_stands_in_owes_nothing_while_they_are_away_and_everything_again_once_back(bureau):
    opened(bureau)
    (deputy,) = bureau.hire(1)
    bureau.stand_in(deputy, bureau.head, date(2026, 1, 5), date(2026, 6, 30), kind="PLT")
    bureau.change(bureau.head, since=date(2026, 1, 5), status="RETIRED")
    assert about_siti(bureau) == by(deputy)
    bureau.change(deputy, since=date(2026, 1, 6), status="SUSPENDED")
    assert (about_siti(bureau), recomputed(bureau)) == (by(None), (0, 0))
    bureau.change(deputy, since=date(2026, 1, 6), status="ACTIVE")
    assert (about_siti(bureau), recomputed(bureau)) == (by(deputy), (0, 0))


def test_a_midnight_hands_on_what_was_not_handed_on_before(bureau):
    opened(bureau)
    governor = bureau.person()
    governor_of(bureau, governor, date(2026, 1, 13))
    bureau.place(bureau.siti, bureau.unit, "JF", governor)
    with bureau.service.work.transaction(bureau.agency) as tx:
        tx.session.connection().exec_driver_sql("DELETE FROM timer WHERE kind = 'follow_timelines'")
    midnight(bureau, 2026, 1, 13)
    assert about_siti(bureau) == by(None)


def test_a_midnight_sees_an_official_who_came_back_while_it_was_computed_who_owes(bureau):
    bureau.change(bureau.head, since=date(2026, 1, 5), status="RETIRED")
    with bureau.service.work.transaction(bureau.agency) as tx, ThreadPoolExecutor(1) as other:
        refresh_obligations(tx, [bureau.siti.employee_id], 2026)
        schedule_first_daily(tx)
        back = {"since": date(2026, 1, 5), "status": "ACTIVE", "cause": "CORRECTION"}
        other.submit(bureau.change, bureau.head, **back).result()
    midnight(bureau, 2026, 1, 13)
    assert about_siti(bureau) == by(bureau.head)


def test_the_decision_of_a_reviewer_who_leaves_is_hrs_until_somebody_is_designated(bureau):
    bureau.active_plan()
    bureau.turn(2027, 1, 12, 3)
    bureau.rate(4)
    issued = bureau.issue()
    bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    objection = bureau.post(bureau.siti, f"/evaluations/{issued['id']}/objection", {"reasons": "x"}, 201)
    owed = one(bureau, bureau.hr, kind="DECISION")
    assert (owed["owed_by"], owed["matter_id"]) == (str(bureau.chief.employee_id), objection["id"])
    bureau.change(bureau.chief, since=date(2027, 1, 12), status="RETIRED")
    assert one(bureau, bureau.hr, kind="DECISION")["owed_by"] is None
    bureau.stand_in(bureau.top, bureau.chief, date(2027, 1, 12), date(2027, 1, 14), kind="PLT")
    assert one(bureau, bureau.hr, kind="DECISION")["owed_by"] == str(bureau.top.employee_id)
    midnight(bureau, 2027, 1, 14)
    assert one(bureau, bureau.hr, owed_by="nobody", kind="DECISION")["state"] == "OPEN"
    designated = {"decider_id": str(bureau.top.employee_id), "reason": "Atasan telah pensiun"}
    bureau.put(bureau.hr, f"/objections/{objection['id']}/decider", designated)
    assert one(bureau, bureau.hr, kind="DECISION")["owed_by"] == str(bureau.top.employee_id)


def objection_to(bureau, year):
    """Siti's objection to the result of a year, in the January after it."""
    bureau.turn(year + 1, 1, 12, 3)
    bureau.rate(4, year=year)
    issued = bureau.issue(year=year)
    bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    return bureau.post(bureau.siti, f"/evaluations/{issued['id']}/objection", {"reasons": "x"}, 201)["id"]


def test_of_two_decisions_about_somebody_each_is_owed_by_its_own_decider(bureau):
    bureau.active_plan()
    first = objection_to(bureau, 2026)
    bureau.active_plan(year=2027)
    bureau.change(bureau.head, since=date(2027, 1, 12), superior_id=bureau.top.employee_id)
    bureau.change(bureau.chief, since=date(2027, 1, 12), status="RETIRED")
    second = objection_to(bureau, 2027)
    found = listed(bureau, bureau.hr, kind="DECISION", state="OPEN")
    owed = {item["matter_id"]: item["owed_by"] for item in found}
    assert owed == {first: None, second: str(bureau.top.employee_id)}


def test_a_dialogue_goes_on_with_the_superior_of_today(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    path = f"/evaluations/{bureau.rate(1)['id']}/dialogue"
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    assert one(bureau, bureau.hr, kind="DIALOGUE")["owed_by"] == str(bureau.head.employee_id)
    bureau.change(bureau.head, since=date(2026, 4, 6), status="DECEASED")
    assert one(bureau, bureau.hr, kind="DIALOGUE", owed_by="nobody")["state"] == "OPEN"
    bureau.change(bureau.siti, since=date(2026, 4, 6), superior_id=bureau.chief.employee_id)
    assert one(bureau, bureau.hr, kind="DIALOGUE")["owed_by"] == str(bureau.chief.employee_id)
    bureau.post(bureau.chief, path, {"text": "Berikut penjelasannya", "agreed_note": "Dimengerti"}, 201)
    assert one(bureau, bureau.hr, kind="DIALOGUE")["state"] == "DONE"


@pytest.mark.parametrize("status", ["TRANSFERRED", "RETIRED", "DECEASED"])
def test_who_has_left_owes_no_plan_and_without_one_is_owed_no_evaluation(bureau, status):
    opened(bureau)
    bureau.turn(2026, 5, 6, 3)
    siti = str(bureau.siti.employee_id)
    assert one(bureau, bureau.hr, employee_id=siti, kind="PLAN", overdue=True)["owed_by"] == siti
    bureau.change(bureau.siti, since=date(2026, 5, 6), status=status)
    found = listed(bureau, bureau.hr, employee_id=siti)
    assert {(item["state"], item["reason"]) for item in found} == {
        ("EXCUSED", "LEFT_SERVICE"),
        ("EXCUSED", "NOT_IN_SERVICE"),
    }
    assert listed(bureau, bureau.hr, employee_id=siti, overdue=True) == []
    assert recomputed(bureau) == (0, 0)
    bureau.change(bureau.siti, since=date(2026, 5, 6), status="ACTIVE", cause="CORRECTION")
    assert {item["state"] for item in listed(bureau, bureau.hr, employee_id=siti)} == {"OPEN"}


def test_the_days_that_somebody_has_worked_by_an_agreed_plan_are_rated_after_they_left(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 5, 6, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 6), status="RETIRED")
    assert about_siti(bureau) == {one: str(bureau.head.employee_id) for one in ("2026-Q1", "2026-Q2", "2026")}


def test_a_plan_that_was_submitted_before_may_be_agreed_or_is_excused_once_returned(bureau):
    opened(bureau)
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 5, 6, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 6), status="RETIRED")
    owed = one(bureau, bureau.head, owed_by="me", kind="PLAN", employee_id=str(bureau.siti.employee_id))
    assert (owed["state"], owed["matter_id"]) == ("OPEN", plan["id"])
    bureau.post(bureau.head, f"/plans/{plan['id']}/return", {"reason": "Target belum tepat"}, 200)
    assert listed(bureau, bureau.hr, employee_id=str(bureau.siti.employee_id), state="OPEN") == []
    assert recomputed(bureau) == (0, 0)


def test_the_right_to_answer_stays_with_who_has_left(bureau):
    bureau.active_plan()
    bureau.turn(2027, 1, 12, 3)
    bureau.rate(4)
    issued = bureau.issue()
    bureau.change(bureau.siti, since=date(2027, 1, 12), status="RETIRED")
    owed = one(bureau, bureau.hr, kind="RECEIPT")
    assert (owed["owed_by"], owed["state"]) == (str(bureau.siti.employee_id), "OPEN")
    bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    assert one(bureau, bureau.hr, kind="ANSWER")["owed_by"] == str(bureau.siti.employee_id)


def test_a_superior_on_the_last_day_is_not_needed_where_one_is_there_today(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.change(bureau.siti, since=date(2026, 2, 2), superior_id=None)
    bureau.turn(2026, 4, 6, 3)
    rate(bureau, bureau.chief, status=403)
    bureau.change(bureau.siti, since=date(2026, 4, 6), superior_id=bureau.chief.employee_id)
    assert about_siti(bureau)["2026-Q1"] == str(bureau.chief.employee_id)
    assert rate(bureau, bureau.chief)["appraiser_id"] == str(bureau.chief.employee_id)


def test_the_account_of_no_employee_owes_nothing_and_nothing_is_owed_about_it(bureau):
    officer = replace(bureau.hr, employee_id=None)
    assert listed(bureau, officer) != []
    for name in ("owed_by", "employee_id"):
        assert listed(bureau, officer, **{name: "me"}) == []
