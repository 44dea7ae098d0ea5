"""The rules of items: one for each result or value, what they rest on, and when they are others."""

from uuid import uuid4

import pytest

from appraisal.domain.evaluation_item import EvaluationItem, ItemSources, Recorded
from appraisal.domain.periods import Period
from appraisal.domain.plan_content import Content, WorkResult
from appraisal.domain.values import BehaviourValue, PlanModel, ResultKind
from chassis.errors import InvalidInput

SITI, RESULT, OTHER = uuid4(), uuid4(), uuid4()
ENTRIES, WORDS = (uuid4(), uuid4()), (uuid4(),)
CONTENT = Content(PlanModel.QUALITATIVE, tuple(WorkResult(one, ResultKind.MAIN, "x") for one in (RESULT, OTHER)))
SECOND = Period.of(2026, month=2)


def sources(*standing):
    recorded = Recorded(progress={RESULT: ENTRIES}, feedback={BehaviourValue.HA: WORDS})
    return ItemSources(SECOND, {SITI: CONTENT}, {SITI: recorded}, {SITI: standing})


def item(**fields):
    return EvaluationItem(**{"work_result_id": RESULT, **fields})


def test_an_item_rests_on_what_it_names_each_once_or_on_all_that_is_there():
    (named,) = sources().items(SITI, [item(progress_ids=(ENTRIES[1], ENTRIES[1]))])
    assert (named.progress_ids, named.feedback_ids) == ((ENTRIES[1],), ())
    (whole, value) = sources().items(
        SITI, [item(remark="x"), item(work_result_id=None, behaviour_value=BehaviourValue.HA, remark="x")]
    )
    assert (whole.progress_ids, whole.feedback_ids) == (ENTRIES, ())
    assert (value.progress_ids, value.feedback_ids) == ((), WORDS)
    (bare,) = sources().items(SITI, [item(work_result_id=OTHER, realisation="x")])
    assert (bare.progress_ids, bare.feedback_ids) == ((), ())


def test_what_says_nothing_is_no_item():
    assert sources().items(SITI, [item(realisation=" ", remark="\n")]) == ()


def test_a_fault_names_the_period_in_words():
    with pytest.raises(InvalidInput) as refused:
        sources().items(SITI, [item(remark="x"), item(work_result_id=OTHER, feedback_ids=(ENTRIES[0],))])
    (fault,) = refused.value.errors
    assert (fault.field, fault.value) == ("items.1.feedback_ids.0", str(ENTRIES[0]))
    assert fault.expected == "id umpan balik tentang pegawai ini dalam periode 2026 bulan 2"


def test_of_a_person_without_a_content_no_result_is_known():
    with pytest.raises(InvalidInput) as refused:
        ItemSources(SECOND).items(SITI, [item(remark="x")])
    assert refused.value.errors[0].code == "not_in_plan"


@pytest.mark.parametrize(
    ("sent", "others"),
    [
        ([], False),
        ([item(realisation=" ")], False),
        ([item(realisation="30 usul")], False),
        ([item(realisation="30 usul", progress_ids=ENTRIES[::-1])], False),
        ([item(realisation="30 usul", progress_ids=ENTRIES[:1])], True),
        ([item(realisation="30 usul", feedback_ids=WORDS)], True),
        ([item(realisation="31 usul")], True),
        ([item(realisation="30 usul", remark="x")], True),
        ([item(realisation="30 usul"), item(work_result_id=OTHER, remark="x")], True),
        ([item(work_result_id=OTHER, realisation="30 usul")], True),
    ],
)
def test_items_are_others_when_their_words_differ_or_the_evidence_that_is_named(sent, others):
    standing = item(realisation="30 usul", progress_ids=ENTRIES)
    assert sources(standing).are_others(SITI, sent) is others


def test_whatever_is_sent_where_nothing_stands_is_other():
    assert sources().are_others(SITI, [item(remark="x")])
