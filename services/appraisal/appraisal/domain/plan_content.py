"""What a plan (SKP) holds: work results with indicators, expectations of behaviour, the annex; and the form of it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from uuid import UUID

from appraisal.domain.values import Aspect, BehaviourValue, Perspective, PlanModel, ResultKind
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.views import view_of

TARGET_REQUIRED, PERSPECTIVE_REQUIRED = "target_required", "perspective_required"
# What a content that was taken over may leave open until it is submitted.
LEFT_OPEN = (TARGET_REQUIRED, PERSPECTIVE_REQUIRED)
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Indicator:
    text: str
    aspect: Aspect | None = None
    target_text: str = ""
    target_number: Decimal | None = None
    unit: str = ""

    def without_exponent(self) -> "Indicator":
        """Return it with its number as people write it: 1E+3 becomes 1000."""
        return self if self.target_number is None else replace(self, target_number=Decimal(f"{self.target_number:f}"))

    @property
    def years(self) -> frozenset[int]:
        """Return the years that a target of time names."""
        return frozenset(map(int, _YEAR.findall(self.target_text))) if self.aspect is Aspect.TIME else frozenset()

    def for_year(self, year: int) -> "Indicator":
        """Return it for a year: a target of time that names another one holds no longer, and is left open."""
        return replace(self, target_text="") if self.years - {year} else self


@dataclass(frozen=True)
class WorkResult:
    """What is agreed on; which of the superior's results it supports stands beside it, as a `ResultLink`."""

    id: UUID
    kind: ResultKind
    title: str
    perspective: Perspective | None = None
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class BehaviourExpectation:
    value: BehaviourValue
    expectation: str


@dataclass(frozen=True)
class Annex:
    support: tuple[str, ...] = ()
    accountability: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkResultDraft:
    """A work result as it is sent; `id` names the result of the same plan that it replaces."""

    kind: ResultKind
    title: str
    id: UUID | None = None
    parent_work_result_id: UUID | None = None
    perspective: Perspective | None = None
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class ContentDraft:
    model: PlanModel
    work_results: tuple[WorkResultDraft, ...] = ()
    behaviour_expectations: tuple[BehaviourExpectation, ...] = ()
    annex: Annex = Annex()

    @classmethod
    def copied(cls, content: "Content", year: int, *, high_leader: bool) -> "ContentDraft":
        """Take over an earlier content for a year. Links to the superior are made anew.

        Whoever is no high leader (JPT) any more has no perspectives.
        """
        results = tuple(
            WorkResultDraft(
                result.kind,
                result.title,
                perspective=result.perspective if high_leader else None,
                indicators=tuple(indicator.for_year(year) for indicator in result.indicators),
            )
            for result in content.work_results
        )
        return view_of(cls, content, work_results=results)


@dataclass(frozen=True)
class Content:
    """Everything the employee and the appraiser agree on; a version of it is frozen by its submission."""

    model: PlanModel
    work_results: tuple[WorkResult, ...] = ()
    behaviour_expectations: tuple[BehaviourExpectation, ...] = ()
    annex: Annex = Annex()

    @classmethod
    def of(cls, draft: ContentDraft, existing: Collection[UUID] = ()) -> "Content":
        """Make the content; one of the `existing` results stays under its id, and any other becomes a new one."""
        results = tuple(
            view_of(
                WorkResult,
                result,
                id=result.id if result.id in existing else new_id(),
                indicators=tuple(indicator.without_exponent() for indicator in result.indicators),
            )
            for result in draft.work_results
        )
        return view_of(cls, draft, work_results=results)

    @property
    def result_ids(self) -> frozenset[UUID]:
        return frozenset(r.id for r in self.work_results)

    def require_result(self, work_result_id: UUID) -> None:
        """Raise InvalidInput unless the plan holds this work result."""
        if work_result_id not in self.result_ids:
            raise InvalidInput(errors=[not_in_plan("work_result_id", work_result_id)])

    def changes_of(self, before: "Content") -> tuple[str, ...]:
        """Return the paths in which this content differs from an earlier one; a result is named by its id."""
        parts = ("model", "behaviour_expectations", "annex")
        paths = [name for name in parts if getattr(self, name) != getattr(before, name)]
        was, now = ({result.id: result for result in content.work_results} for content in (before, self))
        for result_id in dict.fromkeys([*was, *now]):
            where = f"work_results.{result_id}"
            if result_id in was and result_id in now:
                names = [item.name for item in fields(WorkResult)]
                differing = [n for n in names if getattr(was[result_id], n) != getattr(now[result_id], n)]
                paths += [f"{where}.{name}" for name in differing]
            else:
                paths.append(where)
        return tuple(paths)


def not_in_plan(field: str, work_result_id: UUID) -> FieldError:
    return FieldError(field, "not_in_plan", str(work_result_id), "id hasil kerja dalam SKP ini")


def content_problems(content: Content, *, high_leader: bool) -> Iterator[FieldError]:
    """Return what contradicts the form of an SKP (PermenPANRB 6/2022, annex: SKP of high leaders, and of others).

    In a quantitative plan each indicator has an aspect and a target; a qualitative one describes the measure
    without aspects. A high leader's (JPT) row carries a perspective, anybody else's none.
    """
    for index, result in enumerate(content.work_results):
        where = f"work_results.{index}"
        yield from _cascade_problems(result, where, high_leader=high_leader)
        for at, indicator in enumerate(result.indicators):
            yield from _indicator_problems(content.model, indicator, f"{where}.indicators.{at}")
    yield from _repeated([r.id for r in content.work_results], "work_results", "id")
    values = [expected.value for expected in content.behaviour_expectations]
    yield from _repeated(values, "behaviour_expectations", "value")


def require_complete(content: Content, *, high_leader: bool) -> None:
    """Raise InvalidInput with everything that the content lacks before it can be submitted."""
    if faults := list(incompleteness(content, high_leader=high_leader)):
        raise InvalidInput(errors=faults)


def incompleteness(content: Content, *, high_leader: bool) -> Iterator[FieldError]:
    """Return what a plan still lacks before it can be submitted."""
    if not any(r.kind is ResultKind.MAIN for r in content.work_results):
        yield FieldError(
            "work_results", "main_result_missing", len(content.work_results), "sedikitnya satu hasil kerja MAIN (utama)"
        )
    for index, result in enumerate(content.work_results):
        yield from _cascade_problems(result, f"work_results.{index}", high_leader=high_leader)
        if not result.indicators:
            yield FieldError(f"work_results.{index}.indicators", "indicator_missing", [], "sedikitnya satu indikator")
        for at, indicator in enumerate(result.indicators):
            yield from _indicator_problems(content.model, indicator, f"work_results.{index}.indicators.{at}")


def _cascade_problems(result: WorkResult, where: str, *, high_leader: bool) -> Iterator[FieldError]:
    if high_leader and result.perspective is None:
        options = "salah satu dari " + ", ".join(Perspective)
        yield FieldError(f"{where}.perspective", PERSPECTIVE_REQUIRED, None, f"{options} (SKP pimpinan tinggi)")
    if not high_leader and result.perspective is not None:
        yield FieldError(
            f"{where}.perspective", "perspective_not_used", result.perspective, "kosong: perspektif hanya untuk JPT"
        )


def _indicator_problems(model: PlanModel, indicator: Indicator, where: str) -> Iterator[FieldError]:
    if model is PlanModel.QUALITATIVE:
        if indicator.aspect is not None:
            expected = "kosong: SKP kualitatif tidak memakai aspek"
            yield FieldError(f"{where}.aspect", "aspect_not_used", indicator.aspect, expected)
        return
    if indicator.aspect is None:
        yield FieldError(f"{where}.aspect", "aspect_required", None, "salah satu dari " + ", ".join(Aspect))
    if indicator.target_number is None and not indicator.target_text.strip():
        yield FieldError(f"{where}.target", TARGET_REQUIRED, None, "target_text, atau target_number beserta unit")


def _repeated(keys: list[UUID] | list[BehaviourValue], where: str, field: str) -> Iterator[FieldError]:
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield FieldError(f"{where}.{index}.{field}", "repeated", str(key), "masing-masing satu kali")
        seen.add(key)
