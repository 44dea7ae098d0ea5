"""Receipts that are asked for, deemed where the agency said so; and dialogues from request to end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.appraisal.component.test_evaluations import annual


def reminders(bureau):
    return [(one["data"]["number"], one["data"]["deemed_receipt_at"]) for one in bureau.events("ReceiptAwaited")]


def test_a_document_that_nobody_confirms_stays_unreceived_is_asked_for_and_is_on_hrs_list(bureau):
    evaluation = annual(bureau, receive=False)
    for day in (16, 20, 24, 28):
        bureau.turn(2027, 1, day, 4)
        bureau.service.run_timers()
    assert reminders(bureau) == [(1, None), (2, None), (3, None)]
    bureau.turn(2027, 6, 1, 3)
    bureau.service.run_timers()
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["received_at"], shown["moves"]) == ("ISSUED", None, ["RECEIVE"])
    (open_one,) = bureau.get(bureau.hr, "/obligations?kind=RECEIPT&state=OPEN")["items"]
    assert (open_one["subject"], open_one["owed_by"]) == (evaluation, str(bureau.siti.employee_id))
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert bureau.get(bureau.hr, "/obligations?kind=RECEIPT&state=OPEN")["items"] == []


def test_where_receipt_is_deemed_the_day_is_announced_and_the_person_reminded_before(bureau):
    bureau.let_receipts_be_deemed()
    annual(bureau, receive=False)
    (issued,) = bureau.events("AppraisalIssued")
    assert (issued["data"]["receipt_rule"], issued["data"]["deemed_receipt_at"]) == (
        "DEEMED",
        "2027-01-19T16:59:59+00:00",
    )
    for day in (15, 18, 20, 25):
        bureau.turn(2027, 1, day, 4)
        bureau.service.run_timers()
    assert reminders(bureau) == [(1, "2027-01-19T16:59:59+00:00"), (2, "2027-01-19T16:59:59+00:00")]
    assert len(bureau.events("ReceiptDeemed")) == 1


def test_an_agency_turns_deeming_on_for_what_is_issued_from_a_day_on_in_a_year_that_is_open(bureau):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    value = {"objection_days": 14, "decision_days": 14, "deemed_receipt_days": 8}
    bureau.set_rule("OBJECTION", value, "2027-01-10")
    bureau.turn(2027, 1, 12, 3)
    bureau.issue()
    (issued,) = bureau.events("AppraisalIssued")
    assert issued["data"]["deemed_receipt_at"] == "2027-01-20T16:59:59+00:00"


def a_quarter(bureau, **fields):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    return f"/evaluations/{bureau.rate(2, **fields)['id']}/dialogue"


def queue(bureau, who):
    return [one["late"] for one in bureau.get(who, "/appraiser/queue")["dialogues_to_answer"]]


def test_a_request_reaches_the_appraiser_and_ends_with_what_both_agreed(bureau):
    path = a_quarter(bureau)
    asked = bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    assert (asked["role"], asked["after_final"]) == ("EMPLOYEE", True)
    (event,) = bureau.events("DialogueRequested")
    assert (event["data"]["cause"], event["data"]["dialogue_id"]) == ("REQUEST", asked["id"])
    bureau.post(bureau.siti, path, {"text": "Saya lampirkan bukti"}, 201)
    assert (len(bureau.events("DialogueRequested")), queue(bureau, bureau.head)) == (1, [False])
    assert bureau.post(bureau.head, path, {"text": "Mari bertemu"}, 201)["role"] == "APPRAISER"
    assert queue(bureau, bureau.head) == [False]
    own = {"text": "x", "agreed_note": "Setuju sendiri"}
    assert bureau.post(bureau.siti, path, own, 422)["errors"][0]["code"] == "note_by_official"
    bureau.post(bureau.head, path, {"text": "Sudah dibahas", "agreed_note": "Target ditinjau"}, 201)
    assert queue(bureau, bureau.head) == []
    assert bureau.post(bureau.outsider, path, {"text": "Ikut"}, 403)
    notes = [one["agreed_note"] for one in bureau.get(bureau.siti, path)["items"]]
    assert notes == ["", "", "", "Target ditinjau"]
    bureau.post(bureau.siti, path, {"text": "Satu hal lagi"}, 201)
    assert len(bureau.events("DialogueRequested")) == 2


def test_a_late_dialogue_goes_up_to_the_reviewer_once(bureau):
    path = a_quarter(bureau)
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    bureau.turn(2026, 9, 1, 3)
    bureau.service.run_timers()
    bureau.service.run_timers()
    (event,) = bureau.events("DialogueEscalated")
    assert event["data"]["reviewer_id"] == str(bureau.chief.employee_id)
    assert (queue(bureau, bureau.head), queue(bureau, bureau.chief)) == ([True], [True])
    bureau.post(bureau.chief, path, {"text": "Saya jelaskan", "agreed_note": "Dimengerti"}, 201)
    assert (queue(bureau, bureau.head), queue(bureau, bureau.chief)) == ([], [])


def test_whoever_stands_in_for_the_appraiser_finds_the_dialogue_in_the_queue_and_ends_it(bureau):
    path = a_quarter(bureau)
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    answer = {"text": "Sudah dibahas", "agreed_note": "Target ditinjau"}
    bureau.post(bureau.outsider, path, answer, 403)
    bureau.stand_in(bureau.outsider, bureau.head, date(2026, 7, 6), date(2026, 7, 8))
    assert queue(bureau, bureau.outsider) == [False]
    assert bureau.post(bureau.outsider, path, answer, 201)["role"] == "APPRAISER"
    assert (queue(bureau, bureau.outsider), queue(bureau, bureau.head)) == ([], [])
    bureau.turn(2026, 7, 9, 3)
    bureau.post(bureau.outsider, path, answer, 403)


def test_a_late_dialogue_goes_up_to_who_reviews_today_where_the_reviewer_has_left(bureau):
    path = a_quarter(bureau)
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    bureau.change(bureau.head, date(2026, 7, 7), superior_id=bureau.top.employee_id)
    bureau.change(bureau.chief, date(2026, 7, 8), in_service=False, status="RETIRED")
    bureau.turn(2026, 9, 1, 3)
    bureau.service.run_timers()
    (event,) = bureau.events("DialogueEscalated")
    assert event["data"]["reviewer_id"] == str(bureau.top.employee_id)
    assert bureau.post(bureau.top, path, {"text": "Saya jelaskan", "agreed_note": "Ya"}, 201)["role"] == "REVIEWER"


def test_of_many_requests_at_once_one_is_owed_and_of_many_confirmations_each_is_answered(bureau):
    path = a_quarter(bureau)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(bureau.post, bureau.siti, path, {"text": "Mohon penjelasan"}) for _ in range(4)]
    assert {one.result().status_code for one in asked} == {201}
    assert (len(bureau.events("DialogueRequested")), queue(bureau, bureau.head)) == (1, [False])
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    path = f"/evaluations/{bureau.issue()['id']}/receive"
    with ThreadPoolExecutor(4) as pool:
        confirmed = [pool.submit(bureau.post, bureau.siti, path) for _ in range(4)]
    assert {one.result().status_code for one in confirmed} == {200}


def test_nobody_writes_into_a_proposal_that_they_may_not_read(bureau):
    path = a_quarter(bureau, finish=False)
    bureau.get(bureau.siti, path, 403)
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 403)
    assert bureau.post(bureau.head, path, {"text": "Catatan"}, 201)["after_final"] is False


def test_the_second_tab_is_refused_with_what_is_there_now(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    seen = bureau.rate(2, finish=False)
    assert bureau.rate(2, "ABOVE", finish=False, status=428)["code"] == "version_required"
    nothing = bureau.rerate(seen, 2, "ABOVE", finish=False, reason="", status=422)
    assert nothing["errors"][0]["code"] == "reason_required"
    changed = bureau.rerate(seen, 2, "ABOVE", finish=False)
    lost = bureau.rerate(seen, 2, "MEETS", "ABOVE", finish=False, status=412)
    assert [(one["field"], one["expected"]) for one in lost["errors"]] == [
        ("version", "2, versi usulan yang ada sekarang"),
        ("work_result", "usulan kini: ABOVE"),
        ("behaviour", "usulan kini: MEETS"),
    ]
    assert bureau.rate(2, "ABOVE")["revision"] == changed["revision"] == 2


def test_each_item_of_a_batch_has_seen_its_own_proposal(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    seen = bureau.rate(2, finish=False)
    item = {
        "employee_id": str(bureau.siti.employee_id),
        "work_result": "ABOVE",
        "behaviour": "ABOVE",
        "reason": "Bukti",
        "behaviour_note": "Bukti",
        "work_result_note": "Bukti",
    }
    body = {"year": 2026, "quarter": 2, "items": [item]}
    (refused,) = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert refused["error"]["code"] == "version_required"
    body["items"] = [{**item, "version": seen["version"]}]
    (done,) = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert (done["outcome"], done["predicate"]) == ("DONE", "VERY_GOOD")


@pytest.mark.parametrize("lapse_days", [-1, 0])
def test_a_proposal_of_the_last_day_waits_for_hr_or_lapses_by_the_agencys_rule(bureau, lapse_days):
    bureau.have_rule("LAPSE", {"evaluation_days": lapse_days})
    bureau.active_plan()
    bureau.turn(2026, 7, 30, 16, 59, 59)
    proposal = bureau.rate(2, finish=False)
    bureau.turn(2026, 7, 30, 17, 0, 2)
    path = f"/evaluations/{proposal['id']}/finish"
    assert bureau.post(bureau.head, path, status=409)["code"] == "rating_window_closed"
    (waiting,) = bureau.get(bureau.head, "/appraiser/queue")["proposals_to_finish"]
    assert (waiting["late"], waiting["due_at"]) == (True, "2026-07-30T16:59:59Z")
    (owed,) = bureau.get(bureau.hr, "/obligations?kind=PERIODIC_EVALUATION&overdue=true&limit=200")["items"][1:2]
    assert owed["subject"] == "2026-Q2"
    bureau.turn(2026, 7, 31, 18)
    bureau.service.run_timers()
    if lapse_days == 0:
        assert bureau.get(bureau.head, "/appraiser/queue")["proposals_to_finish"] == []
        longer = {"year": 2026, "quarter": 2, "closes_on": "2026-08-03", "reason": "Gangguan layanan"}
        bureau.post(bureau.hr, "/periods/extensions", longer, 201)
    else:
        extension = {"due_on": "2026-08-03", "reason": "Sakit", "order_reference": "SK-4"}
        bureau.post(bureau.hr, f"/obligations/{owed['id']}/extensions", extension, 201)
    assert bureau.post(bureau.head, path, status=200)["state"] == "FINAL"
