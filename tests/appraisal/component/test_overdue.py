"""What is overdue stays on the lists after the window is closed, and each obligation says what the caller may do now."""

from datetime import date

from tests.appraisal.component.deadlines import annual
from tests.appraisal.component.reviews import asked, end, let_extremes_be_reviewed
from tests.appraisal.component.test_obligations import listed, opened
from tests.appraisal.component.test_reminders import morning, reminders


def queue(bureau, who, part="overdue"):
    return bureau.get(who, "/appraiser/queue")[part]


def quarter(found, subject="2026-Q1"):
    (one,) = [one for one in found if one["subject"] == subject]
    return one


def moves(bureau, who, obligation_id, **query):
    (one,) = [one for one in listed(bureau, who, **query) if one["id"] == obligation_id]
    return one["moves"], one["moves_until"]


def test_an_evaluation_stays_in_the_appraisers_queue_after_its_window_with_the_way_out(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 4, 30, 16, 59, 59)
    assert [one["kind"] for one in queue(bureau, bureau.head)] == ["PLAN"], (
        "the head's own; the last second still counts"
    )
    (running,) = [one for one in listed(bureau, bureau.head, owed_by="me") if one["subject"] == "2026-Q1"]
    assert (running["moves"], running["moves_until"]) == (["FULFIL"], "2026-04-30T16:59:59Z")
    bureau.turn(2026, 4, 30, 17)
    owed = quarter(queue(bureau, bureau.head))
    assert (owed["overdue"], owed["moves"], owed["moves_until"]) == (True, ["ASK_EXTENSION"], None)
    assert (owed["employee_id"], owed["due_at"]) == (str(bureau.siti.employee_id), "2026-04-30T16:59:59Z")
    assert bureau.rate(1, status=409)["code"] == "rating_window_closed"
    query = {"overdue": "true", "kind": "PERIODIC_EVALUATION"}
    assert moves(bureau, bureau.hr, owed["id"], **query) == (["EXTEND", "EXCUSE"], None)
    assert moves(bureau, bureau.inspector, owed["id"], **query) == ([], None)
    assert moves(bureau, bureau.siti, owed["id"], employee_id="me") == ([], None)
    bureau.turn(2027, 8, 1, 3)
    assert quarter(queue(bureau, bureau.head))["id"] == owed["id"], "a year later it is still there"
    assert quarter(listed(bureau, bureau.head, year=2026, owed_by="me", overdue="true"))["id"] == owed["id"]
    bureau.post(bureau.hr, f"/obligations/{owed['id']}/extensions", {"due_on": "2026-05-01", "reason": "x"}, 422)


def test_with_hrs_extension_it_may_be_fulfilled_until_then(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 5, 4, 3)
    owed = quarter(queue(bureau, bureau.head))
    bureau.post(bureau.hr, f"/obligations/{owed['id']}/extensions", {"due_on": "2026-05-05", "reason": "Sakit"}, 201)
    assert moves(bureau, bureau.head, owed["id"], owed_by="me") == (["FULFIL"], "2026-05-05T16:59:59Z")
    assert [one["subject"] for one in queue(bureau, bureau.head)] == ["2026/2026-01-01"]
    bureau.rate(1)
    assert moves(bureau, bureau.head, owed["id"], owed_by="me") == ([], None)


def test_without_an_agreed_plan_nobody_may_rate_and_a_late_plan_is_still_taken(bureau):
    opened(bureau)
    bureau.turn(2026, 4, 20, 3)
    assert quarter(listed(bureau, bureau.head, owed_by="me"))["moves"] == []
    (own,) = listed(bureau, bureau.siti, owed_by="me", kind="PLAN")
    assert (own["overdue"], own["moves"], own["moves_until"]) == (True, ["FULFIL"], None)
    bureau.post(bureau.siti, f"/plans/{bureau.draft()['id']}/submit", status=200)
    assert moves(bureau, bureau.head, own["id"], owed_by="me", kind="PLAN") == (["FULFIL"], None)
    assert moves(bureau, bureau.siti, own["id"], employee_id="me", kind="PLAN") == ([], None)


def test_a_late_review_is_still_made_or_designated_and_is_escalated_by_its_own_timer_alone(bureau):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    bureau.turn(2026, 4, 12, 3)
    (late,) = [one for one in queue(bureau, bureau.chief) if one["kind"] == "REVIEW"]
    assert (late["moves"], late["moves_until"]) == (["FULFIL"], None)
    assert moves(bureau, bureau.hr, late["id"], kind="REVIEW") == (["EXTEND", "DESIGNATE"], None)
    for day in ("2026-04-13", "2026-04-19", "2026-04-20"):
        morning(bureau, day)
    assert ("REVIEW", False, 1) in {one[:3] for _, _, late in reminders(bureau, bureau.chief) for one in late}
    found = [one["data"] for one in bureau.events("DeadlinesOverdue")]
    assert "REVIEW" not in {count["kind"] for one in found for count in one["late"]}
    assert end(bureau, evaluation)["state"] == "FINAL"


def test_what_has_not_begun_is_nothing_to_do_yet(bureau):
    opened(bureau)
    bureau.active_plan()
    year = listed(bureau, bureau.head, owed_by="me", kind="ANNUAL_EVALUATION")
    assert {tuple(one["moves"]) for one in year} == {()}


def test_days_until_a_move_that_went_to_hr_are_rated_by_hr(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.change(bureau.siti, date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    bureau.turn(2026, 5, 20, 3)
    (owed,) = listed(bureau, bureau.head, owed_by="me", kind="SEGMENT_RATING")
    assert (owed["moves"], owed["moves_until"]) == (["FULFIL"], "2026-05-28T16:59:59Z")
    bureau.turn(2026, 5, 28, 17, 0, 1)
    bureau.service.run_timers()
    (owed,) = listed(bureau, bureau.hr, owed_by="nobody", kind="SEGMENT_RATING")
    assert owed["moves"] == ["EXTEND", "EXCUSE", "RATE"]


def test_hr_may_do_nothing_about_what_is_their_own(bureau):
    opened(bureau)
    bureau.turn(2026, 2, 2, 3)
    (own,) = listed(bureau, bureau.hr, owed_by="me", kind="PLAN")
    assert own["moves"] == ["FULFIL"]
    assert moves(bureau, bureau.second_hr, own["id"], kind="PLAN") == (["EXTEND", "EXCUSE"], None)
    order = {"reason": "Tugas belajar", "order_reference": "SK-9"}
    excused = bureau.post(bureau.second_hr, f"/obligations/{own['id']}/excuse", order, 200)
    assert excused["moves"] == ["REINSTATE"]
    assert bureau.post(bureau.second_hr, f"/obligations/{own['id']}/reinstate", status=200)["moves"] == [
        "EXTEND",
        "EXCUSE",
    ]


def test_whoever_stands_in_finds_the_objections_to_answer_and_what_is_overdue_on_that_desk(bureau):
    objection = bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "x"}, 201)
    assert queue(bureau, bureau.outsider, "objections_to_answer") == []
    bureau.stand_in(bureau.outsider, bureau.head, date(2027, 1, 12), date(2027, 1, 25))
    (waiting,) = queue(bureau, bureau.outsider, "objections_to_answer")
    assert (waiting["objection_id"], waiting["statement_by"]) == (objection["id"], objection["statement_by"])
    assert queue(bureau, bureau.head, "objections_to_answer") == [waiting]
    bureau.turn(2027, 1, 20, 3)
    (late,) = [one for one in queue(bureau, bureau.outsider) if one["kind"] == "STATEMENT"]
    assert (late["moves"], late["matter_id"]) == (["FULFIL"], objection["id"])
    bureau.answer(objection["id"], by=bureau.outsider)
    assert queue(bureau, bureau.outsider, "objections_to_answer") == []
    assert [one for one in queue(bureau, bureau.outsider) if one["kind"] == "STATEMENT"] == []


def test_who_decides_an_objection_is_not_asked_to_answer_it_in_the_appraisers_place(bureau):
    bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "x"}, 201)
    bureau.stand_in(bureau.chief, bureau.head, date(2027, 1, 12), date(2027, 1, 25))
    assert queue(bureau, bureau.chief, "objections_to_answer") == []


def test_nothing_is_overdue_for_who_has_left(bureau):
    opened(bureau)
    bureau.turn(2026, 3, 2, 3)
    assert [one["kind"] for one in queue(bureau, bureau.head)] == ["PLAN"]
    bureau.change(bureau.head, date(2026, 3, 1), in_service=False, status="RETIRED")
    assert queue(bureau, bureau.head) == []
