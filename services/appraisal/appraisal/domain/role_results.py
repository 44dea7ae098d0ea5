"""The role-result matrix (matriks peran hasil): whose results support which of a leader's, and where a gap is."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.result_link import OfferedResult
from appraisal.domain.values import PlanState
from chassis.views import view_of


@dataclass(frozen=True)
class SubordinateResult:
    """A work result of somebody whom the leader appraises; `parent_id` names the leader's result it supports."""

    employee_id: UUID
    state: PlanState
    work_result_id: UUID
    title: str
    parent_id: UUID | None


@dataclass(frozen=True)
class RoleCellView:
    employee_id: UUID
    work_result_id: UUID
    title: str
    state: PlanState

    @classmethod
    def of(cls, result: SubordinateResult) -> "RoleCellView":
        return view_of(cls, result)


@dataclass(frozen=True)
class LeaderResultView:
    work_result_id: UUID
    title: str
    supported_by: tuple[RoleCellView, ...]
    gap: bool


@dataclass(frozen=True)
class RoleResultsView:
    unit_id: UUID
    year: int
    leader_id: UUID | None
    results: tuple[LeaderResultView, ...] = ()
    unlinked: tuple[RoleCellView, ...] = ()
    dangling: tuple[RoleCellView, ...] = ()

    @classmethod
    def of(
        cls,
        unit_id: UUID,
        year: int,
        leader_id: UUID,
        leader_results: Sequence[OfferedResult],
        subordinate_results: Sequence[SubordinateResult],
    ) -> "RoleResultsView":
        """Return the matrix: a result of the leader that nobody supports is a gap.

        Each result of a subordinate is in one list: it supports one of these, or none, or one that is there no longer.
        """
        results = []
        for result in leader_results:
            cells = tuple(RoleCellView.of(item) for item in subordinate_results if item.parent_id == result.id)
            results.append(LeaderResultView(result.id, result.title, cells, gap=not cells))
        there = {result.id for result in leader_results}
        unlinked = tuple(RoleCellView.of(item) for item in subordinate_results if item.parent_id is None)
        lost = [item for item in subordinate_results if item.parent_id is not None and item.parent_id not in there]
        return cls(unit_id, year, leader_id, tuple(results), unlinked, tuple(map(RoleCellView.of, lost)))
