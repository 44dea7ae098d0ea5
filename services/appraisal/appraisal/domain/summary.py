"""How far the cycle has come: counts by state for each unit, and predicates where the group is large enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.suppression import UnitTree
from appraisal.domain.values import UNDISCLOSED, EvaluationState, PlanState
from chassis.views import view_of
from directory.performance import Predicate

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class EmployeeCount:
    unit_id: UUID
    count: int


@dataclass(frozen=True)
class PlanCount:
    unit_id: UUID
    state: PlanState
    count: int


@dataclass(frozen=True)
class EvaluationCount:
    unit_id: UUID
    state: EvaluationState
    predicate: Predicate
    count: int

    @property
    def shown_state(self) -> EvaluationState:
        """Return the state; under review counts as proposed: how many are would disclose how many extremes are."""
        return EvaluationState.PROPOSED if self.state in UNDISCLOSED else self.state


@dataclass(frozen=True)
class CompletionCount:
    """The evaluations of a period that are owed in a unit: how many are done and overdue; excused ones are not owed."""

    unit_id: UUID
    owed: int
    done: int
    excused: int
    overdue: int


@dataclass(frozen=True)
class CompletionView:
    """How many evaluations of the period are owed, done and overdue; who is excused owes none."""

    owed: int
    done: int
    excused: int
    overdue: int

    @classmethod
    def of(cls, counted: Sequence[CompletionCount]) -> "CompletionView":
        return cls(
            sum(one.owed for one in counted),
            sum(one.done for one in counted),
            sum(one.excused for one in counted),
            sum(one.overdue for one in counted),
        )


@dataclass(frozen=True)
class CycleCounts:
    """Employees, plans, evaluations and obligations of some units in a period, counted."""

    employees: Sequence[EmployeeCount]
    plans: Sequence[PlanCount]
    evaluations: Sequence[EvaluationCount]
    completion: Sequence[CompletionCount]

    def by_unit(self) -> dict[UUID, "CycleCounts"]:
        """Return the counts of each unit, in one pass over all of them."""
        found: dict[UUID, tuple[list[Any], ...]] = {}
        kinds: tuple[Sequence[Any], ...] = (self.employees, self.plans, self.evaluations, self.completion)
        for place, items in enumerate(kinds):
            for item in items:
                found.setdefault(item.unit_id, ([], [], [], []))[place].append(item)
        return {unit_id: CycleCounts(*found[unit_id]) for unit_id in sorted(found, key=str)}

    def predicates(self) -> dict[Predicate, int]:
        """Count the predicates of final evaluations."""
        final = [item for item in self.evaluations if item.state is EvaluationState.FINAL]
        return _sums(Predicate, ((item.predicate, item.count) for item in final))


@dataclass(frozen=True)
class SummaryCountsView:
    headcount: int
    plans: dict[PlanState, int]
    evaluations: dict[EvaluationState, int]
    completion: CompletionView
    predicates: dict[Predicate, int] | None
    hidden: bool

    @classmethod
    def of(cls, counts: CycleCounts, *, hidden: bool) -> "SummaryCountsView":
        return cls(
            headcount=sum(item.count for item in counts.employees),
            plans=_sums(PlanState, ((item.state, item.count) for item in counts.plans)),
            evaluations=_sums(EvaluationState, ((item.shown_state, item.count) for item in counts.evaluations)),
            completion=CompletionView.of(counts.completion),
            predicates=None if hidden else counts.predicates(),
            hidden=hidden,
        )


@dataclass(frozen=True)
class UnitSummaryView(SummaryCountsView):
    unit_id: UUID


@dataclass(frozen=True)
class SummaryView:
    year: int
    quarter: int | None
    month: int | None
    smallest_group: int
    units: tuple[UnitSummaryView, ...]
    total: SummaryCountsView

    @classmethod
    def of(
        cls, period: Period, counts: CycleCounts, smallest: int, parents: Mapping[UUID, UUID | None]
    ) -> "SummaryView":
        """Predicates count final evaluations only; a group under the threshold is hidden, and what would reveal it.

        The distribution shows units with all below them, so what would reveal a group depends on the tree.
        """
        by_unit = counts.by_unit()
        sizes = {unit: sum(counted.predicates().values()) for unit, counted in by_unit.items()}
        hidden = UnitTree({**dict.fromkeys(parents, 0), **sizes}, parents).hidden(smallest).own
        units = [
            view_of(UnitSummaryView, SummaryCountsView.of(counted, hidden=unit in hidden), unit_id=unit)
            for unit, counted in by_unit.items()
        ]
        is_small = 0 < sum(counts.predicates().values()) < smallest
        total = SummaryCountsView.of(counts, hidden=is_small)
        return cls(period.year, period.quarter, period.month, smallest, tuple(units), total)


def _sums(kind: type[E], counted: Iterable[tuple[E, int]]) -> dict[E, int]:
    sums = dict.fromkeys(kind, 0)
    for key, count in counted:
        sums[key] += count
    return sums
