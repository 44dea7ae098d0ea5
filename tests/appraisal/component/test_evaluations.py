"""Quarterly and annual evaluations: windows, states, deadlines, corrections."""

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import a_plan, a_rating


def annual(bureau, *rating, receive=True):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue(*rating)
    if receive:
        bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    return issued["id"]


def completed(bureau, kind="ANNUAL"):
    return [e["data"] for e in bureau.events("AppraisalCompleted") if e["data"]["kind"] == kind]


@pytest.mark.parametrize(
    ("moment", "status"),
    [((2026, 3, 30, 16), 409), ((2026, 3, 30, 17), 201), ((2026, 4, 30, 16), 201), ((2026, 4, 30, 17), 409)],
)
def test_a_quarter_is_rated_within_its_window_in_the_agencys_zone(bureau, moment, status):
    bureau.active_plan()
    bureau.turn(*moment)
    answer = bureau.rate(1, status=status)
    assert answer.get("code") == ("rating_window_closed" if status == 409 else None)


def test_hr_or_the_operator_extends_a_window_and_never_shortens_it(bureau):
    bureau.active_plan()
    bureau.turn(2026, 5, 4, 3)
    bureau.rate(1, status=409)
    body = {"year": 2026, "quarter": 1, "closes_on": "2026-05-05", "reason": "Layanan terganggu dua hari"}
    bureau.post(bureau.siti, "/periods/extensions", body, 403)
    bureau.post(bureau.person("operator"), "/periods/extensions", body, 201)
    assert bureau.rate(1)["state"] == "FINAL"
    short = bureau.post(bureau.hr, "/periods/extensions", {**body, "closes_on": "2026-04-10"}, 422)
    assert short["errors"][0]["code"] == "not_longer"
    periods = bureau.get(bureau.siti, "/periods?year=2026")
    assert [p["closes_on"] for p in periods["items"]][:2] == ["2026-05-05", "2026-07-30"]


@pytest.mark.parametrize(("closes_on", "status"), [("2027-03-31", 201), ("2027-04-01", 422), ("9999-12-31", 422)])
def test_a_window_is_extended_to_a_year_after_its_period_at_most(bureau, closes_on, status):
    body = {"year": 2026, "quarter": 1, "closes_on": closes_on, "reason": "Bencana"}
    answer = bureau.post(bureau.hr, "/periods/extensions", body, status)
    if status == 422:
        (fault,) = answer["errors"]
        assert (fault["code"], fault["value"], fault["expected"]) == ("too_late", closes_on, "paling lambat 2027-03-31")


def test_how_long_a_window_may_be_extended_is_the_agencys_own_rule(bureau):
    bureau.have_rule("EXTENSION", {"longest_days": 60})
    body = {"year": 2026, "quarter": 1, "closes_on": "2026-05-31", "reason": "Bencana"}
    (fault,) = bureau.post(bureau.hr, "/periods/extensions", body, 422)["errors"]
    assert fault["expected"] == "paling lambat 2026-05-30"


def test_a_rating_below_expectation_without_its_reason_is_refused(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    problem = bureau.rate(1, "BELOW", work_result_note="", status=422)
    assert problem["errors"][0]["field"] == "work_result_note"


def test_the_same_rating_again_changes_nothing_and_another_is_refused(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1)
    assert bureau.rate(1)["id"] == first["id"]
    problem = bureau.rate(1, "ABOVE", status=409)
    assert problem["code"] == "evaluation_exists"
    assert len(completed(bureau, "PERIODIC")) == 1


def test_a_proposal_is_changed_until_it_is_finished(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    assert (proposal["state"], completed(bureau, "PERIODIC")) == ("PROPOSED", [])
    assert bureau.get(bureau.siti, "/me/evaluations")["items"] == []
    assert bureau.get(bureau.siti, f"/evaluations/{proposal['id']}", 403)
    changed = bureau.rerate(proposal, 1, "ABOVE", "ABOVE", finish=False)
    assert (changed["id"], changed["revision"], changed["predicate"]) == (proposal["id"], 2, "VERY_GOOD")
    done = bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=200)
    assert (done["state"], done["completed_by"]) == ("FINAL", "APPRAISER")
    assert bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=409)
    history = bureau.get(bureau.siti, f"/evaluations/{proposal['id']}/explanation")["history"]
    assert [h["predicate"] for h in history] == ["GOOD", "VERY_GOOD"]
    assert len(completed(bureau, "PERIODIC")) == 1


def test_a_batch_gives_each_person_an_outcome_and_may_be_repeated(bureau):
    people = bureau.hire(3)
    for one in people[:2]:
        bureau.active_plan(one)
    bureau.active_plan(bureau.head, by=bureau.chief)
    bureau.turn(2026, 4, 6, 3)
    items = [
        a_rating("MEETS", "ABOVE", employee_id=str(people[0].employee_id)),
        a_rating("BELOW", "MEETS", employee_id=str(people[1].employee_id), work_result_note=""),
        a_rating(employee_id=str(people[2].employee_id)),
        a_rating(employee_id=str(bureau.head.employee_id)),
    ]
    body = {"year": 2026, "quarter": 1, "items": items}
    done = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert [i["outcome"] for i in done] == ["DONE", "REFUSED", "REFUSED", "REFUSED"]
    assert [i["error"] and i["error"]["code"] for i in done] == [None, "invalid_input", "plan_missing", "forbidden"]
    assert done[1]["error"]["errors"][0]["field"] == "work_result_note"
    items[1]["work_result_note"] = "Terlambat"
    again = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert [i["outcome"] for i in again] == ["UNCHANGED", "DONE", "REFUSED", "REFUSED"]
    assert again[0]["evaluation_id"] == done[0]["evaluation_id"]
    assert len(completed(bureau, "PERIODIC")) == 2


def test_a_plan_that_was_never_agreed_is_not_rated(bureau):
    bureau.draft()
    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1, status=409)["code"] == "plan_not_active"


def test_an_accepted_annual_evaluation_is_final_and_published_once(bureau):
    evaluation = annual(bureau)
    done = bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    assert (done["state"], done["completed_by"]) == ("FINAL", "ACCEPTED")
    assert (
        bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=409)["code"] == "evaluation_move_refused"
    )
    bureau.turn(2027, 3, 1, 3)
    bureau.service.run_timers()
    assert [c["completed_by"] for c in completed(bureau)] == ["ACCEPTED"]


def test_an_issued_evaluation_is_not_published_as_completed(bureau):
    annual(bureau)
    assert completed(bureau) == []
    (issued,) = bureau.events("AppraisalIssued")
    assert issued["data"]["reviewer_id"] == str(bureau.chief.employee_id)


def test_nothing_is_accepted_or_objected_to_before_it_is_received(bureau):
    evaluation = annual(bureau, receive=False)
    assert (
        bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=409)["code"] == "evaluation_not_received"
    )
    body = {"reasons": "Tidak setuju"}
    refused = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", body, 409)
    assert refused["code"] == "evaluation_not_received"


def test_a_second_receipt_does_not_move_the_window(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 15, 3)
    again = bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert again["objection_until"] == "2027-01-26T16:59:59Z"


@pytest.mark.parametrize(("moment", "status"), [((2027, 1, 26, 16, 59, 50), 201), ((2027, 1, 26, 17, 0, 0), 409)])
def test_an_objection_counts_to_the_end_of_the_last_day(bureau, moment, status):
    evaluation = annual(bureau)
    bureau.turn(*moment)
    answer = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Data kurang"}, status)
    assert answer.get("code") == (None if status == 201 else "objection_too_late")


def test_a_silent_window_makes_the_evaluation_final_by_itself(bureau):
    evaluation = annual(bureau, "BELOW")
    bureau.turn(2027, 1, 26, 16, 59, 50)
    bureau.service.run_timers()
    assert completed(bureau) == []
    bureau.turn(2027, 1, 26, 17, 0, 5)
    bureau.service.run_timers()
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["completed_by"]) == ("FINAL", "WINDOW_EXPIRED")
    assert [c["predicate"] for c in completed(bureau)] == ["NEEDS_IMPROVEMENT"]


def test_an_unconfirmed_document_counts_as_received_where_the_agency_has_said_so(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    bureau.turn(2027, 1, 19, 16, 59, 50)
    bureau.service.run_timers()
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["received_at"] is None
    bureau.turn(2027, 1, 19, 17, 0, 20)
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["receipt"], shown["received_at"]) == ("DEEMED", "2027-01-19T16:59:59Z")
    assert shown["objection_until"] == "2027-02-02T16:59:59Z"


def test_after_weeks_without_a_worker_the_window_begins_when_the_receipt_is_recorded(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    bureau.turn(2027, 3, 1, 18)
    bureau.service.run_timers()
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["receipt"]) == ("ISSUED", "DEEMED")
    assert shown["received_at"].startswith("2027-03-01T18:00")
    assert shown["objection_until"] == "2027-03-16T16:59:59Z"
    assert completed(bureau) == []
    bureau.turn(2027, 3, 16, 16, 59, 50)
    bureau.service.run_timers()
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Data kurang"}, 201)


def test_whoever_confirms_while_the_worker_is_down_has_the_window_from_then(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    bureau.turn(2027, 2, 10, 3)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["receipt"], shown["objection_until"]) == ("CONFIRMED", "2027-02-24T16:59:59Z")


def objection_of(bureau, *rating):
    evaluation = annual(bureau, *rating)
    bureau.turn(2027, 1, 20, 3)
    return evaluation, bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Bukti baru"}, 201)


def test_a_kept_decision_is_final_with_the_same_rating(bureau):
    _, objection = objection_of(bureau, "BELOW")
    bureau.answer(objection["id"])
    path, body = f"/objections/{objection['id']}/decision", {"outcome": "KEPT", "reasons": "Bukti tidak cukup"}
    assert bureau.post(bureau.head, path, body, 403)
    assert bureau.post(bureau.siti, path, body, 403)
    assert bureau.post(bureau.hr, path, body, 403)
    problem = bureau.post(bureau.chief, path, {**body, "outcome": "CHANGED"}, 422)
    assert [e["field"] for e in problem["errors"]] == ["work_result", "behaviour"]
    same = {**body, **a_rating("BELOW"), "outcome": "CHANGED"}
    assert bureau.post(bureau.chief, path, same, 422)["errors"][0]["code"] == "nothing_changed"
    done = bureau.post(bureau.chief, path, body, 200)
    assert (done["predicate"], done["revision"]) == ("NEEDS_IMPROVEMENT", 1)
    assert bureau.post(bureau.chief, path, body, 409)["code"] == "objection_already_decided"
    assert [e["data"]["outcome"] for e in bureau.events("ObjectionDecided")] == ["KEPT"]
    assert [c["completed_by"] for c in completed(bureau)] == ["DECIDED"]


def test_a_late_decision_is_escalated_and_still_made(bureau):
    _, objection = objection_of(bureau)
    bureau.turn(2027, 2, 3, 17, 0, 5)
    bureau.service.run_timers()
    (waiting,) = bureau.get(bureau.hr, "/objections")["items"]
    assert waiting["escalated"] is True
    body = {"outcome": "KEPT", "reasons": "Sudah diperiksa"}
    assert bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", body, 200)["state"] == "FINAL"


def test_without_a_reviewer_hr_designates_the_decider_never_the_appraiser_or_the_employee(bureau):
    bureau.place(bureau.head, bureau.unit, "PENGAWAS", None)
    _, objection = objection_of(bureau)
    assert (objection["decider_id"], objection["needs_decider"]) == (None, True)
    path = f"/objections/{objection['id']}/decider"
    for wrong in (bureau.head, bureau.siti):
        body = {"decider_id": str(wrong.employee_id), "reason": "PPK"}
        assert bureau.put(bureau.hr, path, body, 409)["code"] == "objection_decider_not_allowed"
    body = {"decider_id": str(bureau.top.employee_id), "reason": "Ditunjuk PPK"}
    assert bureau.put(bureau.head, path, body, 403)
    assert bureau.put(bureau.hr, path, {**body, "decider_id": str(new_id())}, 422)["errors"][0]["field"] == "decider_id"
    assert bureau.put(bureau.hr, path, body)["needs_decider"] is False
    bureau.answer(objection["id"])
    decision = {**a_rating("ABOVE", "ABOVE"), "outcome": "CHANGED", "reasons": "Kinerja terbukti"}
    done = bureau.post(bureau.top, f"/objections/{objection['id']}/decision", decision, 200)
    assert done["predicate"] == "VERY_GOOD"
    explained = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")
    assert explained["decided_by"]["capacity"] == "DESIGNATED"


def test_an_appraiser_who_becomes_the_reviewer_does_not_decide_on_their_own_rating(bureau):
    _, objection = objection_of(bureau)
    bureau.place(bureau.chief, bureau.bureau_unit, "JPT_PRATAMA", bureau.head)
    bureau.place(bureau.siti, bureau.unit, "JF", bureau.chief, cause="CORRECTION")
    assert bureau.get(bureau.hr, f"/objections/{objection['id']}")["needs_decider"] is True
    body = {"outcome": "KEPT", "reasons": "Tetap"}
    assert bureau.post(bureau.head, f"/objections/{objection['id']}/decision", body).status_code in {403, 409}


def test_the_explanation_lets_a_reader_recompute_the_predicate(bureau):
    plan = bureau.active_plan()
    result = plan["work_results"][0]["id"]
    line = {"date": "2026-01-12", "work_result_id": result, "text": "x", "quantity": "7.5", "unit": "usul"}
    bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", line, 201)
    bureau.post(bureau.head, f"/plans/{plan['id']}/feedback", {"work_result_id": result, "text": "Baik"}, 201)
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, "ABOVE")
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue("ABOVE", "ABOVE")["id"]
    explained = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")
    cell, rule = explained["matrix_cell"], explained["rule"]
    assert rule["matrix"][cell["work_result"]][cell["behaviour"]] == explained["predicate"] == "VERY_GOOD"
    assert (rule["rule_version"], rule["verified"]) == ("permenpanrb-6-2022", False)
    assert "bukan rata-rata" in rule["text"]
    assert [p["predicate"] for p in explained["inputs"]["periodic_evaluations"]] == ["GOOD", "GOOD"]
    assert [(r["entries"], r["quantity"]) for r in explained["inputs"]["realisation"]] == [(1, "7.5")]
    assert [f["text"] for f in explained["inputs"]["feedback"]] == ["Baik"]
    assert explained["decided_by"]["employee_id"] == str(bureau.head.employee_id)
    assert explained["rights"]["must_confirm_receipt"] is True
    assert explained["rights"]["rule"]["rule_version"] == "pp-30-2019-tanpa-anggapan-terima"


def test_an_agencys_own_dated_rule_holds_from_its_date_and_is_named(bureau):
    value = {"objection_days": 20, "decision_days": 10, "deemed_receipt_days": -1}
    source = {"legal_source": "Peraturan Menteri Contoh 1/2027"}
    assert bureau.propose("OBJECTION", value, by=bureau.siti, status=403)
    assert bureau.propose("NOTHING", value, status=422)["errors"][0]["field"] == "kind"
    bad = bureau.propose("OBJECTION", {"objection_days": 20}, status=422)
    assert bad["errors"][0]["code"] == "rule_unusable"
    bureau.set_rule("OBJECTION", value, "2027-01-01", **source)
    listed = [one for one in bureau.get(bureau.siti, "/rules")["items"] if one["kind"] == "OBJECTION"]
    assert [(one["in_force"], one["value"]["objection_days"]) for one in listed] == [
        (True, 14),
        (False, 14),
        (False, 20),
    ]
    evaluation = annual(bureau)
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert shown["objection_until"] == "2027-02-01T16:59:59Z"
    rule = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")["rights"]["rule"]
    assert rule["legal_source"] == "Peraturan Menteri Contoh 1/2027"


def test_a_final_year_takes_no_new_plan(bureau):
    evaluation = annual(bureau)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    assert bureau.post(bureau.siti, "/plans", a_plan(), 409)["code"] == "plan_year_closed"
