"""The deadlines of a case are rows of the register: opened and ended with the case, and a timer obeys them."""

from collections import Counter

import pytest
from sqlalchemy import text

from appraisal.domain.cases import CASE_KINDS
from tests.appraisal.component.deadlines import annual, at, database, deadline, deadlines, outage


def moments(row):
    return row.state, row.reason, f"{row.original_due_at:%m-%d %H:%M:%S}"


def test_an_issued_evaluation_awaits_its_receipt_and_then_an_answer(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    receipt = deadline(bureau, "RECEIPT")
    assert moments(receipt) == ("OPEN", "", "01-19 16:59:59")
    assert (receipt.subject, receipt.owed_by, receipt.owed_to) == (
        evaluation,
        bureau.siti.employee_id,
        bureau.head.employee_id,
    )
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert moments(deadline(bureau, "RECEIPT"))[:2] == ("DONE", "")
    answer = deadline(bureau, "ANSWER")
    assert moments(answer) == ("OPEN", "", "01-26 16:59:59")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")["objection_until"]
    assert shown == f"{answer.due_at:%Y-%m-%dT%H:%M:%SZ}"
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    ended = deadline(bureau, "ANSWER")
    assert (ended.state, ended.done_at.date().isoformat()) == ("DONE", "2027-01-12")


def test_silence_lapses_and_the_register_says_why(bureau):
    bureau.let_receipts_be_deemed()
    annual(bureau, receive=False)
    at(bureau, "2027-01-19 17:00:01")
    assert moments(deadline(bureau, "RECEIPT"))[:2] == ("LAPSED", "DEEMED_RECEIPT")
    assert moments(deadline(bureau, "ANSWER")) == ("OPEN", "", "02-02 16:59:59")
    (deemed,) = bureau.events("ReceiptDeemed")
    assert deemed["data"]["objection_until"] == "2027-02-02T16:59:59+00:00"
    at(bureau, "2027-02-02 17:00:01")
    assert moments(deadline(bureau, "ANSWER"))[:2] == ("LAPSED", "WINDOW_EXPIRED")


def test_an_objection_is_owed_a_decision_by_who_decides(bureau):
    evaluation = annual(bureau)
    objection = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)["id"]
    assert deadline(bureau, "ANSWER").state == "DONE"
    decision = deadline(bureau, "DECISION")
    assert (decision.subject, decision.owed_by) == (objection, bureau.chief.employee_id)
    body = {"decider_id": str(bureau.top.employee_id), "reason": "Berhalangan"}
    bureau.put(bureau.hr, f"/objections/{objection}/decider", body)
    assert deadline(bureau, "DECISION").owed_by == bureau.top.employee_id
    bureau.answer(objection)
    decided = {"outcome": "KEPT", "reasons": "Tetap"}
    bureau.post(bureau.top, f"/objections/{objection}/decision", decided, 200)
    assert deadline(bureau, "DECISION").state == "DONE"


def test_a_corrected_reviewer_owes_the_decision(bureau):
    evaluation = annual(bureau)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)
    bureau.place(bureau.head, bureau.unit, "PENGAWAS", bureau.top, cause="CORRECTION")
    bureau.place(bureau.siti, bureau.unit, "JF", bureau.head, cause="CORRECTION")
    assert deadline(bureau, "DECISION").owed_by == bureau.top.employee_id


def test_a_request_for_a_dialogue_is_owed_one_answer(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    path = f"/evaluations/{bureau.rate(2)['id']}/dialogue"
    for _ in range(2):
        bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    asked = deadline(bureau, "DIALOGUE")
    assert (asked.owed_by, moments(asked)) == (bureau.head.employee_id, ("OPEN", "", "07-13 16:59:59"))
    bureau.post(bureau.head, path, {"text": "Mari bertemu", "agreed_note": "Target ditinjau"}, 201)
    assert deadline(bureau, "DIALOGUE").state == "DONE"
    bureau.post(bureau.siti, path, {"text": "Masih kurang jelas"}, 201)
    assert [one.state for one in deadlines(bureau, "DIALOGUE")] == ["DONE", "OPEN"]


def test_a_late_decision_is_reported_to_who_is_above_the_decider(bureau):
    evaluation = annual(bureau)
    objection = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)["id"]
    at(bureau, "2027-01-26 16:59:59")
    assert bureau.events("ObjectionEscalated") == []
    at(bureau, "2027-01-26 17:00:02")
    at(bureau, "2027-02-26 17:00:00")
    (escalated,) = bureau.events("ObjectionEscalated")
    assert escalated["data"]["objection_id"] == objection
    assert escalated["data"]["decider_id"] == str(bureau.chief.employee_id)
    assert escalated["data"]["decider_superior_id"] == str(bureau.top.employee_id)


def test_cases_of_an_earlier_release_get_their_deadlines_with_the_first_outage(bureau):
    """It keeps no rows: those that it began are entered, and those that it ended are ended."""
    bureau.let_receipts_be_deemed()
    people = bureau.hire(2)
    received, unreceived, objected = annual(bureau), annual(bureau, people[0], receive=False), annual(bureau, people[1])
    bureau.post(people[1], f"/evaluations/{objected}/objection", {"reasons": "x"}, 201)
    with database(bureau) as tx:
        tx.session.execute(text("DELETE FROM obligation"))
    at(bureau, "2027-01-15 00:00:00")
    assert outage(bureau, "2027-01-14T01:00:00Z", "2027-01-14T05:00:00Z")["extended"] == 3
    assert {(one.kind, one.subject in {received, unreceived}) for one in deadlines(bureau)} == {
        ("ANSWER", True),
        ("RECEIPT", True),
        ("DECISION", False),
    }
    assert bureau.get(bureau.siti, f"/evaluations/{received}")["objection_until"] == "2027-01-27T16:59:59Z"
    with database(bureau) as tx:
        tx.session.execute(
            text("UPDATE evaluation SET state = 'FINAL', final_at = now(), completed_by = 'ACCEPTED' WHERE id = :id"),
            {"id": received},
        )
    outage(bureau, "2027-01-14T06:00:00Z", "2027-01-14T07:00:00Z")
    assert moments(deadline(bureau, "ANSWER"))[:2] == ("CANCELLED", "ENDED_BY_EARLIER_RELEASE")


def test_the_window_and_the_refusal_are_in_words_and_in_the_agencys_zone(bureau):
    evaluation = annual(bureau)
    rights = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")["rights"]["text"]
    assert "pukul 23.59.59 WIB" in rights
    assert "Batas waktu Anda: 26 Januari 2027 pukul 23.59 WIB." in rights
    bureau.turn(2027, 1, 26, 17)
    late = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 409)
    assert late["detail"].startswith("Batas waktu keberatan berakhir pada 26 Januari 2027 pukul 23.59 WIB.")


@pytest.mark.parametrize("receive", [True, False])
def test_each_evaluation_has_its_rows_once(bureau, receive):
    annual(bureau, receive=receive)
    counted = Counter(one.kind for one in deadlines(bureau) if one.kind in CASE_KINDS)
    assert counted == ({"RECEIPT": 1, "ANSWER": 1} if receive else {"RECEIPT": 1})
