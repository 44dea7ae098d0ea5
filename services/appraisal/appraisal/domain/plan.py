"""The yearly plan (SKP): what it holds, and the moves it allows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from appraisal.domain.errors import PlanClosed, PlanMoveRefused, PlanNeverActive, PlanWithoutAppraiser
from appraisal.domain.values import EDITABLE, Aspect, BehaviourValue, Perspective, PlanModel, PlanState, ResultKind
from chassis.errors import FieldError


class Move(StrEnum):
    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    ACTIVATE = "ACTIVATE"
    REVISE = "REVISE"
    CLOSE = "CLOSE"
    LINK = "LINK"


ALLOWED: dict[PlanState, dict[Move, PlanState]] = {
    PlanState.DRAFT: {Move.SUBMIT: PlanState.SUBMITTED, Move.CLOSE: PlanState.CLOSED},
    PlanState.SUBMITTED: {
        Move.RETURN: PlanState.RETURNED,
        Move.ACTIVATE: PlanState.ACTIVE,
        Move.CLOSE: PlanState.CLOSED,
    },
    PlanState.RETURNED: {Move.SUBMIT: PlanState.SUBMITTED, Move.CLOSE: PlanState.CLOSED},
    PlanState.ACTIVE: {Move.REVISE: PlanState.REVISED, Move.CLOSE: PlanState.CLOSED},
    PlanState.REVISED: {Move.SUBMIT: PlanState.SUBMITTED, Move.CLOSE: PlanState.CLOSED},
    PlanState.CLOSED: {},
}


@dataclass(frozen=True)
class Indicator:
    text: str
    aspect: Aspect | None = None
    target_text: str = ""
    target_number: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class WorkResult:
    id: UUID
    kind: ResultKind
    title: str
    parent_work_result_id: UUID | None = None
    perspective: Perspective | None = None
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Annex:
    support: tuple[str, ...] = ()
    accountability: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """Everything the employee and the appraiser agree on; one version of it is frozen at each submission."""

    model: PlanModel
    results: tuple[WorkResult, ...] = ()
    expectations: tuple[tuple[BehaviourValue, str], ...] = ()
    annex: Annex = Annex()

    def parents(self) -> frozenset[UUID]:
        return frozenset(r.parent_work_result_id for r in self.results if r.parent_work_result_id is not None)


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

    def moved(self, move: Move) -> "Plan":
        target = ALLOWED[self.state].get(move)
        if target is None:
            raise PlanMoveRefused(state=self.state, move=move, allowed=", ".join(self.moves()) or "-")
        return replace(self, state=target, version=self.version + 1)

    def moves(self) -> list[Move]:
        edits = [Move.EDIT] if self.state in EDITABLE else []
        return edits + list(ALLOWED[self.state])

    def edited(self) -> "Plan":
        if self.state not in EDITABLE:
            raise PlanMoveRefused(state=self.state, move=Move.EDIT, allowed=", ".join(self.moves()) or "-")
        return replace(self, version=self.version + 1)

    def submitted(self) -> "Plan":
        after = self.moved(Move.SUBMIT)
        if self.appraiser_id is None:
            raise PlanWithoutAppraiser
        return after

    def activated(self) -> "Plan":
        return replace(self.moved(Move.ACTIVATE), active_version=self.plan_version)

    def revised(self) -> "Plan":
        return replace(self.moved(Move.REVISE), plan_version=self.plan_version + 1)

    def in_force(self) -> int:
        """The agreed version that progress and evaluations refer to; a revision under way does not suspend it."""
        if self.state is PlanState.CLOSED:
            raise PlanClosed
        if self.active_version is None:
            raise PlanNeverActive(state=self.state)
        return self.active_version


def content_problems(content: Content, *, high_leader: bool) -> Iterator[FieldError]:
    """What contradicts the form of an SKP (PermenPANRB 6/2022, annex: SKP of high leaders, and of others).

    A quantitative plan gives each indicator an aspect and a target, a qualitative one describes the measure
    without aspects. A high leader's (JPT) row carries a perspective, anybody else's may name the superior's result.
    """
    for index, result in enumerate(content.results):
        where = f"work_results.{index}"
        yield from _cascade_problems(result, where, high_leader=high_leader)
        for at, indicator in enumerate(result.indicators):
            yield from _indicator_problems(content.model, indicator, f"{where}.indicators.{at}")
    yield from _repeated([r.id for r in content.results], "work_results", "id")
    yield from _repeated([value for value, _ in content.expectations], "behaviour_expectations", "value")


def incompleteness(content: Content) -> Iterator[FieldError]:
    """What a plan still lacks before it can be submitted."""
    if not any(r.kind is ResultKind.MAIN for r in content.results):
        yield FieldError(
            "work_results", "main_result_missing", len(content.results), "sedikitnya satu hasil kerja MAIN (utama)"
        )
    for index, result in enumerate(content.results):
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
