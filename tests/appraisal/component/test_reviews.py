"""Extremes are reviewed by the next level before their employees read them, where the agency's rule says so."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.appraisal.builders import a_rating
from tests.appraisal.component.reviews import (
    BEST,
    WORST,
    asked,
    batch,
    end,
    finish,
    let_extremes_be_reviewed,
    owed,
    rule,
    waiting,
)
from tests.appraisal.component.test_at_once import at_once
from tests.appraisal.component.test_distribution_levels import block, predicate
from tests.appraisal.component.test_pinned_rules import statements


def test_no_agency_has_reviews_until_two_officers_turn_them_on_from_a_day(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.set_rule("EXTREME_REVIEW", rule(), "2026-07-01")
    assert bureau.rate(1, *BEST)["state"] == "FINAL"
    bureau.turn(2026, 7, 6, 3)
    assert bureau.rate(2, *BEST)["state"] == "IN_REVIEW"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"evaluation_kinds": ["MONTHLY"]}, "MONTHLY"),
        ({"predicates": ["GOOD"]}, "VERY_GOOD, POOR_MISCONDUCT, VERY_POOR"),
        ({"predicates": []}, "VERY_GOOD, POOR_MISCONDUCT, VERY_POOR"),
        ({"days": 0}, "days: 1 sampai 366"),
        ({"hr_after_days": 0}, "hr_after_days: 1 sampai 366"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(bureau, changes, wrong):
    (fault,) = bureau.propose("EXTREME_REVIEW", rule(**changes), status=422)["errors"]
    assert (fault["field"], fault["code"]) == ("value", "rule_unusable")
    assert wrong in fault["expected"]


@pytest.mark.parametrize("field", ["days", "hr_after_days"])
def test_no_agency_delays_what_its_employees_read_for_longer_than_the_national_limit(bureau, field):
    bureau.propose("EXTREME_REVIEW", rule(**{field: 30}))
    (fault,) = bureau.propose("EXTREME_REVIEW", rule(**{field: 31}), status=422)["errors"]
    assert (fault["field"], fault["code"]) == (f"value.{field}", "beyond_national_limit")


@pytest.mark.parametrize(
    ("rating", "changes", "state"),
    [
        (BEST, {}, "IN_REVIEW"),
        (WORST, {}, "IN_REVIEW"),
        (("MEETS", "MEETS"), {}, "FINAL"),
        (("MEETS", "BELOW"), {}, "FINAL"),
        (("MEETS", "BELOW"), {"predicates": ["POOR_MISCONDUCT"]}, "IN_REVIEW"),
        (BEST, {"predicates": ["VERY_POOR"]}, "FINAL"),
        (BEST, {"evaluation_kinds": ["ANNUAL"]}, "FINAL"),
        (BEST, {"evaluation_kinds": []}, "FINAL"),
    ],
)
def test_the_rule_says_which_predicates_of_which_evaluations_are_reviewed(bureau, rating, changes, state):
    let_extremes_be_reviewed(bureau, **changes)
    assert bureau.rate(1, *rating)["state"] == state


def test_a_confirmed_quarter_is_final_and_its_employee_reads_who_confirmed_it_and_why(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    shown = bureau.get(bureau.chief, f"/evaluations/{evaluation['id']}")
    assert shown["moves"] == ["CONFIRM_FINAL", "RETURN"]
    assert shown["moves_until"] == "2026-04-11T16:59:59Z"
    (item,) = bureau.get(bureau.chief, "/appraiser/queue")["reviews_to_make"]
    assert (item["evaluation_id"], item["late"], item["version"]) == (evaluation["id"], False, evaluation["version"])
    assert waiting(bureau, bureau.head) == waiting(bureau, bureau.top) == []
    bureau.turn(2026, 4, 7, 3)
    final = end(bureau, evaluation, reason="Sesuai bukti dukung")
    assert (final["state"], final["final_at"][:16], final["moves_until"]) == ("FINAL", "2026-04-07T03:00", None)
    assert waiting(bureau, bureau.chief) == owed(bureau) == []
    (completed,) = bureau.events("AppraisalCompleted")
    assert (completed["data"]["predicate"], completed["data"]["completed_by"]) == ("VERY_GOOD", "APPRAISER")
    (review,) = bureau.get(bureau.siti, f"/evaluations/{evaluation['id']}/explanation")["reviews"]
    assert (review.pop("asked_at")[:16], review.pop("decided_at")[:16]) == ("2026-04-06T03:00", "2026-04-07T03:00")
    assert review == {
        "revision": 1,
        "asked_capacity": "APPRAISER",
        "asked_order": "",
        "further_reason": "",
        "designated": False,
        "outcome": "CONFIRMED",
        "reason": "Sesuai bukti dukung",
        "decided_by": str(bureau.chief.employee_id),
        "decided_capacity": "REVIEWER",
    }


def test_a_confirmed_year_is_issued_and_its_days_count_from_then(bureau):
    let_extremes_be_reviewed(bureau, evaluation_kinds=["ANNUAL"])
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue(*WORST)
    assert (evaluation["state"], evaluation["issued_at"]) == ("IN_REVIEW", None)
    assert bureau.events("AppraisalIssued") == []
    bureau.turn(2027, 1, 14, 3)
    issued = end(bureau, evaluation)
    assert (issued["state"], issued["issued_at"][:16]) == ("ISSUED", "2027-01-14T03:00")
    assert len(bureau.events("AppraisalIssued")) == 1
    received = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    assert received["objection_until"] == "2027-01-28T16:59:59Z"
    filed = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
    assert filed["decider_id"] == str(bureau.chief.employee_id)


def test_a_weak_quarter_opens_its_follow_up_when_it_is_confirmed_and_not_before(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau, *WORST)
    assert bureau.events("FollowUpOpened") == []
    end(bureau, evaluation)
    assert len(bureau.events("FollowUpOpened")) == 1


def test_nothing_of_a_review_reaches_its_employee_before_it_is_confirmed(bureau):
    let_extremes_be_reviewed(bureau)
    before = bureau.get(bureau.siti, "/obligations")["items"]
    evaluation = asked(bureau, *WORST)
    path = f"/evaluations/{evaluation['id']}"
    assert bureau.get(bureau.siti, "/me/evaluations")["items"] == []
    for one in (path, f"{path}/explanation", f"{path}/document", f"{path}/dialogue"):
        bureau.get(bureau.siti, one, 403)
    bureau.post(bureau.siti, f"{path}/dialogue", {"text": "Mengapa?"}, 403)
    bureau.post(bureau.siti, f"{path}/receive", status=403)
    bureau.post(bureau.siti, f"{path}/accept", status=403)
    bureau.post(bureau.siti, f"{path}/objection", {"reasons": "x"}, 403)
    for move in ("confirm", "return"):
        end(bureau, evaluation, move, bureau.siti, 403)
    ignored = ("version",)
    shown = bureau.get(bureau.siti, "/obligations")["items"]
    assert [{k: v for k, v in one.items() if k not in ignored} for one in shown] == [
        {k: v for k, v in one.items() if k not in ignored} for one in before
    ]
    quarter = next(one for one in shown if one["subject"] == "2026-Q1")
    assert bureau.get(bureau.siti, "/obligations", query_string={"state": "DONE"})["items"] == [
        one for one in shown if one["kind"] == "PLAN"
    ]
    assert bureau.get(bureau.siti, f"/obligations/{quarter['id']}/deadline")["state"] == "OPEN"
    (review,) = owed(bureau, bureau.siti)
    bureau.get(bureau.siti, f"/obligations/{review['id']}/deadline", 403)
    told = [one for one in bureau.events() if one["type"] not in {"PlanActivated", "ReviewAsked"}]
    assert told == []
    assert "VERY_POOR" not in json.dumps(bureau.events("ReviewAsked"))


def test_an_officer_learns_nothing_of_a_review_about_themselves(bureau):
    bureau.have_rule("EXTREME_REVIEW", rule())
    bureau.place(bureau.hr, bureau.unit, "JF", bureau.head)
    bureau.active_plan(bureau.hr)
    bureau.turn(2026, 4, 6, 3)
    predicate(bureau, bureau.unit, "GOOD")
    count = f"/units/{bureau.unit}/distribution?year=2026&quarter=1"
    summary = "/summary?year=2026&quarter=1"
    before = bureau.get(bureau.hr, count), bureau.get(bureau.hr, summary)
    evaluation = asked(bureau, who=bureau.hr)
    assert (bureau.get(bureau.hr, count), bureau.get(bureau.hr, summary)["total"]["completion"]) == (
        before[0],
        before[1]["total"]["completion"],
    )
    assert bureau.get(bureau.hr, summary)["total"]["evaluations"]["IN_REVIEW"] == 0
    bureau.turn(2026, 4, 25, 3)
    bureau.service.run_timers()
    bureau.service.run_timers()
    assert waiting(bureau, bureau.hr, "reviews_for_hr") == []
    assert waiting(bureau, bureau.second_hr, "reviews_for_hr") == [evaluation["id"]]
    assert bureau.get(bureau.hr, "/obligations", query_string={"kind": "REVIEW"})["items"] == []
    assert bureau.get(bureau.hr, "/evaluations", query_string={"state": "IN_REVIEW"})["items"] == []
    assert evaluation["id"] not in bureau.call(bureau.hr, "GET", "/exports/evaluations.csv?year=2026", 200).text
    body = {"reviewer_id": str(bureau.top.employee_id), "reason": "x"}
    refused = bureau.put(bureau.hr, f"/evaluations/{evaluation['id']}/review/reviewer", body, 403)
    assert refused["code"] == "own_affair"


def test_a_returned_rating_is_a_proposal_that_its_appraiser_rates_anew(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    returned = end(bureau, evaluation, "return")
    assert (returned["state"], returned["moves"]) == ("PROPOSED", ["RERATE", "FINALISE"])
    (event,) = bureau.events("ReviewReturned")
    assert event["data"] == {
        "review_id": event["data"]["review_id"],
        "evaluation_id": evaluation["id"],
        "employee_id": str(bureau.siti.employee_id),
        "appraiser_id": str(bureau.head.employee_id),
        "finish_until": "2026-04-30T16:59:59+00:00",
    }
    assert bureau.get(bureau.head, "/appraiser/queue")["proposals_to_finish"][0]["evaluation_id"] == evaluation["id"]
    (review,) = bureau.get(bureau.head, f"/evaluations/{evaluation['id']}/explanation")["reviews"]
    assert (review["outcome"], review["reason"]) == ("RETURNED", "Bukti dukung belum cukup")
    bureau.get(bureau.siti, f"/evaluations/{evaluation['id']}", 403)
    final = bureau.rerate(returned, 1, "ABOVE", "MEETS")
    assert (final["state"], final["predicate"]) == ("FINAL", "GOOD")
    (review,) = bureau.get(bureau.siti, f"/evaluations/{evaluation['id']}/explanation")["reviews"]
    assert review["reason"] == "Bukti dukung belum cukup"


def test_who_keeps_to_a_returned_rating_gives_a_further_reason_and_it_is_not_returned_again(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    end(bureau, evaluation, "return")
    (fault,) = finish(bureau, evaluation, 422)["errors"]
    assert (fault["field"], fault["code"]) == ("reason", "further_reason_required")
    again = finish(bureau, evaluation, reason="Survei pelanggan terlampir")
    assert again["state"] == "IN_REVIEW"
    assert end(bureau, evaluation, "return", status=409)["code"] == "review_returned_before"
    assert end(bureau, evaluation, reason="Saya berpendapat lain")["state"] == "FINAL"
    reviews = bureau.get(bureau.siti, f"/evaluations/{evaluation['id']}/explanation")["reviews"]
    assert [(one["outcome"], one["further_reason"], one["reason"]) for one in reviews] == [
        ("RETURNED", "", "Bukti dukung belum cukup"),
        ("CONFIRMED", "Survei pelanggan terlampir", "Saya berpendapat lain"),
    ]


def test_who_rates_the_same_again_insists_too_and_another_extreme_is_reviewed_as_a_new_rating(bureau):
    let_extremes_be_reviewed(bureau)
    returned = end(bureau, asked(bureau), "return")
    body = a_rating(*BEST, employee_id=str(bureau.siti.employee_id), year=2026, quarter=1)
    (fault,) = bureau.post(bureau.head, "/evaluations/periodic", body, 422)["errors"]
    assert fault["code"] == "further_reason_required"
    other_words = {**body, "work_result_note": "Gagasan baru, diuji di tiga unit", "reason": "Bukti ditambah"}
    headers = {"If-Match": f'"{returned["version"]}"'}
    again = bureau.post(bureau.head, "/evaluations/periodic", other_words, 201, headers=headers)
    assert (again["state"], again["revision"]) == ("IN_REVIEW", 2)
    end(bureau, again, "return", status=409)
    worst = bureau.get(bureau.head, f"/evaluations/{again['id']}")
    assert bureau.rerate(worst, 1, *WORST, status=409)["code"] == "evaluation_in_review"


def test_another_extreme_after_a_return_is_returned_once_as_well(bureau):
    let_extremes_be_reviewed(bureau)
    returned = end(bureau, asked(bureau), "return")
    worst = bureau.rerate(returned, 1, *WORST)
    assert worst["state"] == "IN_REVIEW"
    again = end(bureau, worst, "return")
    best = bureau.rerate(again, 1, *BEST, reason="Survei pelanggan terlampir")
    assert best["state"] == "IN_REVIEW"
    assert end(bureau, best, "return", status=409)["code"] == "review_returned_before"


def test_confirming_and_returning_name_the_version_that_was_read(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    for move in ("confirm", "return"):
        path = f"/evaluations/{evaluation['id']}/review/{move}"
        bureau.post(bureau.chief, path, {"reason": "x"}, 428)
        end(bureau, evaluation, move, status=412, version=evaluation["version"] + 1)
    bureau.post(bureau.chief, f"/evaluations/{evaluation['id']}/review/return", {}, 422)
    end(bureau, evaluation)
    assert end(bureau, evaluation, status=409)["code"] == "evaluation_move_refused"
    end(bureau, evaluation, by=bureau.outsider, status=403)


def test_the_same_request_twice_changes_nothing(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    assert bureau.rate(1, *BEST) == evaluation
    assert finish(bureau, evaluation, 409)["code"] == "evaluation_move_refused"
    headers = {"If-Match": f'"{evaluation["version"]}"', "Idempotency-Key": "konfirmasi-1"}
    path = f"/evaluations/{evaluation['id']}/review/confirm"
    first, second = (bureau.post(bureau.chief, path, {"reason": "x"}, 200, headers=headers) for _ in range(2))
    assert first == second
    assert len(bureau.events("ReviewAsked")) == len(bureau.events("AppraisalCompleted")) == 1


def test_eight_who_finish_and_confirm_at_once_ask_and_complete_once(bureau):
    let_extremes_be_reviewed(bureau)
    proposal = bureau.rate(1, *BEST, finish=False)
    path = f"/evaluations/{proposal['id']}"
    statuses = at_once(bureau, (bureau.head, f"{path}/finish", {}), (bureau.head, f"{path}/finish", {}))
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}
    assert len(bureau.events("ReviewAsked")) == len(owed(bureau)) == 1
    version = bureau.get(bureau.chief, path)["version"]
    ends = [(bureau.chief, f"{path}/review/{move}", {"reason": "x"}) for move in ("confirm", "return")]
    statuses = at_once(bureau, *ends, **{"If-Match": f'"{version}"'})
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 403, 409, 412}
    assert len(bureau.events("AppraisalCompleted")) + len(bureau.events("ReviewReturned")) == 1
    assert owed(bureau) == []


def test_the_distribution_counts_what_is_under_review(bureau):
    let_extremes_be_reviewed(bureau)
    predicate(bureau, bureau.unit, "GOOD")
    evaluation = asked(bureau)
    path = f"/units/{bureau.unit}/distribution?year=2026&quarter=1"
    assert bureau.get(bureau.inspector, path)["rated"] == 1
    end(bureau, evaluation)
    assert bureau.get(bureau.inspector, path)["rated"] == 1


def test_a_blocked_pattern_holds_for_what_goes_to_a_review_also_for_many_at_once(bureau):
    """Of eight people one may be rated best: the place is taken as soon as it is under review."""
    block(bureau, level="UNIT")
    bureau.have_rule("EXTREME_REVIEW", rule())
    people = bureau.hire(8)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    predicate(bureau, bureau.unit, "NEEDS_IMPROVEMENT")
    items = [{**one, "year": 2026, "quarter": 1} for one in batch(*people)["items"]]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: bureau.post(bureau.head, "/evaluations/periodic", body), items))
    assert sorted(one.status_code for one in answers) == [201] + [409] * 7
    (evaluation,) = [one.json for one in answers if one.status_code == 201]
    assert evaluation["state"] == "IN_REVIEW"
    assert end(bureau, evaluation)["state"] == "FINAL"


def test_of_a_batch_the_extremes_are_reviewed_and_a_repeat_changes_nothing(bureau):
    bureau.have_rule("EXTREME_REVIEW", rule())
    people = bureau.hire(4)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    body = batch(*people)
    body["items"][0] = a_rating(employee_id=str(people[0].employee_id))
    with statements(bureau.service) as sent:
        first = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert [(one["outcome"], one["state"]) for one in first] == [("DONE", "FINAL"), *[("DONE", "IN_REVIEW")] * 3]
    assert len([one for one in sent if "INSERT INTO evaluation_review" in one]) == 1
    assert len(waiting(bureau, bureau.chief)) == len(bureau.events("ReviewAsked")) == 3
    again = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert {one["outcome"] for one in again} == {"UNCHANGED"}
    assert len(bureau.events("ReviewAsked")) == 3
