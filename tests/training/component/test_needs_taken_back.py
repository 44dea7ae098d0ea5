"""A correction of an evaluation takes back the needs that rested on its follow-up alone, in whatever order it is heard."""

from itertools import permutations

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.training.component.test_needs import only


def states(context, who=None):
    """Return (competency, state, leading source, how many causes stand) of each need, the oldest first."""
    found = context.get(who or context.siti, "/needs")["items"]
    return [
        (one["competency_code"], one["state"], one["source"], sum(c["withdrawn_at"] is None for c in one["causes"]))
        for one in reversed(found)
    ]


def test_what_rests_on_the_follow_up_alone_is_cancelled_with_a_reason(context):
    follow_up = context.follow_up(context.siti, "process_analysis", "communication")
    context.end_follow_up(context.siti, follow_up)
    cancelled = [(code, "CANCELLED", "EVALUATION", 0) for code in ("process_analysis", "communication")]
    assert states(context) == cancelled
    need = context.get(context.siti, f"/needs/{context.get(context.siti, '/needs')['items'][0]['id']}")
    assert need["history"][-1]["reason"].startswith("Evaluasi yang mendasarinya dikoreksi")
    assert "Alasan ini gugur" in need["explanation"][0]["sentence"]
    assert len(context.get(context.siti, "/needs?source=EVALUATION")["items"]) == 2


def test_what_another_evaluation_found_too_stays_until_that_is_corrected_as_well(context):
    first, second = (context.follow_up(context.siti, "process_analysis") for _ in range(2))
    context.end_follow_up(context.siti, first)
    assert states(context) == [("process_analysis", "OPEN", "EVALUATION", 1)]
    context.end_follow_up(context.siti, second)
    assert states(context) == [("process_analysis", "CANCELLED", "EVALUATION", 0)]


def test_what_is_measured_too_stays_and_no_longer_comes_of_the_evaluation(context):
    context.a_competency()
    context.a_standard()
    context.an_assessment(context.siti)
    follow_up = context.follow_up(context.siti, "process_analysis")
    context.end_follow_up(context.siti, follow_up)
    assert states(context) == [("process_analysis", "OPEN", "COMPETENCY_GAP", 1)]
    assert context.get(context.siti, "/needs?source=EVALUATION")["items"] == []
    (row,) = context.get(context.hr, "/summaries/needs?year=2026")["groups"]
    assert (row["open"], row["from_evaluation"], row["from_gap"]) == (1, 0, 1)


def test_a_wish_that_an_evaluation_joined_is_the_persons_own_again(context):
    need = context.post(context.siti, "/needs", {"competency_code": "communication", "reason": "Rapat"})
    follow_up = context.follow_up(context.siti, "communication")
    context.post(context.siti, f"/needs/{need['id']}/cancel", {"reason": "Tidak perlu"}, 403)
    context.end_follow_up(context.siti, follow_up)
    assert context.post(context.siti, f"/needs/{need['id']}/cancel", {"reason": "Tidak perlu"})["state"] == "CANCELLED"


def test_coaching_that_is_done_leaves_the_need(context):
    follow_up = context.follow_up(context.siti, "process_analysis")
    context.end_follow_up(context.siti, follow_up, "DONE")
    assert states(context) == [("process_analysis", "OPEN", "EVALUATION", 1)]
    context.end_follow_up(context.siti, follow_up)
    assert states(context) == [("process_analysis", "CANCELLED", "EVALUATION", 0)]


def test_what_a_person_has_ended_stays_as_it_is_and_is_not_raised_again(context):
    follow_up = context.follow_up(context.siti, "process_analysis")
    need = only(context.get(context.siti, "/needs"))
    context.post(context.head, f"/needs/{need['id']}/meet", {"reason": "Terbukti dalam tugas"})
    context.end_follow_up(context.siti, follow_up)
    context.follow_up(context.siti, "process_analysis", follow_up_id=follow_up)
    assert states(context) == [("process_analysis", "MET", "EVALUATION", 1)]


def test_a_planned_need_is_cancelled_too_and_others_of_the_person_are_not(context):
    follow_up = context.follow_up(context.siti, "process_analysis")
    context.follow_up(context.siti, "communication")
    need = context.get(context.siti, "/needs")["items"][1]
    plan = context.post(context.siti, "/plans", {"year": 2026})
    item = {"goal": "Memetakan proses", "need_id": need["id"], "kind_code": "WORKSHOP", "jp": 8, "due_on": "2026-11-30"}
    context.post(context.siti, f"/plans/{plan['id']}/items", item)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    context.post(context.head, f"/plans/{plan['id']}/agree", {"note": ""})
    assert states(context)[0][1] == "PLANNED"
    context.end_follow_up(context.siti, follow_up)
    assert [one[1] for one in states(context)] == ["CANCELLED", "OPEN"]


def test_opened_again_it_raises_a_need_again(context):
    follow_up = context.follow_up(context.siti, "process_analysis")
    context.end_follow_up(context.siti, follow_up)
    context.follow_up(context.siti, "process_analysis", follow_up_id=follow_up)
    cancelled, live = states(context)
    assert (cancelled[1], live) == ("CANCELLED", ("process_analysis", "OPEN", "EVALUATION", 1))
    assert len(context.published("TrainingNeedRaised")) == 2


def test_what_was_raised_before_follow_ups_were_kept_is_cancelled_too(context):
    follow_up = context.follow_up(context.siti, "process_analysis")
    with context.service.work.transaction(context.agency) as tx:
        assert tx.session.execute(text("DELETE FROM follow_up")).rowcount == 1
    context.end_follow_up(context.siti, follow_up)
    assert [one[1] for one in states(context)] == ["CANCELLED"]


OPENED, DONE, CORRECTED, AGAIN = range(1, 5)


def hear(context, follow_up, sequences):
    for sequence in sequences:
        options = {"sequence": sequence, "event_id": new_id()}
        if sequence in {OPENED, AGAIN}:
            context.follow_up(context.siti, "process_analysis", follow_up_id=follow_up, **options)
        else:
            context.end_follow_up(context.siti, follow_up, "DONE" if sequence == DONE else "CORRECTED", **options)


@pytest.mark.parametrize("order", list(permutations((OPENED, DONE, CORRECTED))))
def test_opened_done_and_corrected_leave_nothing_in_any_order_and_twice(context, order):
    hear(context, new_id(), order * 2)
    assert [one for one in states(context) if one[1] in {"OPEN", "PLANNED"}] == []
    assert context.service.deferred(context.agency) == []


@pytest.mark.parametrize("order", list(permutations((OPENED, CORRECTED, AGAIN))))
def test_opened_corrected_and_opened_again_leave_one_need_in_any_order_and_twice(context, order):
    hear(context, new_id(), order * 2)
    live = [one for one in states(context) if one[1] == "OPEN"]
    assert live == [("process_analysis", "OPEN", "EVALUATION", 1)]


@pytest.mark.parametrize("order", list(permutations((OPENED, DONE))))
def test_what_was_done_before_its_opening_was_heard_is_needed_all_the_same(context, order):
    hear(context, new_id(), order)
    assert states(context) == [("process_analysis", "OPEN", "EVALUATION", 1)]


def test_a_batch_in_which_all_of_it_comes_at_once_ends_the_same(context):
    follow_up = new_id()
    with context.service.in_one_batch():
        hear(context, follow_up, (OPENED, CORRECTED, AGAIN, CORRECTED, OPENED))
    assert [one[1:] for one in states(context) if one[1] == "OPEN"] == [("OPEN", "EVALUATION", 1)]
