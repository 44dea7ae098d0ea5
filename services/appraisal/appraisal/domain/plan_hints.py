"""Hints to whoever writes or agrees a plan: stable codes, a sentence for people; nothing is refused because of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.plan_content import Content, WorkResult
from appraisal.domain.result_link import Linking
from appraisal.domain.values import PlanModel

# What is usual, as advice: no text of PermenPANRB 6/2022 sets a number.
_FEWEST, _MOST = 3, 10


class HintCode(StrEnum):
    TARGET_NOT_MEASURABLE = "target_not_measurable"
    TIME_AFTER_PERIOD = "time_after_period"
    NOTHING_LINKED = "nothing_linked"
    LINK_DANGLING = "link_dangling"
    TEXT_REPEATED = "text_repeated"
    FEW_RESULTS = "few_results"
    MANY_RESULTS = "many_results"


SENTENCES = {
    HintCode.TARGET_NOT_MEASURABLE: "Hasil kerja ini belum mempunyai target berupa angka, sehingga sulit diukur.",
    HintCode.TIME_AFTER_PERIOD: "Target waktu ini jatuh setelah tahun SKP berakhir.",
    HintCode.NOTHING_LINKED: "Belum ada hasil kerja yang ditautkan, padahal atasan sudah mengajukan SKP.",
    HintCode.LINK_DANGLING: "Hasil kerja atasan yang didukung sudah tidak ada dalam SKP atasan. Tautkan ke yang lain.",
    HintCode.TEXT_REPEATED: "Uraian hasil kerja ini sama dengan hasil kerja lain dalam SKP ini.",
    HintCode.FEW_RESULTS: f"Hasil kerja kurang dari {_FEWEST}. Periksa apakah semua tugas utama sudah tercakup.",
    HintCode.MANY_RESULTS: f"Hasil kerja lebih dari {_MOST}. Pertimbangkan untuk menggabungkan yang serupa.",
}


@dataclass(frozen=True)
class PlanHint:
    """What might be better: in which place, empty for the whole plan."""

    code: HintCode
    field: str
    sentence: str


def hints_of(content: Content, year: int, linking: Linking) -> tuple[PlanHint, ...]:
    """Return what might be better in a content, in the order of its results."""
    found = (*_of_plan(content, linking), *_of_results(content, year, linking))
    return tuple(PlanHint(code, field, SENTENCES[code]) for code, field in found)


def _of_plan(content: Content, linking: Linking) -> Iterator[tuple[HintCode, str]]:
    count = len(content.work_results)
    if count < _FEWEST:
        yield HintCode.FEW_RESULTS, ""
    if count > _MOST:
        yield HintCode.MANY_RESULTS, ""
    cascades = any(result.perspective is None for result in content.work_results)
    if cascades and linking.offered and not linking.parents.keys() & content.result_ids:
        yield HintCode.NOTHING_LINKED, ""


def _of_results(content: Content, year: int, linking: Linking) -> Iterator[tuple[HintCode, str]]:
    seen: set[str] = set()
    for at, result in enumerate(content.work_results):
        where, words = f"work_results.{at}", " ".join(result.title.casefold().split())
        if words in seen:
            yield HintCode.TEXT_REPEATED, f"{where}.title"
        seen.add(words)
        parent = linking.parents.get(result.id)
        if parent is not None and parent not in linking.offered_ids:
            yield HintCode.LINK_DANGLING, f"{where}.parent_work_result_id"
        if content.model is PlanModel.QUANTITATIVE and not any(
            one.target_number is not None for one in result.indicators
        ):
            yield HintCode.TARGET_NOT_MEASURABLE, where
        yield from _of_times(result, year, where)


def _of_times(result: WorkResult, year: int, where: str) -> Iterator[tuple[HintCode, str]]:
    for at, indicator in enumerate(result.indicators):
        if any(one > year for one in indicator.years):
            yield HintCode.TIME_AFTER_PERIOD, f"{where}.indicators.{at}.target_text"
