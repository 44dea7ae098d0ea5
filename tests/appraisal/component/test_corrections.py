"""Corrections by two officers: proposed, approved, rejected, withdrawn; and what is opened again by one."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.appraisal.builders import a_plan, a_rating
from tests.appraisal.component.test_evaluations import annual, completed


def a_quarter(bureau, *rating):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    return bureau.rate(2, *rating)["id"]


def a_final_year(bureau, *rating):
    evaluation = annual(bureau, *rating)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    return evaluation


def reopened(bureau, *rating):
    """A final GOOD that two officers have lowered in March."""
    evaluation = a_final_year(bureau)
    bureau.turn(2027, 3, 1, 3)
    bureau.correct(evaluation, *(rating or ("BELOW",)), by=bureau.chief)
    return evaluation


def test_one_officer_proposes_and_a_second_one_corrects_upwards(bureau):
    evaluation = a_quarter(bureau, "BELOW")
    for nobody in (bureau.siti, bureau.head, bureau.outsider):
        bureau.propose_correction(evaluation, by=nobody, status=403)
    order = bureau.propose_correction(evaluation, by=bureau.chief)
    assert (order["state"], order["lowers"], order["moves"]) == ("PROPOSED", False, ["WITHDRAW"])
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["revision"] == 1
    assert bureau.propose_correction(evaluation, by=bureau.hr, status=409)["code"] == "correction_waiting"
    assert bureau.end_correction(order, by=bureau.chief, status=409)["code"] == "second_officer_needed"
    assert bureau.get(bureau.siti, f"/corrections/{order['id']}", 403)
    (event,) = bureau.events("CorrectionProposed")
    assert (event["data"]["order_id"], event["data"]["proposed_capacity"]) == (order["id"], "REVIEWER")
    (waiting,) = bureau.get(bureau.hr, "/corrections?state=PROPOSED")["items"]
    assert waiting["moves"] == ["APPROVE", "REJECT"]
    assert bureau.get(bureau.outsider, "/corrections")["items"] == []
    missing = bureau.post(bureau.hr, f"/corrections/{order['id']}/approve", {"reason": "x"}, 428)
    assert missing["code"] == "version_required"
    assert bureau.end_correction(order, version=7, status=412)["code"] == "version_conflict"
    assert bureau.end_correction(order)["state"] == "APPROVED"
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["predicate"], shown["revision"], shown["state"]) == ("GOOD", 2, "FINAL")
    (corrected,) = bureau.events("AppraisalCorrected")
    assert (corrected["data"]["previous_predicate"], corrected["data"]["predicate"]) == ("NEEDS_IMPROVEMENT", "GOOD")
    assert len(completed(bureau, "PERIODIC")) == 1
    history = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")["history"]
    assert [(one["capacity"], one["order_reference"]) for one in history] == [("APPRAISER", ""), ("HR", "SK-1/2026")]
    assert bureau.get(bureau.siti, f"/corrections/{order['id']}")["state"] == "APPROVED"
    again = bureau.end_correction({**order, "version": 2}, by=bureau.hr, status=409)
    assert again["code"] == "correction_move_refused"


def test_an_order_is_rejected_by_another_one_or_withdrawn_by_who_proposed_it(bureau):
    evaluation = a_quarter(bureau)
    order = bureau.propose_correction(evaluation, "ABOVE", by=bureau.hr)
    bureau.end_correction(order, "withdraw", by=bureau.chief, status=403)
    assert bureau.end_correction(order, "withdraw")["state"] == "WITHDRAWN"
    rejected = bureau.end_correction(
        bureau.propose_correction(evaluation, "ABOVE", by=bureau.hr), "reject", bureau.chief
    )
    assert (rejected["state"], rejected["end_reason"], rejected["ended_capacity"]) == (
        "REJECTED",
        "Diperiksa",
        "REVIEWER",
    )
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["revision"] == 1
    assert bureau.events("AppraisalCorrected") == []


def test_an_order_of_somebody_who_has_come_below_the_employee_is_refused_and_hr_takes_over(bureau):
    evaluation = a_quarter(bureau)
    bureau.place(bureau.second_hr, bureau.bureau_unit, "PELAKSANA", bureau.chief)
    order = bureau.propose_correction(evaluation, "ABOVE", by=bureau.hr)
    bureau.place(bureau.hr, bureau.unit, "PELAKSANA", bureau.siti, since=date(2026, 7, 6))
    refused = bureau.end_correction(order, by=bureau.chief, status=409)
    assert refused["code"] == "correction_proposer_not_impartial"
    assert "pengelola kepegawaian lalu mengajukannya sendiri" in refused["detail"]
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["revision"] == 1
    bureau.end_correction(order, "reject", bureau.chief)
    bureau.end_correction(bureau.propose_correction(evaluation, "ABOVE", by=bureau.second_hr), by=bureau.chief)
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["revision"] == 2


@pytest.mark.parametrize("change", [{"status": "RETIRED"}, {"superior_id": None}])
def test_an_order_of_somebody_who_has_left_or_moved_elsewhere_is_still_decided(bureau, change):
    evaluation = a_quarter(bureau)
    order = bureau.propose_correction(evaluation, "ABOVE", by=bureau.hr)
    bureau.change(bureau.hr, date(2026, 7, 6), **change)
    assert bureau.end_correction(order, by=bureau.chief)["state"] == "APPROVED"


def test_nobody_below_the_employee_corrects_and_hr_not_the_own(bureau):
    below, own = bureau.person("hr_officer"), bureau.person("hr_officer")
    bureau.place(below, bureau.unit, "PELAKSANA", bureau.siti)
    bureau.place(own, bureau.unit, "PELAKSANA", bureau.head)
    bureau.active_plan(bureau.head, by=bureau.chief)
    bureau.active_plan(own)
    bureau.turn(2026, 7, 6, 3)
    rating = {"work_result": "MEETS", "behaviour": "MEETS", "year": 2026, "quarter": 2}
    for judged, by, barred in ((bureau.head, bureau.chief, below), (own, bureau.head, own)):
        body = {**rating, "employee_id": str(judged.employee_id)}
        done = bureau.post(by, "/evaluations/periodic", body, 201)
        refused = bureau.propose_correction(done["id"], "ABOVE", by=barred, status=409)
        assert refused["code"] == "correction_not_impartial"
        order = bureau.propose_correction(done["id"], "ABOVE", by=bureau.hr)
        assert bureau.end_correction(order, by=barred, status=409)["code"] == "correction_not_impartial"


def test_a_periodic_one_that_is_lowered_is_a_matter_of_dialogue(bureau):
    evaluation = a_quarter(bureau)
    shown = bureau.correct(evaluation, "BELOW", by=bureau.chief)
    assert (shown["state"], shown["predicate"], shown["reopened_by_order"]) == ("FINAL", "NEEDS_IMPROVEMENT", None)
    (asked,) = bureau.events("DialogueRequested")
    assert (asked["data"]["cause"], asked["data"]["appraiser_id"]) == ("CORRECTION", str(bureau.head.employee_id))
    (owed,) = bureau.get(bureau.head, "/appraiser/queue")["dialogues_to_answer"]
    assert (owed["evaluation_id"], owed["late"]) == (evaluation, False)


def test_an_annual_one_that_is_lowered_is_issued_anew_and_the_former_result_is_in_force(bureau):
    evaluation = reopened(bureau)
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["predicate"], shown["revision"]) == ("ISSUED", "NEEDS_IMPROVEMENT", 2)
    assert (shown["in_force"], shown["moves"]) == ({"revision": 1, "predicate": "GOOD"}, ["RECEIVE"])
    assert shown["reopened_by_order"]
    assert (shown["received_at"], shown["final_at"]) == (None, None)
    first, anew = (one["data"] for one in bureau.events("AppraisalIssued"))
    assert (first["reissued_for"], anew["reissued_for"], anew["version"]) == (None, "CORRECTION", 2)
    assert bureau.events("AppraisalCorrected") == []
    assert bureau.post(bureau.siti, "/plans", a_plan(), 409)["code"] == "plan_year_closed"
    received = bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert received["objection_until"] == received["moves_until"] == "2027-03-15T16:59:59Z"
    assert received["moves"] == ["ACCEPT", "OBJECT"]
    bureau.turn(2027, 3, 15, 17, 0, 5)
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["completed_by"], shown["in_force"]) == (
        "WINDOW_EXPIRED",
        {"revision": 2, "predicate": "NEEDS_IMPROVEMENT"},
    )
    (corrected,) = bureau.events("AppraisalCorrected")
    assert (corrected["data"]["previous_predicate"], corrected["data"]["version"]) == ("GOOD", 2)
    assert len(completed(bureau)) == 1


def test_the_person_objects_to_what_was_issued_anew_and_no_officer_of_the_order_decides(bureau):
    evaluation = reopened(bureau)
    path = f"/evaluations/{evaluation}"
    bureau.post(bureau.siti, f"{path}/receive", status=200)
    objection = bureau.post(bureau.siti, f"{path}/objection", {"reasons": "Bukti diabaikan"}, 201)
    assert (objection["needs_decider"], objection["revision"]) == (True, 2)
    designated = {"decider_id": str(bureau.chief.employee_id), "reason": "PPK"}
    second_hr = bureau.person("hr_officer")
    bureau.place(second_hr, bureau.root, "PELAKSANA", bureau.top)
    refused = bureau.put(second_hr, f"/objections/{objection['id']}/decider", designated, 409)
    assert refused["code"] == "objection_decider_not_allowed"
    designated = {"decider_id": str(bureau.top.employee_id), "reason": "PPK"}
    bureau.put(second_hr, f"/objections/{objection['id']}/decider", designated)
    bureau.answer(objection["id"])
    decision = {"work_result": "MEETS", "behaviour": "MEETS", "outcome": "CHANGED", "reasons": "Bukti sah"}
    done = bureau.post(bureau.top, f"/objections/{objection['id']}/decision", decision, 200)
    assert (done["state"], done["predicate"], done["revision"]) == ("FINAL", "GOOD", 3)
    (corrected,) = bureau.events("AppraisalCorrected")
    assert (corrected["data"]["previous_predicate"], corrected["data"]["predicate"]) == ("GOOD", "GOOD")
    assert len(completed(bureau)) == 1


def test_an_objection_of_the_first_issue_does_not_bar_one_to_the_second(bureau):
    evaluation = annual(bureau, "BELOW")
    bureau.turn(2027, 1, 20, 3)
    first = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Bukti baru"}, 201)
    bureau.answer(first["id"])
    decision = {"work_result": "MEETS", "behaviour": "MEETS", "outcome": "CHANGED", "reasons": "Bukti sah"}
    bureau.post(bureau.chief, f"/objections/{first['id']}/decision", decision, 200)
    bureau.turn(2027, 3, 1, 3)
    second_hr = bureau.person("hr_officer")
    bureau.place(second_hr, bureau.root, "PELAKSANA", bureau.top)
    order = bureau.propose_correction(evaluation, "BELOW", by=bureau.hr)
    bureau.end_correction(order, by=second_hr)
    rights = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")["rights"]
    assert (rights["objection_id"], rights["must_confirm_receipt"]) == (None, True)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    again = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Sudah diputus"}, 201)
    assert (again["needs_decider"], again["revision"]) == (True, 3)


def test_who_has_rated_in_anothers_place_corrects_nothing_though_it_was_rated_anew(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    bureau.stand_in(bureau.chief, bureau.head, date(2026, 7, 6), date(2026, 7, 6))
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "finish": False}
    body |= a_rating("BELOW", "MEETS")
    proposal = bureau.post(bureau.chief, "/evaluations/periodic", body, 201)
    bureau.turn(2026, 7, 7, 3)
    final = bureau.rerate(proposal, 2, "MEETS")["id"]
    assert bureau.propose_correction(final, "ABOVE", status=409)["code"] == "correction_not_impartial"
    order = bureau.propose_correction(final, "ABOVE", by=bureau.hr)
    assert bureau.get(bureau.chief, f"/corrections/{order['id']}")["moves"] == []
    assert bureau.end_correction(order, by=bureau.chief, status=409)["code"] == "correction_not_impartial"


def test_an_order_to_a_revision_that_is_no_more_is_refused_with_the_present_one(bureau):
    evaluation = a_final_year(bureau)
    order = bureau.propose_correction(evaluation, "ABOVE", by=bureau.chief)
    bureau.end_correction(order, "withdraw", by=bureau.chief)
    late = bureau.propose_correction(evaluation, "ABOVE", by=bureau.chief)
    with bureau.service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text("UPDATE evaluation SET revision = 2 WHERE id = :id"), {"id": evaluation})
    refused = bureau.end_correction(late, status=409)
    assert refused["code"] == "correction_outdated"
    assert "revisi 2" in refused["detail"]


@pytest.mark.parametrize(("work_result", "status"), [("BELOW", 409), ("ABOVE", 201)])
def test_one_officers_order_does_not_lower_what_the_appraiser_proposed(bureau, work_result, status):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    proposal = bureau.rate(2, finish=False)
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "behaviour": "MEETS"}
    body |= {"work_result": work_result, "work_result_note": "x", "order_reference": "SK-3", "reason": "Temuan"}
    headers = {"If-Match": f'"{proposal["version"]}"'}
    answer = bureau.post(bureau.hr, "/evaluations/periodic", body, status, headers=headers)
    assert answer.get("code") == ("proposal_lowered_by_order" if status == 409 else None)
