"""An objection that its employee withdraws: nobody owes anything for it any more, and the window ends when it would have."""

from datetime import date

from tests.appraisal.component.deadlines import at, deadline, deadlines, outage
from tests.appraisal.component.exported import agreed
from tests.appraisal.component.papers import document, text_of
from tests.appraisal.component.test_objections import KEPT, call, designate, moves, objection

UNTIL = "2027-01-26T16:59:59Z"


def withdraw(bureau, path, status=200, who=None, **body):
    return bureau.post(who or bureau.siti, f"{path}/withdraw", body, status)


def again(bureau, filed, status=201):
    return bureau.post(bureau.siti, f"/evaluations/{filed['evaluation_id']}/objection", {"reasons": "y"}, status)


def test_the_objector_alone_withdraws_and_nobody_owes_anything_for_it_any_more(bureau):
    _, path = objection(bureau)
    for other in (bureau.head, bureau.chief, bureau.hr, bureau.outsider, bureau.inspector):
        withdraw(bureau, path, 403, other)
    at(bureau, "2027-01-14 03:00:00")
    gone = withdraw(bureau, path, reason="Sudah dibicarakan dengan atasan")
    assert (gone["stage"], gone["outcome"], gone["moves"]) == ("WITHDRAWN", "WITHDRAWN", [])
    assert (gone["withdrawn_at"], gone["withdrawal_reason"]) == (
        "2027-01-14T03:00:00Z",
        "Sudah dibicarakan dengan atasan",
    )
    assert (gone["decided_at"], gone["decided_by"]) == (None, None)
    for kind in ("STATEMENT", "DECISION"):
        assert (deadline(bureau, kind).state, deadline(bureau, kind).reason) == ("CANCELLED", "OBJECTION_WITHDRAWN")
    (told,) = bureau.events("ObjectionWithdrawn")
    assert (told["data"]["appraiser_id"], told["data"]["decider_id"]) == (
        str(bureau.head.employee_id),
        str(bureau.chief.employee_id),
    )
    at(bureau, "2027-02-20 03:00:00")
    assert bureau.events("ObjectionStatementOverdue") == bureau.events("ObjectionEscalated") == []
    assert bureau.get(bureau.chief, "/appraiser/queue")["objections_to_decide"] == []


def test_nothing_more_is_done_in_an_objection_that_was_withdrawn(bureau):
    _, path = objection(bureau)
    withdraw(bureau, path)
    refusals = [
        bureau.post(bureau.head, f"{path}/statement", {"statement": "x"}, 409),
        bureau.post(bureau.chief, f"{path}/decision", KEPT, 409),
        call(bureau, path, bureau.chief, status=409),
        designate(bureau, path, bureau.top, 409),
        withdraw(bureau, path, 409),
    ]
    assert {one["code"] for one in refusals} == {"objection_already_withdrawn"}
    assert bureau.get(bureau.hr, "/objections")["items"] == []
    (kept,) = bureau.get(bureau.hr, "/objections?open=false")["items"]
    assert kept["stage"] == "WITHDRAWN"
    refused = document(bureau, bureau.siti, path, 409).get_json()
    assert (refused["code"], "sudah ditarik" in refused["detail"]) == ("document_not_yet", True)


def test_the_window_ends_when_it_would_have_ended_without_the_objection(bureau, names):
    filed, path = objection(bureau)
    evaluation = f"/evaluations/{filed['evaluation_id']}"
    at(bureau, "2027-01-20 03:00:00")
    withdraw(bureau, path)
    shown = bureau.get(bureau.siti, evaluation)
    assert (shown["state"], shown["objection_until"]) == ("ISSUED", UNTIL)
    assert (deadline(bureau, "ANSWER").state, deadline(bureau, "ANSWER").done_at) == ("OPEN", None)
    rights = bureau.get(bureau.siti, f"{evaluation}/explanation")["rights"]
    assert (rights["can_object"], rights["objection_id"], rights["outcome"]) == (True, None, None)
    assert [one["objection_id"] for one in rights["withdrawn_objections"]] == [filed["id"]]
    assert "Keberatan ditarik oleh pegawai pada 20 Januari 2027" in rights["text"]
    agreed(bureau, filed["evaluation_id"])
    at(bureau, "2027-01-26 17:00:01")
    final = bureau.get(bureau.siti, evaluation)
    assert (final["state"], final["completed_by"]) == ("FINAL", "WINDOW_EXPIRED")
    (completed,) = [one for one in bureau.events("AppraisalCompleted") if one["data"]["kind"] == "ANNUAL"]
    assert completed["data"]["version"] == filed["revision"]
    assert "menarik keberatannya pada 20 Januari 2027" in text_of(document(bureau, bureau.siti, evaluation))


def test_within_the_window_the_employee_may_object_again_or_accept(bureau):
    first, path = objection(bureau)
    withdraw(bureau, path)
    second = again(bureau, first)
    assert (second["stage"], second["decider_id"]) == ("AWAITS_STATEMENT", first["decider_id"])
    assert [one.state for one in deadlines(bureau, "DECISION")] == ["CANCELLED", "OPEN"]
    again(bureau, first, 409)
    assert "withdrawn" in agreed(bureau, first["evaluation_id"])
    rights = bureau.get(bureau.siti, f"/evaluations/{first['evaluation_id']}/explanation")["rights"]
    assert (rights["objection_id"], len(rights["withdrawn_objections"])) == (second["id"], 1)
    withdraw(bureau, f"/objections/{second['id']}")
    accepted = bureau.post(bureau.siti, f"/evaluations/{first['evaluation_id']}/accept", status=200)
    assert (accepted["state"], accepted["completed_by"]) == ("FINAL", "ACCEPTED")


def test_after_the_window_a_withdrawal_makes_the_evaluation_final_and_nothing_is_filed_again(bureau):
    filed, path = objection(bureau)
    at(bureau, "2027-01-26 17:00:01")
    assert bureau.get(bureau.siti, f"/evaluations/{filed['evaluation_id']}")["state"] == "OBJECTED"
    withdraw(bureau, path)
    shown = bureau.get(bureau.siti, f"/evaluations/{filed['evaluation_id']}")
    assert (shown["state"], shown["completed_by"], deadline(bureau, "ANSWER").state) == (
        "FINAL",
        "WINDOW_EXPIRED",
        "LAPSED",
    )
    again(bureau, filed, 409)
    agreed(bureau, filed["evaluation_id"])


def test_what_is_decided_is_withdrawn_no_more(bureau):
    filed, path = objection(bureau)
    bureau.answer(filed["id"])
    bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)
    assert withdraw(bureau, path, 409)["code"] == "objection_already_decided"


def test_an_outage_meanwhile_counts_for_the_window_too(bureau):
    """It moved what ran: the window stood still as answered, and would have been moved without the objection."""
    filed, path = objection(bureau)
    bureau.turn(2027, 1, 16, 3)
    outage(bureau, "2027-01-14T01:00:00Z", "2027-01-15T13:00:00Z")
    at(bureau, "2027-01-27 03:00:00")
    withdraw(bureau, path)
    shown = bureau.get(bureau.siti, f"/evaluations/{filed['evaluation_id']}")
    assert (shown["state"], shown["objection_until"]) == ("ISSUED", "2027-01-28T16:59:59Z")
    moved = bureau.get(bureau.siti, f"/evaluations/{filed['evaluation_id']}/explanation")["rights"]["moved"]
    assert [(one["deadline"], one["due_after"]) for one in moved] == [("ANSWER", "2027-01-28T16:59:59Z")]
    agreed(bureau, filed["evaluation_id"])


def test_a_window_that_an_outage_moved_and_that_has_ended_by_the_withdrawal_shows_the_move(bureau):
    filed, path = objection(bureau)
    bureau.turn(2027, 1, 16, 3)
    outage(bureau, "2027-01-14T01:00:00Z", "2027-01-15T13:00:00Z")
    at(bureau, "2027-02-05 03:00:00")
    withdraw(bureau, path)
    shown = bureau.get(bureau.siti, f"/evaluations/{filed['evaluation_id']}")
    assert (shown["state"], shown["objection_until"]) == ("FINAL", "2027-01-28T16:59:59Z")
    ended = deadline(bureau, "ANSWER")
    assert (ended.state, ended.reason, ended.due_at.isoformat()) == (
        "LAPSED",
        "WINDOW_EXPIRED",
        "2027-01-28T16:59:59+00:00",
    )
    agreed(bureau, filed["evaluation_id"])
    at(bureau, "2027-02-07 03:00:00")
    assert len([one for one in bureau.events("AppraisalCompleted") if one["data"]["kind"] == "ANNUAL"]) == 1


def test_the_final_paper_says_that_it_was_withdrawn_also_where_the_employee_accepts(bureau, names):
    filed, path = objection(bureau)
    withdraw(bureau, path)
    evaluation = f"/evaluations/{filed['evaluation_id']}"
    bureau.post(bureau.siti, f"{evaluation}/accept", status=200)
    words = text_of(document(bureau, bureau.siti, evaluation))
    assert "Keberatan ditarik oleh pegawai pada 12 Januari 2027" in words
    assert "Pegawai telah menerima hasil evaluasi ini" in words


def test_who_answered_a_withdrawn_objection_does_not_decide_the_next_one(bureau):
    first, path = objection(bureau)
    deputy = bureau.person()
    bureau.place(deputy, bureau.bureau_unit, "ADMINISTRATOR", bureau.chief)
    bureau.stand_in(deputy, bureau.head, date(2027, 1, 12), date(2027, 1, 14))
    bureau.answer(first["id"], deputy)
    withdraw(bureau, path)
    second = again(bureau, first)
    refused = designate(bureau, f"/objections/{second['id']}", deputy, 409)
    assert refused["code"] == "objection_decider_not_allowed"
    assert "WITHDRAW" in moves(bureau.get(bureau.siti, f"/objections/{second['id']}"))
