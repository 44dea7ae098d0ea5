"""Hints name what might be better in a plan, and never refuse it."""

from dataclasses import replace

import pytest

from appraisal.domain.plan_content import Content, Indicator, WorkResult
from appraisal.domain.plan_hints import hints_of
from appraisal.domain.result_link import Linking, OfferedResult, ResultLink
from appraisal.domain.values import Aspect, Perspective, PlanModel, ResultKind
from chassis.ids import new_id

COUNTED = Indicator("usul selesai", Aspect.QUANTITY, target_number=120, unit="usul")
PLAN_ID = new_id()
NO_SUPERIOR = Linking(PLAN_ID)


def result(title, *indicators, **fields):
    return WorkResult(new_id(), ResultKind.MAIN, title, indicators=indicators or (COUNTED,), **fields)


GOOD = (result("Layanan tepat waktu"), result("Data mutakhir"), result("Konsultasi terlayani"))


def codes(results=GOOD, linking=NO_SUPERIOR, model=PlanModel.QUANTITATIVE):
    return [(hint.code.value, hint.field) for hint in hints_of(Content(model, tuple(results)), 2026, linking)]


def offering(*links):
    offered = OfferedResult(new_id(), 1, new_id(), ResultKind.MAIN, "Layanan unit")
    rows = tuple(
        ResultLink(new_id(), PLAN_ID, own.id, offered.id if holds else new_id(), None, None, None, None)
        for own, holds in links
    )
    return Linking(PLAN_ID, rows, (offered,))


def test_a_plan_as_it_should_be_has_no_hint():
    assert codes() == []
    assert codes(linking=offering((GOOD[0], True))) == []


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (GOOD[:2], [("few_results", "")]),
        ([result(f"Hasil {n}") for n in range(11)], [("many_results", "")]),
        ([*GOOD, result("  layanan TEPAT waktu ")], [("text_repeated", "work_results.3.title")]),
        (
            [*GOOD, result("Arsip tertata", Indicator("rapi", Aspect.QUALITY, "baik"))],
            [("target_not_measurable", "work_results.3")],
        ),
        (
            [*GOOD, result("Laporan", COUNTED, Indicator("selesai", Aspect.TIME, "31 Januari 2027"))],
            [("time_after_period", "work_results.3.indicators.1.target_text")],
        ),
        ([*GOOD, result("Laporan", COUNTED, Indicator("selesai", Aspect.TIME, "31 Desember 2026"))], []),
    ],
)
def test_each_hint_has_its_code_and_place(results, expected):
    assert codes(results) == expected


def test_links_are_asked_for_only_where_the_superior_has_results():
    assert codes(linking=offering()) == [("nothing_linked", "")]
    assert codes(linking=offering((GOOD[1], False))) == [("link_dangling", "work_results.1.parent_work_result_id")]
    high = [replace(one, perspective=Perspective.BUDGET) for one in GOOD]
    assert codes(high, offering()) == []


def test_a_qualitative_plan_needs_no_number():
    described = [replace(one, indicators=(Indicator("membaik"),)) for one in GOOD]
    assert codes(described, model=PlanModel.QUALITATIVE) == []
