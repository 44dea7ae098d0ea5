"""Who reviews an extreme rating today: the next level that did not rate; and what happens when it is late."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.appraisal.builders import a_result
from tests.appraisal.component.deadlines import move_to_jayapura, outage
from tests.appraisal.component.reviews import (
    BEST,
    asked,
    designate,
    end,
    finish,
    let_extremes_be_reviewed,
    owed,
    owed_by,
    rule,
    waiting,
)
from tests.appraisal.component.test_extensions import grant

APRIL = date(2026, 4, 1), date(2026, 4, 30)


def midnight(bureau, *day):
    """It is some minutes after the midnight in Jakarta that ends this day."""
    bureau.turn(*day, 17, 5)
    bureau.service.run_timers()


def reviewed_by(bureau, evaluation, who, capacity="REVIEWER"):
    """Nobody but this one may confirm it; they do."""
    assert owed_by(bureau) == who.employee_id
    everybody = (bureau.siti, bureau.head, bureau.chief, bureau.top, bureau.hr, bureau.second_hr, bureau.outsider)
    for other in everybody:
        if other is not who:
            end(bureau, evaluation, by=other, status=403)
    assert waiting(bureau, who) == [evaluation["id"]]
    assert bureau.get(who, f"/evaluations/{evaluation['id']}")["id"] == evaluation["id"]
    assert end(bureau, evaluation, by=who)["state"] == "FINAL"
    explained = bureau.get(who, f"/evaluations/{evaluation['id']}/explanation")
    assert [one["decided_capacity"] for one in explained["reviews"]][-1] == capacity


def test_the_appraisers_superior_reviews(bureau):
    let_extremes_be_reviewed(bureau)
    reviewed_by(bureau, asked(bureau), bureau.chief)


def test_who_stands_in_for_the_superior_reviews_on_these_days_only(bureau):
    let_extremes_be_reviewed(bureau)
    deputy = bureau.person()
    bureau.place(deputy, bureau.bureau_unit, "ADMINISTRATOR", bureau.chief)
    evaluation = asked(bureau)
    bureau.stand_in(deputy, bureau.chief, date(2026, 4, 7), date(2026, 4, 8))
    assert owed_by(bureau) == bureau.chief.employee_id
    midnight(bureau, 2026, 4, 6)
    assert owed_by(bureau) == deputy.employee_id
    (_, event) = bureau.events("ReviewAsked")
    assert event["data"]["reviewer_id"] == str(deputy.employee_id)
    midnight(bureau, 2026, 4, 8)
    assert owed_by(bureau) == bureau.chief.employee_id
    bureau.stand_in(deputy, bureau.chief, date(2026, 4, 9), date(2026, 4, 20))
    reviewed_by(bureau, evaluation, deputy, "ACTING")


@pytest.mark.parametrize("who", ["head", "siti"])
def test_where_the_appraiser_or_the_employee_stands_in_the_superior_reviews_or_the_next_one_above(bureau, who):
    """Nobody reviews their own rating, their own evaluation, or that of somebody above them."""
    let_extremes_be_reviewed(bureau)
    bureau.stand_in(getattr(bureau, who), bureau.chief, *APRIL)
    evaluation = asked(bureau)
    assert owed_by(bureau) == bureau.chief.employee_id
    bureau.change(bureau.chief, date(2026, 4, 6), status="UNPAID_LEAVE")
    reviewed_by(bureau, evaluation, bureau.top)


def test_where_the_superior_rated_in_the_appraisers_place_the_next_one_above_reviews(bureau):
    let_extremes_be_reviewed(bureau)
    bureau.stand_in(bureau.chief, bureau.head, *APRIL)
    body = {"work_result": "ABOVE", "behaviour": "ABOVE", "work_result_note": "Gagasan baru"}
    body |= {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 1}
    evaluation = bureau.post(bureau.chief, "/evaluations/periodic", body, 201)
    reviewed_by(bureau, evaluation, bureau.top)


def test_while_the_superior_is_on_leave_without_a_stand_in_the_next_one_above_reviews(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    bureau.change(bureau.chief, date(2026, 4, 6), status="UNPAID_LEAVE")
    reviewed_by(bureau, evaluation, bureau.top)


def test_a_review_follows_the_holder_of_the_office(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    successor = bureau.person("unit_leader", unit_id=bureau.bureau_unit)
    bureau.place(successor, bureau.bureau_unit, "JPT_PRATAMA", bureau.top)
    bureau.change(bureau.head, date(2026, 4, 6), superior_id=successor.employee_id)
    assert owed_by(bureau) == successor.employee_id
    assert waiting(bureau, bureau.chief) == []
    reviewed_by(bureau, evaluation, successor)


def test_the_review_of_a_retired_superior_is_left_to_hr_from_the_day_on_until_there_is_a_successor(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    bureau.change(bureau.chief, date(2026, 4, 8), status="RETIRED")
    assert owed_by(bureau) == bureau.chief.employee_id
    midnight(bureau, 2026, 4, 7)
    assert owed_by(bureau) is None
    end(bureau, evaluation, status=403)
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == [evaluation["id"]]
    bureau.change(bureau.head, date(2026, 4, 8), superior_id=bureau.top.employee_id)
    reviewed_by(bureau, evaluation, bureau.top)


def test_where_the_appraiser_has_left_since_who_is_above_the_new_one_reviews(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    new_head = bureau.person(unit_id=bureau.unit)
    bureau.place(new_head, bureau.unit, "PENGAWAS", bureau.chief)
    bureau.change(bureau.head, date(2026, 4, 6), status="RETIRED")
    bureau.change(bureau.siti, date(2026, 4, 6), superior_id=new_head.employee_id)
    reviewed_by(bureau, evaluation, bureau.chief)


def test_what_was_missed_of_the_officials_is_found_at_midnight(bureau):
    let_extremes_be_reviewed(bureau)
    bureau.post(bureau.hr, "/obligations/openings", {"year": 2026}, 202)
    asked(bureau)
    with bureau.service.work.transaction(bureau.agency) as tx:
        tx.session.connection().exec_driver_sql("UPDATE obligation SET owed_by = NULL WHERE kind = 'REVIEW'")
    midnight(bureau, 2026, 4, 6)
    assert owed_by(bureau) == bureau.chief.employee_id


def test_the_review_of_who_has_left_goes_on(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    bureau.change(bureau.siti, date(2026, 4, 7), status="RETIRED")
    midnight(bureau, 2026, 4, 6)
    reviewed_by(bureau, evaluation, bureau.chief)


@pytest.fixture
def of_chief(bureau):
    """The chief's best quarter, by the top official above whom nobody is."""
    bureau.have_rule("EXTREME_REVIEW", rule())
    results = [
        a_result("EXTRA" if number == 3 else "MAIN", f"Hasil {number}", perspective="BUDGET") for number in range(4)
    ]
    bureau.active_plan(bureau.chief, by=bureau.top, work_results=results)
    bureau.turn(2026, 4, 6, 3)
    body = {"work_result": "ABOVE", "behaviour": "ABOVE", "work_result_note": "Gagasan baru"}
    body |= {"employee_id": str(bureau.chief.employee_id), "year": 2026, "quarter": 1}
    return bureau.post(bureau.top, "/evaluations/periodic", body, 201)


@pytest.fixture
def governor(bureau):
    official = bureau.person("external_official")
    office = {"official_id": official.employee_id, "office": "Gubernur", "first_day": date(2025, 2, 20)}
    bureau.deliver("ExternalOfficialChanged", official.employee_id, **office, last_day=None)
    return official


def test_where_nobody_is_above_hr_designates_and_the_designated_official_reviews(bureau, of_chief, governor):
    assert owed_by(bureau) is None
    assert bureau.events("ReviewAsked")[0]["data"]["reviewer_id"] is None
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == [of_chief["id"]]
    assert waiting(bureau, bureau.top, "reviews_for_hr") == []
    end(bureau, of_chief, by=bureau.top, status=403)
    end(bureau, of_chief, by=governor, status=403)
    bureau.get(governor, f"/evaluations/{of_chief['id']}", 403)
    assert designate(bureau, of_chief, bureau.siti, 409)["code"] == "reviewer_not_impartial"
    assert designate(bureau, of_chief, bureau.top, 409)["code"] == "reviewer_not_impartial"
    assert designate(bureau, of_chief, bureau.outsider, 409)["code"] in {"reviewer_not_above", "reviewer_not_impartial"}
    assert designate(bureau, of_chief, bureau.hr, 409)["code"] == "reviewer_not_impartial"
    assert designate(bureau, of_chief, governor, 403, by=bureau.siti)["code"] == "forbidden"
    designate(bureau, of_chief, governor)
    assert bureau.events("ReviewAsked")[-1]["data"]["reviewer_id"] == str(governor.employee_id)
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == []
    assert designate(bureau, of_chief, governor, 409)["code"] == "review_has_reviewer"
    assert end(bureau, of_chief, by=governor)["state"] == "FINAL"
    (review,) = bureau.get(bureau.chief, f"/evaluations/{of_chief['id']}/explanation")["reviews"]
    assert (review["designated"], review["decided_capacity"]) == (True, "DESIGNATED")
    assert bureau.get(governor, f"/evaluations/{of_chief['id']}")["state"] == "FINAL"
    assert designate(bureau, of_chief, governor, 409)["code"] == "evaluation_move_refused"


def test_a_designated_official_whose_term_is_over_leaves_it_to_hr_again(bureau, of_chief, governor):
    designate(bureau, of_chief, governor)
    office = {"official_id": governor.employee_id, "office": "Gubernur", "first_day": date(2025, 2, 20)}
    bureau.deliver("ExternalOfficialChanged", governor.employee_id, 2, **office, last_day=date(2026, 4, 5))
    assert owed_by(bureau) is None
    end(bureau, of_chief, by=governor, status=403)
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == [of_chief["id"]]


def test_a_late_review_goes_up_then_to_hr_and_never_confirms_itself(bureau):
    let_extremes_be_reviewed(bureau, hr_after_days=3)
    evaluation = asked(bureau)
    bureau.service.clock.freeze(datetime(2026, 4, 11, 16, 59, 59, 999999, tzinfo=UTC))
    bureau.service.run_timers()
    assert bureau.events("ReviewOverdue") == []
    bureau.turn(2026, 4, 11, 17, 0, 2)
    bureau.service.run_timers()
    bureau.service.run_timers()
    (late,) = bureau.events("ReviewOverdue")
    assert late["data"] == {
        "review_id": late["data"]["review_id"],
        "evaluation_id": evaluation["id"],
        "employee_id": str(bureau.siti.employee_id),
        "reviewer_id": str(bureau.chief.employee_id),
        "reviewer_superior_id": str(bureau.top.employee_id),
        "level": "SUPERIOR",
        "review_until": "2026-04-11T16:59:59+00:00",
    }
    (item,) = bureau.get(bureau.chief, "/appraiser/queue")["reviews_to_make"]
    assert item["late"] is True
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == []
    bureau.turn(2026, 4, 14, 17, 0, 2)
    bureau.service.run_timers()
    bureau.service.run_timers()
    assert [one["data"]["level"] for one in bureau.events("ReviewOverdue")] == ["SUPERIOR", "HR"]
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == [evaluation["id"]]
    bureau.turn(2026, 12, 14, 3)
    bureau.service.run_timers()
    assert len(bureau.events("ReviewOverdue")) == 2
    assert bureau.get(bureau.hr, f"/evaluations/{evaluation['id']}")["state"] == "IN_REVIEW"
    designate(bureau, evaluation, bureau.top)
    end(bureau, evaluation, status=403)
    assert end(bureau, evaluation, by=bureau.top)["state"] == "FINAL"


def test_a_reviewer_is_replaced_only_when_the_review_is_late(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    refused = designate(bureau, evaluation, bureau.top, 409)
    assert (refused["code"], "11 April 2026" in refused["detail"]) == ("review_has_reviewer", True)
    bureau.turn(2026, 4, 11, 17, 0, 1)
    designate(bureau, evaluation, bureau.top)
    assert owed_by(bureau) == bureau.top.employee_id


def test_an_outage_moves_the_deadline_of_a_review_and_a_late_one_is_late_no_longer(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    bureau.turn(2026, 4, 11, 17, 0, 2)
    bureau.service.run_timers()
    outage(bureau, "2026-04-09T00:00:00Z", "2026-04-11T00:00:00Z")
    shown = bureau.get(bureau.chief, f"/evaluations/{evaluation['id']}")
    assert shown["moves_until"] == "2026-04-13T16:59:59Z"
    (moved,) = [one["data"] for one in bureau.events("DeadlineExtended") if one["data"]["kind"] == "REVIEW"]
    assert moved["employee_id"] == str(bureau.chief.employee_id)
    bureau.turn(2026, 4, 13, 17, 0, 2)
    bureau.service.run_timers()
    assert [one["data"]["review_until"] for one in bureau.events("ReviewOverdue")] == [
        "2026-04-11T16:59:59+00:00",
        "2026-04-13T16:59:59+00:00",
    ]
    assert end(bureau, evaluation)["state"] == "FINAL"


def test_what_an_outage_moved_does_not_show_an_officer_their_own_review(bureau):
    bureau.have_rule("EXTREME_REVIEW", rule())
    bureau.place(bureau.hr, bureau.unit, "JF", bureau.head)
    bureau.active_plan(bureau.hr)
    bureau.turn(2026, 4, 6, 3)
    asked(bureau, who=bureau.hr)
    bureau.turn(2026, 4, 9, 3)
    found = outage(bureau, "2026-04-07T00:00:00Z", "2026-04-08T00:00:00Z", who=bureau.second_hr)
    path = f"/outages/{found['id']}/deadlines"
    kinds = [[one["kind"] for one in bureau.get(who, path)["items"]] for who in (bureau.hr, bureau.second_hr)]
    assert [one.count("REVIEW") for one in kinds] == [0, 1]


def test_an_outage_that_was_recorded_before_moves_a_review_that_is_asked_afterwards(bureau):
    let_extremes_be_reviewed(bureau)
    bureau.turn(2026, 4, 6, 3)
    outage(bureau, "2026-04-05T00:00:00Z", "2026-04-06T02:00:00Z")
    evaluation = asked(bureau)
    (review,) = owed(bureau)
    assert evaluation["moves_until"] == review["due_at"] == "2026-04-11T16:59:59Z"


def test_hr_grants_a_reviewer_a_later_day_and_its_employee_learns_nothing(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    (review,) = owed(bureau)
    grant(bureau, type("Row", (), {"id": UUID(review["id"])}), "2026-04-20")
    assert bureau.get(bureau.chief, f"/evaluations/{evaluation['id']}")["moves_until"] == "2026-04-20T16:59:59Z"
    (event,) = bureau.events("DeadlineExtended")
    assert (event["data"]["employee_id"], event["data"]["kind"]) == (str(bureau.chief.employee_id), "REVIEW")


def test_a_review_in_jayapura_ends_with_the_last_second_there(bureau):
    move_to_jayapura(bureau)
    let_extremes_be_reviewed(bureau)
    bureau.turn(2026, 4, 6, 15, 30)
    assert asked(bureau)["moves_until"] == "2026-04-12T14:59:59Z"


def test_a_proposal_that_waits_stays_with_the_appraiser(bureau):
    let_extremes_be_reviewed(bureau)
    proposal = bureau.rate(1, *BEST, finish=False)
    assert (proposal["state"], owed(bureau), waiting(bureau, bureau.chief)) == ("PROPOSED", [], [])
    assert finish(bureau, proposal)["state"] == "IN_REVIEW"
