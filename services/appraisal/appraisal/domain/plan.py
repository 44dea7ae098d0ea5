"""The yearly plan (SKP): what it holds, and the moves it allows."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from appraisal.domain.errors import (
    PlanClosed,
    PlanMoveRefused,
    PlanNeverActive,
    YearAlreadyClosed,
)
from appraisal.domain.people import Employee
from appraisal.domain.plan_content import Content
from appraisal.domain.plan_version import PlanVersion, VersionState
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.values import EDITABLE, Capacity, PlanState
from chassis.pagination import PageRequest
from chassis.views import view_of


class PlanMove(StrEnum):
    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    ACTIVATE = "ACTIVATE"
    REVISE = "REVISE"
    WITHDRAW = "WITHDRAW"
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
# Where WITHDRAW leads, by the state and whether a version is in force: what is submitted goes back to its employee, and
# a revision is dropped.
WITHDRAWN: dict[tuple[PlanState, bool], PlanState] = {
    (PlanState.SUBMITTED, False): PlanState.DRAFT,
    (PlanState.SUBMITTED, True): PlanState.REVISED,
    (PlanState.RETURNED, True): PlanState.ACTIVE,
    (PlanState.REVISED, True): PlanState.ACTIVE,
}
_VERSION_AFTER = {
    PlanMove.SUBMIT: VersionState.SUBMITTED,
    PlanMove.RETURN: VersionState.RETURNED,
    PlanMove.ACTIVATE: VersionState.AGREED,
}

# What is done of somebody in service alone; a plan that was submitted before may still be agreed, returned or closed.
IN_SERVICE = (PlanMove.EDIT, PlanMove.SUBMIT, PlanMove.REVISE, PlanMove.WITHDRAW)


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
        edit = (PlanMove.EDIT,) if self.state in EDITABLE else ()
        withdraw = (PlanMove.WITHDRAW,) if self._withdrawn_to is not None else ()
        moves = (*edit, *MOVES[self.state], *withdraw)
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

    def revised(self, number: int) -> Self:
        """Return the plan with a new version under a number that no other has had."""
        return replace(self.moved(PlanMove.REVISE), plan_version=number)

    def withdrawn(self) -> Self:
        """Take back what is submitted, or drop a revision: the version in force is then the plan's again.

        Raise PlanMoveRefused.
        """
        target = self._withdrawn_to
        if target is None:
            raise self._refused(PlanMove.WITHDRAW)
        back_in_force = self.active_version if target is PlanState.ACTIVE else None
        return replace(self, state=target, plan_version=back_in_force or self.plan_version)

    @property
    def withdrawn_by(self) -> tuple[UUID | None, ...]:
        """Return who may withdraw: what is submitted the employee alone, a revision also the appraiser."""
        alone = self.state is PlanState.SUBMITTED
        return (self.employee_id,) if alone else (self.employee_id, self.appraiser_id)

    @property
    def _withdrawn_to(self) -> PlanState | None:
        return WITHDRAWN.get((self.state, self.active_version is not None))

    def version_after(self, move: PlanMove) -> VersionState | None:
        """Return what a move of this plan makes of the version that is being written; None leaves it as it is."""
        if move is PlanMove.WITHDRAW:
            return VersionState.DRAFT if self.state is PlanState.SUBMITTED else VersionState.WITHDRAWN
        return _VERSION_AFTER.get(move)

    def capacity_of(self, person: UUID | None) -> Capacity | None:
        """Return as whom somebody takes a step who needs no duty of that day for it; None for the plan's employee."""
        if person is not None and person == self.employee_id:
            return None
        return Capacity.APPRAISER if person is not None and person == self.appraiser_id else Capacity.HR

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
            raise PlanNeverActive(state=in_words(self.state))
        return self.active_version

    def _refused(self, move: PlanMove) -> PlanMoveRefused:
        allowed = all_in_words(self.moves())
        return PlanMoveRefused(state=in_words(self.state), move=in_words(move), allowed=allowed)


@dataclass(frozen=True)
class PlanAsRead:
    """A plan that is to be agreed, in the version of its row that the appraiser has read."""

    plan_id: UUID
    version: int


@dataclass(frozen=True)
class FullPlan(Plan):
    """A plan with the version that is being written, or was written last, and the one in force."""

    present: PlanVersion
    agreed_version: PlanVersion | None
    updated_at: datetime

    @property
    def content(self) -> Content:
        return self.present.content

    @property
    def shown(self) -> PlanVersion:
        """Return the version that counts: the one in force, also while it is revised, else the one being written."""
        return self.agreed_version or self.present

    @property
    def draft(self) -> PlanVersion | None:
        """Return the version that is being written beside the one in force."""
        is_beside = self.agreed_version is not None and self.present.number != self.agreed_version.number
        return self.present if is_beside and self.state is not PlanState.CLOSED else None

    @property
    def result_ids(self) -> frozenset[UUID]:
        return self.present.content.result_ids | self.shown.content.result_ids

    def agreed_content(self) -> Content:
        """Return the content agreed last: what is worked on, commented on and rated. Raise PlanNeverActive."""
        self.agreed()
        return self.shown.content


@dataclass(frozen=True)
class ListPlans:
    page: PageRequest
    year: int | None = None
    unit: UUID | None = None
    state: PlanState | None = None
    employee_id: UUID | None = None
