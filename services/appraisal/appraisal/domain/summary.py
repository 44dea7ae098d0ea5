"""How far the cycle has come: counts by state for each unit, and predicates where the group is large enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.suppression import hidden_groups
from appraisal.domain.values import EvaluationState, PlanState
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


@dataclass(frozen=True)
class CycleCounts:
    """Employees, plans and evaluations of some units in a period, counted."""

    employees: Sequence[EmployeeCount]
    plans: Sequence[PlanCount]
    evaluations: Sequence[EvaluationCount]

    def unit_ids(self) -> list[UUID]:
        counted: list[EmployeeCount | PlanCount | EvaluationCount] = [*self.employees, *self.plans, *self.evaluations]
        return sorted({item.unit_id for item in counted}, key=str)

    def of_unit(self, unit_id: UUID) -> "CycleCounts":
        return CycleCounts(
            [item for item in self.employees if item.unit_id == unit_id],
            [item for item in self.plans if item.unit_id == unit_id],
            [item for item in self.evaluations if item.unit_id == unit_id],
        )

    def predicates(self) -> dict[Predicate, int]:
        """Count the predicates of final evaluations."""
        final = [item for item in self.evaluations if item.state is EvaluationState.FINAL]
        return _sums(Predicate, ((item.predicate, item.count) for item in final))


@dataclass(frozen=True)
class SummaryCountsView:
    headcount: int
    plans: dict[PlanState, int]
    evaluations: dict[EvaluationState, int]
    predicates: dict[Predicate, int] | None
    hidden: bool

    @classmethod
    def of(cls, counts: CycleCounts, *, hidden: bool) -> "SummaryCountsView":
        return cls(
            headcount=sum(item.count for item in counts.employees),
            plans=_sums(PlanState, ((item.state, item.count) for item in counts.plans)),
            evaluations=_sums(EvaluationState, ((item.state, item.count) for item in counts.evaluations)),
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
    def of(cls, period: Period, counts: CycleCounts, smallest: int) -> "SummaryView":
        """Predicates count final evaluations only; a group under the threshold is hidden, and what would reveal it."""
        by_unit = {unit_id: counts.of_unit(unit_id) for unit_id in counts.unit_ids()}
        hidden = hidden_groups(
            {unit: sum(counted.predicates().values()) for unit, counted in by_unit.items()}, smallest
        )
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
