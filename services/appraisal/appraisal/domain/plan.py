"""The yearly plan (SKP): what it holds, and the moves it allows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

from appraisal.domain.errors import (
    PlanClosed,
    PlanMoveRefused,
    PlanNeverActive,
    YearAlreadyClosed,
)
from appraisal.domain.people import Employee
from appraisal.domain.values import EDITABLE, Aspect, BehaviourValue, Perspective, PlanModel, PlanState, ResultKind
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.pagination import PageRequest
from chassis.views import view_of

P = TypeVar("P", bound="Plan")


class PlanMove(StrEnum):
    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    ACTIVATE = "ACTIVATE"
    REVISE = "REVISE"
    CLOSE = "CLOSE"
    LINK = "LINK"
    FOLLOW = "FOLLOW"  # by itself: the names follow personnel


MOVES: dict[PlanState, dict[PlanMove, PlanState]] = {
    PlanState.DRAFT: {PlanMove.SUBMIT: PlanState.SUBMITTED, PlanMove.CLOSE: PlanState.CLOSED},
    PlanState.SUBMITTED: {
        PlanMove.RETURN: PlanState.RETURNED,
        PlanMove.ACTIVATE: PlanState.ACTIVE,
        PlanMove.CLOSE: PlanState.CLOSED,
    },
    PlanState.RETURNED: {PlanMove.SUBMIT: PlanState.SUBMITTED, PlanMove.CLOSE: PlanState.CLOSED},
    PlanState.ACTIVE: {PlanMove.REVISE: PlanState.REVISED, PlanMove.CLOSE: PlanState.CLOSED},
    PlanState.REVISED: {PlanMove.SUBMIT: PlanState.SUBMITTED, PlanMove.CLOSE: PlanState.CLOSED},
    PlanState.CLOSED: {},
}

# What is done of somebody in service alone; a plan that was submitted before may still be agreed, returned or closed.
IN_SERVICE = (PlanMove.EDIT, PlanMove.SUBMIT, PlanMove.REVISE)


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


@dataclass(frozen=True)
class WorkResult:
    id: UUID
    kind: ResultKind
    title: str
    parent_work_result_id: UUID | None = None
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


@dataclass(frozen=True)
class Link:
    """A work result, and the superior's result that it supports."""

    work_result_id: UUID
    parent_work_result_id: UUID


@dataclass(frozen=True)
class Content:
    """Everything the employee and the appraiser agree on; one version of it is frozen at each submission."""

    model: PlanModel
    work_results: tuple[WorkResult, ...] = ()
    behaviour_expectations: tuple[BehaviourExpectation, ...] = ()
    annex: Annex = Annex()

    @classmethod
    def of(cls, draft: ContentDraft, before: "Content | None" = None) -> "Content":
        """Make the content; a result that `before` holds stays under its id, and any other becomes a new one."""
        existing = before.result_ids if before else frozenset()
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

    @property
    def parent_ids(self) -> frozenset[UUID]:
        return frozenset(r.parent_work_result_id for r in self.work_results if r.parent_work_result_id is not None)

    def require_result(self, work_result_id: UUID) -> None:
        """Raise InvalidInput unless the plan holds this work result."""
        if work_result_id not in self.result_ids:
            raise InvalidInput(errors=[not_in_plan("work_result_id", work_result_id)])

    def linked(self, links: Sequence[Link], superior_results: Collection[UUID]) -> "Content":
        """Return the content with results tied to the superior's. Raise InvalidInput with every wrong link."""
        if faults := list(self._link_problems(links, superior_results)):
            raise InvalidInput(errors=faults)
        parents = {link.work_result_id: link.parent_work_result_id for link in links}
        results = [
            replace(r, parent_work_result_id=parents.get(r.id, r.parent_work_result_id)) for r in self.work_results
        ]
        return replace(self, work_results=tuple(results))

    def _link_problems(self, links: Sequence[Link], superior_results: Collection[UUID]) -> Iterator[FieldError]:
        own = {r.id: r for r in self.work_results}
        for index, link in enumerate(links):
            result, parent = own.get(link.work_result_id), str(link.parent_work_result_id)
            if result is None:
                yield not_in_plan(f"links.{index}.work_result_id", link.work_result_id)
            elif result.perspective is not None:
                expected = "hasil kerja tanpa perspektif; SKP JPT tidak mengintervensi"
                yield FieldError(f"links.{index}.work_result_id", "parent_not_used", str(result.id), expected)
            if link.parent_work_result_id not in superior_results:
                expected = "hasil kerja dari SKP atasan tahun yang sama"
                yield FieldError(f"links.{index}.parent_work_result_id", "not_in_superiors_plan", parent, expected)


@dataclass(frozen=True)
class Plan:
    id: UUID
    employee_id: UUID
    year: int
    unit_id: UUID
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    state: PlanState
    plan_version: int
    active_version: int | None
    version: int
    first_day: date | None = field(default=None, kw_only=True)
    last_day: date | None = field(default=None, kw_only=True)

    @classmethod
    def drafted(cls, plan_id: UUID, employee: Employee, year: int, first_day: date, *, year_closed: bool) -> "Plan":
        """Make a draft from a day on. Raise YearAlreadyClosed after the final annual evaluation."""
        if year_closed:
            raise YearAlreadyClosed(year=year)
        started = {"state": PlanState.DRAFT, "plan_version": 1, "active_version": None, "version": 1}
        return view_of(cls, employee, id=plan_id, year=year, first_day=first_day, last_day=None, **started)

    def moves(self, *, has_left: bool = False) -> tuple[PlanMove, ...]:
        """Return the moves that this state allows, of somebody who has left only those that others make."""
        moves = (*((PlanMove.EDIT,) if self.state in EDITABLE else ()), *MOVES[self.state])
        return tuple(move for move in moves if not (has_left and move in IN_SERVICE))

    def moved(self, move: PlanMove) -> Self:
        """Return the plan after a move. Raise PlanMoveRefused."""
        target = MOVES[self.state].get(move)
        if target is None:
            raise self._refused(move)
        return replace(self, state=target)

    def require_editable(self) -> None:
        if self.state not in EDITABLE:
            raise self._refused(PlanMove.EDIT)

    def require_linkable(self) -> None:
        if self.state is PlanState.CLOSED:
            raise PlanClosed

    @property
    def is_first_version(self) -> bool:
        return self.plan_version == 1

    def submitted(self) -> Self:
        return self.moved(PlanMove.SUBMIT)

    def activated(self) -> Self:
        return replace(self.moved(PlanMove.ACTIVATE), active_version=self.plan_version)

    def revised(self) -> Self:
        return replace(self.moved(PlanMove.REVISE), plan_version=self.plan_version + 1)

    def in_force(self) -> int:
        """Return the agreed version that progress and evaluations refer to; a revision does not suspend it.

        Raise PlanClosed or PlanNeverActive.
        """
        if self.state is PlanState.CLOSED:
            raise PlanClosed
        return self.agreed()

    def agreed(self) -> int:
        """Return the version agreed last, by which days worked are evaluated even when the plan is closed.

        Raise PlanNeverActive.
        """
        if self.active_version is None:
            raise PlanNeverActive(state=self.state)
        return self.active_version

    def _refused(self, move: PlanMove) -> PlanMoveRefused:
        return PlanMoveRefused(state=self.state, move=move, allowed=", ".join(self.moves()) or "-")


@dataclass(frozen=True)
class FullPlan(Plan):
    """A plan with its content."""

    content: Content
    updated_at: datetime


def not_in_plan(field: str, work_result_id: UUID) -> FieldError:
    return FieldError(field, "not_in_plan", str(work_result_id), "id hasil kerja dalam SKP ini")


def content_problems(content: Content, *, high_leader: bool) -> Iterator[FieldError]:
    """Return what contradicts the form of an SKP (PermenPANRB 6/2022, annex: SKP of high leaders, and of others).

    In a quantitative plan each indicator has an aspect and a target; a qualitative one describes the measure
    without aspects. A high leader's (JPT) row carries a perspective, anybody else's may name the superior's result.
    """
    for index, result in enumerate(content.work_results):
        where = f"work_results.{index}"
        yield from _cascade_problems(result, where, high_leader=high_leader)
        for at, indicator in enumerate(result.indicators):
            yield from _indicator_problems(content.model, indicator, f"{where}.indicators.{at}")
    yield from _repeated([r.id for r in content.work_results], "work_results", "id")
    values = [expected.value for expected in content.behaviour_expectations]
    yield from _repeated(values, "behaviour_expectations", "value")


def require_valid(content: Content, superior_results: Collection[UUID], *, high_leader: bool) -> None:
    """Raise InvalidInput with everything that contradicts the form of an SKP or the superior's plan."""
    faults = list(content_problems(content, high_leader=high_leader))
    if not high_leader:
        faults += parent_problems(content, superior_results)
    if faults:
        raise InvalidInput(errors=faults)


def parent_problems(content: Content, superior_results: Collection[UUID]) -> Iterator[FieldError]:
    """Return the results that name a parent which the superior's plan does not hold."""
    expected = "hasil kerja dari SKP atasan tahun yang sama; kosongkan bila SKP atasan belum ada, lalu tautkan kemudian"
    for index, result in enumerate(content.work_results):
        parent = result.parent_work_result_id
        if parent is not None and parent not in superior_results:
            where = f"work_results.{index}.parent_work_result_id"
            yield FieldError(where, "not_in_superiors_plan", str(parent), expected)


def require_complete(content: Content) -> None:
    """Raise InvalidInput with everything that the content lacks before it can be submitted."""
    if faults := list(incompleteness(content)):
        raise InvalidInput(errors=faults)


def incompleteness(content: Content) -> Iterator[FieldError]:
    """Return what a plan still lacks before it can be submitted."""
    if not any(r.kind is ResultKind.MAIN for r in content.work_results):
        yield FieldError(
            "work_results", "main_result_missing", len(content.work_results), "sedikitnya satu hasil kerja MAIN (utama)"
        )
    for index, result in enumerate(content.work_results):
        if not result.indicators:
            yield FieldError(f"work_results.{index}.indicators", "indicator_missing", [], "sedikitnya satu indikator")


def _cascade_problems(result: WorkResult, where: str, *, high_leader: bool) -> Iterator[FieldError]:
    if high_leader and result.perspective is None:
        options = "salah satu dari " + ", ".join(Perspective)
        yield FieldError(f"{where}.perspective", "perspective_required", None, f"{options} (SKP pimpinan tinggi)")
    if high_leader and result.parent_work_result_id is not None:
        given = str(result.parent_work_result_id)
        yield FieldError(
            f"{where}.parent_work_result_id", "parent_not_used", given, "kosong: SKP JPT tidak mengintervensi"
        )
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
        yield FieldError(f"{where}.target", "target_required", None, "target_text, atau target_number beserta unit")


def _repeated(keys: list[UUID] | list[BehaviourValue], where: str, field: str) -> Iterator[FieldError]:
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield FieldError(f"{where}.{index}.{field}", "repeated", str(key), "masing-masing satu kali")
        seen.add(key)


@dataclass(frozen=True)
class ListPlans:
    page: PageRequest
    year: int | None = None
    unit: UUID | None = None
    state: PlanState | None = None
    employee_id: UUID | None = None
