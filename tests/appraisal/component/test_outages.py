"""An outage moves every running deadline, once, whenever it is recorded; and it can be withdrawn while nobody used it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.domain.obligation import ObligationKind
from chassis.ids import new_id
from tests.appraisal.component.deadlines import annual, at, deadline, deadlines, move_to_jayapura, outage
from tests.appraisal.component.reviews import BEST, rule

THREE_DAYS = ("2027-01-24T00:00:00+09:00", "2027-01-26T18:00:00+09:00")


def object_to(bureau, evaluation, status):
    return bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Bukti baru"}, status)


def due(row):
    return f"{row.due_at.astimezone(UTC):%m-%d %H:%M:%S}"


def test_a_person_in_jayapura_objects_in_the_last_second_of_the_extended_window(bureau):
    move_to_jayapura(bureau)
    evaluation = annual(bureau)
    assert due(deadline(bureau, "ANSWER")) == "01-26 14:59:59"
    bureau.turn(2027, 1, 26, 10)
    recorded = outage(bureau, *THREE_DAYS, who=bureau.person("operator"))
    assert recorded["shown"] == "24 Januari 2027 pukul 00.00 WIT sampai 26 Januari 2027 pukul 18.00 WIT"
    assert (recorded["starts_at"], recorded["extended"]) == ("2027-01-23T15:00:00Z", 1)
    at(bureau, "2027-01-26 15:00:05")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["objection_until"]) == ("ISSUED", "2027-01-29T14:59:59Z")
    bureau.service.clock.freeze(datetime(2027, 1, 29, 15, tzinfo=UTC))
    late = object_to(bureau, evaluation, 409)
    assert "29 Januari 2027 pukul 23.59 WIT" in late["detail"]
    bureau.service.clock.freeze(datetime(2027, 1, 29, 14, 59, 59, 999999, tzinfo=UTC))
    bureau.service.run_timers()
    assert object_to(bureau, evaluation, 201)["decide_by"] == "2027-02-12T14:59:59Z"
    at(bureau, "2027-01-29 15:00:05")
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["state"] == "OBJECTED"


def test_a_window_that_was_extended_still_ends_by_itself(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 26, 12)
    outage(bureau, *THREE_DAYS)
    at(bureau, "2027-01-29 17:00:05")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["completed_by"]) == ("FINAL", "WINDOW_EXPIRED")
    assert [one["data"]["kind"] for one in bureau.events("AppraisalCompleted")] == ["PERIODIC", "ANNUAL"]


def every_kind(bureau):
    """Bring a case of each kind to where it waits, and open two years: in the second somebody has moved."""
    bureau.have_rule("EXTREME_REVIEW", rule())
    waiting, answering, deciding, asking, moving, best = bureau.siti, *bureau.hire(5)
    bureau.turn(2026, 1, 12, 2)
    bureau.active_plan(asking)
    bureau.active_plan(best)
    annual(bureau, waiting, receive=False)
    annual(bureau, answering)
    objected = annual(bureau, deciding)
    bureau.post(deciding, f"/evaluations/{objected}/objection", {"reasons": "x"}, 201)
    quarter = bureau.rate(4, who=asking)["id"]
    bureau.post(asking, f"/evaluations/{quarter}/dialogue", {"text": "Mohon penjelasan"}, 201)
    assert bureau.rate(4, *BEST, who=best)["state"] == "IN_REVIEW"
    bureau.change(moving, since=date(2027, 1, 4), superior_id=bureau.chief.employee_id)
    for year in (2026, 2027):
        bureau.post(bureau.hr, "/obligations/openings", {"year": year}, 202)
    bureau.service.run_jobs()


def running(bureau):
    return {(one.kind, one.employee_id, one.subject): one for one in deadlines(bureau) if one.state == "OPEN"}


def test_one_outage_moves_deadlines_of_every_kind_and_each_person_is_notified_once(bureau):
    bureau.let_receipts_be_deemed()
    every_kind(bureau)
    starts, ends = datetime(2027, 1, 14, 1, tzinfo=UTC), datetime(2027, 1, 15, 13, tzinfo=UTC)
    before = running(bureau)
    touched = {key: one for key, one in before.items() if one.opens_at < ends and one.due_at > starts}
    assert {kind for kind, *_ in touched} == set(ObligationKind)
    bureau.turn(2027, 1, 16, 3)
    assert outage(bureau, starts.isoformat(), ends.isoformat())["extended"] == len(touched) < len(before)
    after = running(bureau)
    later = {key: after[key].due_at - one.due_at for key, one in before.items()}
    assert later == {key: timedelta(days=2 if key in touched else 0) for key in before}
    assert [after[key].original_due_at for key in before] == [one.original_due_at for one in before.values()]
    events = [one["data"] for one in bureau.events("DeadlineExtended")]
    owing = {str(one.owed_by) for one in touched.values() if one.owed_by}
    assert sorted(one["employee_id"] for one in events) == sorted(owing)
    (head,) = [one for one in events if one["employee_id"] == str(bureau.head.employee_id)]
    own = [one for one in touched.values() if one.owed_by == bureau.head.employee_id]
    assert (head["kind"], head["deadlines"]) == ("SEGMENT_RATING", len(own))
    assert (head["role"], head["cause"], head["due_at"]) == ("OWES", "OUTAGE", "2027-01-19T16:59:59+00:00")
    assert set(head) == {
        "employee_id",
        "obligation_id",
        "kind",
        "role",
        "cause",
        "outage_id",
        "due_at",
        "deadlines",
    }
    periods = bureau.get(bureau.hr, "/periods?year=2026")
    assert [one["closes_on"] for one in periods["items"]][3:] == ["2027-02-01", "2027-02-02"]
    assert {due(one) for (*_, subject), one in after.items() if subject == "2026-Q4"} == {"02-01 16:59:59"}
    assert {due(one) for (*_, subject), one in after.items() if subject == "2026"} == {"02-02 16:59:59"}
    assert len(periods["extensions"]) == 2


def test_outages_that_overlap_count_once_and_the_history_names_each(bureau):
    annual(bureau)
    bureau.turn(2027, 1, 20, 3)
    first = outage(bureau, "2027-01-14T00:00:00Z", "2027-01-16T00:00:00Z")
    second = outage(bureau, "2027-01-15T00:00:00Z", "2027-01-17T00:00:00Z")
    again = outage(bureau, "2027-01-15T00:00:00Z", "2027-01-17T00:00:00Z")
    assert [one["extended"] for one in (first, second, again)] == [1, 1, 0]
    answer = deadline(bureau, "ANSWER")
    assert due(answer) == "01-29 16:59:59"
    history = bureau.get(bureau.siti, f"/obligations/{answer.id}/deadline")
    assert [(one["outage_id"], one["days"]) for one in history["extensions"]] == [(first["id"], 2), (second["id"], 1)]
    assert (history["original_due_at"], history["due"]) == (
        "2027-01-26T16:59:59Z",
        "29 Januari 2027 pukul 23.59 WIB",
    )
    assert [one["id"] for one in bureau.get(bureau.hr, "/outages")["items"]] == [again["id"], second["id"], first["id"]]
    bureau.call(bureau.outsider, "GET", f"/obligations/{answer.id}/deadline", 403)


def test_an_outage_recorded_after_the_end_is_left_to_hr_for_something_final_followed(bureau):
    evaluation = annual(bureau)
    at(bureau, "2027-01-26 17:00:05")
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["state"] == "FINAL"
    recorded = outage(bureau, *THREE_DAYS)
    assert (recorded["extended"], recorded["reopened"], recorded["for_hr"]) == (0, 0, 1)
    (case,) = bureau.get(bureau.hr, f"/outages/{recorded['id']}/deadlines?outcome=FOR_HR")["items"]
    assert (case["kind"], case["matter_id"], case["days"]) == ("ANSWER", evaluation, 3)
    assert (case["due_before"], case["due_after"]) == ("2027-01-26T16:59:59Z", "2027-01-29T16:59:59Z")
    assert due(deadline(bureau, "ANSWER")) == "01-26 16:59:59"
    assert bureau.get(bureau.hr, f"/outages/{recorded['id']}/deadlines?outcome=EXTENDED")["items"] == []
    assert bureau.events("DeadlineExtended") == []


@pytest.mark.parametrize("recorded", ["2027-01-19 12:00:00", "2027-01-19 17:30:00", "2027-01-25 03:00:00"])
def test_whenever_it_is_recorded_the_receipt_and_the_window_end_the_same(bureau, recorded):
    """Before the receipt counts, just after it, and after the later day on which it should have counted."""
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    at(bureau, recorded)
    outage(bureau, "2027-01-18T00:00:00Z", "2027-01-19T10:00:00Z")
    at(bureau, "2027-01-21 16:59:30")
    at(bureau, "2027-01-21 17:00:10")
    at(bureau, "2027-01-25 03:00:10")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["receipt"], shown["received_at"]) == ("DEEMED", "2027-01-21T16:59:59Z")
    assert shown["objection_until"] == "2027-02-04T16:59:59Z"
    receipt, answer = deadline(bureau, "RECEIPT"), deadline(bureau, "ANSWER")
    assert (receipt.state, due(receipt)) == ("LAPSED", "01-21 16:59:59")
    assert (answer.state, due(answer), due(answer)) == ("OPEN", "02-04 16:59:59", "02-04 16:59:59")
    at(bureau, "2027-02-04 17:00:10")
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["completed_by"] == "WINDOW_EXPIRED"


def test_a_receipt_that_was_deemed_within_an_outage_can_be_confirmed_again(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    at(bureau, "2027-01-19 17:30:00")
    assert outage(bureau, "2027-01-18T00:00:00Z", "2027-01-19T17:10:00Z")["reopened"] == 1
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["received_at"], shown["objection_until"]) == (None, None)
    assert (deadline(bureau, "RECEIPT").state, deadline(bureau, "ANSWER").state) == ("OPEN", "CANCELLED")
    bureau.turn(2027, 1, 20, 3)
    again = bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert (again["receipt"], again["objection_until"]) == ("CONFIRMED", "2027-02-03T16:59:59Z")
    answer = deadline(bureau, "ANSWER")
    assert (answer.state, due(answer), answer.original_due_at) == ("OPEN", "02-03 16:59:59", answer.due_at)


def test_whoever_has_objected_since_keeps_the_objection(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    at(bureau, "2027-01-19 17:30:00")
    object_to(bureau, evaluation, 201)
    recorded = outage(bureau, "2027-01-18T00:00:00Z", "2027-01-19T17:10:00Z")
    assert (recorded["extended"], recorded["reopened"], recorded["for_hr"]) == (0, 0, 0)
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["state"] == "OBJECTED"


def test_a_late_decision_that_is_late_no_longer_may_be_escalated_again(bureau):
    objection = object_to(bureau, annual(bureau), 201)["id"]
    at(bureau, "2027-01-26 17:00:05")
    assert bureau.get(bureau.hr, f"/objections/{objection}")["escalated"] is True
    outage(bureau, *THREE_DAYS)
    shown = bureau.get(bureau.hr, f"/objections/{objection}")
    assert (shown["escalated"], shown["decide_by"]) == (False, "2027-01-29T16:59:59Z")
    at(bureau, "2027-01-29 17:00:05")
    assert len(bureau.events("ObjectionEscalated")) == 2


def test_a_rating_window_that_an_outage_extends_is_open(bureau):
    bureau.active_plan()
    bureau.turn(2026, 5, 1, 3)
    assert bureau.rate(1, status=409)["code"] == "rating_window_closed"
    outage(bureau, "2026-04-29T01:00:00Z", "2026-04-30T13:00:00Z")
    assert bureau.rate(1)["state"] == "FINAL"
    closes = bureau.get(bureau.hr, "/periods?year=2026")["items"][0]
    assert (closes["closes_on"], closes["extended_to"]) == ("2026-05-02", "2026-05-02")
    (one,) = bureau.get(bureau.hr, "/outages")["items"]
    refused = bureau.post(bureau.hr, f"/outages/{one['id']}/withdraw", {"reason": "Keliru"}, 409)
    assert (refused["code"], refused["detail"].count("1 masa penilaian")) == ("outage_used", 1)


@pytest.mark.parametrize("fault", [{"to": "2027-01-24T00:00:00"}, {"to": "2028-01-01T00:00:00Z"}, {"from": "x"}])
def test_an_outage_needs_moments_with_an_offset_in_the_past(bureau, fault):
    bureau.turn(2027, 1, 26, 12)
    body = {"from": THREE_DAYS[0], "to": THREE_DAYS[1], "reason": "Gangguan", **fault}
    assert bureau.post(bureau.hr, "/outages", body, 422)["errors"][0]["field"] == next(iter(fault))
    assert bureau.get(bureau.hr, "/outages")["items"] == []


def test_the_same_request_again_records_one_outage(bureau):
    bureau.turn(2027, 1, 26, 12)
    body = {"from": THREE_DAYS[0], "to": THREE_DAYS[1], "reason": "Gangguan"}
    key = {"headers": {"Idempotency-Key": str(new_id())}}
    ids = {bureau.post(bureau.hr, "/outages", body, 201, **key)["id"] for _ in range(2)}
    assert [one["id"] for one in bureau.get(bureau.hr, "/outages")["items"]] == list(ids)
