"""Individual development plans (IDP): the employee drafts, the appraiser agrees; then only a revision changes it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError
from chassis.views import view_of
from training.domain.errors import PlanEmpty, PlanExists, PlanNotEditable, PlanWrongState


class PlanState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    AGREED = "AGREED"
    SUPERSEDED = "SUPERSEDED"


class ItemState(StrEnum):
    PLANNED = "PLANNED"
    DONE = "DONE"


MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.AGREED, PlanState.RETURNED}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED}),
    PlanState.SUPERSEDED: frozenset(),
}
_EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})


@dataclass(frozen=True)
class Plan:
    id: UUID
    employee_id: UUID
    year: int
    revision: int
    state: PlanState
    note: str
    agreed_by: UUID | None
    agreed_at: datetime | None
    created_at: datetime
    version: int = 1

    @classmethod
    def drafted(cls, plan_id: UUID, employee_id: UUID, year: int, now: datetime, *, revision: int = 1) -> "Plan":
        return cls(plan_id, employee_id, year, revision, PlanState.DRAFT, "", None, None, now)

    def revised(self, plan_id: UUID, now: datetime) -> "Plan":
        """Return the draft of the next revision. Raise PlanWrongState unless this plan is agreed."""
        if self.state is not PlanState.AGREED:
            raise PlanWrongState(state=self.state, target="REVISI")
        return Plan.drafted(plan_id, self.employee_id, self.year, now, revision=self.revision + 1)

    def submitted(self, *, has_items: bool) -> "Plan":
        """Return it submitted. Raise PlanWrongState, or PlanEmpty for a plan without items."""
        moved = self._moved(PlanState.SUBMITTED, "")
        if not has_items:
            raise PlanEmpty
        return moved

    def returned(self, note: str) -> "Plan":
        return self._moved(PlanState.RETURNED, note)

    def agreed(self, by: UUID, now: datetime, note: str) -> "Plan":
        return replace(self._moved(PlanState.AGREED, note), agreed_by=by, agreed_at=now)

    def superseded(self) -> "Plan":
        return self._moved(PlanState.SUPERSEDED, self.note)

    def require_editable(self) -> None:
        if self.state not in _EDITABLE:
            raise PlanNotEditable(state=self.state)

    def _moved(self, target: PlanState, note: str) -> "Plan":
        if target not in MOVES[self.state]:
            raise PlanWrongState(state=self.state, target=target)
        return replace(self, state=target, note=note)


@dataclass(frozen=True, kw_only=True)
class PlanItemTerms:
    """A goal of a plan; with a course, kind and JP may be left to it."""

    goal: str
    need_id: UUID | None
    course_code: str | None
    kind_code: str | None
    jp: int | None
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class AddPlanItem(PlanItemTerms):
    plan_id: UUID


@dataclass(frozen=True, kw_only=True)
class ChangePlanItem(PlanItemTerms):
    plan_id: UUID
    item_id: UUID


@dataclass(frozen=True)
class PlanItem:
    id: UUID
    plan_id: UUID
    goal: str
    need_id: UUID | None
    course_code: str | None
    kind_code: str
    jp: int
    due_on: date | None
    state: ItemState = ItemState.PLANNED
    record_id: UUID | None = None
    copied_from: UUID | None = None

    @classmethod
    def planned(cls, item_id: UUID, plan: Plan, terms: PlanItemTerms, kind_code: str, jp: int) -> "PlanItem":
        return cls(item_id, plan.id, terms.goal, terms.need_id, terms.course_code, kind_code, jp, terms.due_on)

    def changed(self, terms: PlanItemTerms, kind_code: str, jp: int) -> "PlanItem":
        return view_of(PlanItem, terms, self, kind_code=kind_code, jp=jp)

    def require_planned(self) -> None:
        """Raise PlanNotEditable for an item that a training record has finished."""
        if self.state is ItemState.DONE:
            raise PlanNotEditable(state=self.state)

    def finished(self, record_id: UUID) -> "PlanItem":
        """Return it done by a record; one that is done stays as it is."""
        return self if self.state is ItemState.DONE else replace(self, state=ItemState.DONE, record_id=record_id)

    def reopened(self) -> "PlanItem":
        """Return it planned again: its record was revoked."""
        return replace(self, state=ItemState.PLANNED, record_id=None)

    def copied(self, item_id: UUID, plan: Plan) -> "PlanItem":
        """Return its copy in a revision of the plan."""
        return replace(self, id=item_id, plan_id=plan.id, copied_from=self.id)

    def carried_over(self, original: "PlanItem | None") -> "PlanItem":
        """Return it as far as the original has come, in the plan before, while the revision was being drafted."""
        return self if original is None else replace(self, state=original.state, record_id=original.record_id)


@dataclass(frozen=True)
class Reading:
    """A reference item on the reading list of a plan's item."""

    id: UUID
    plan_item_id: UUID
    item_id: UUID
    added_by: UUID
    added_at: datetime
    read_on: date | None = None


@dataclass(frozen=True)
class ReadingView:
    item_id: UUID
    title: str
    added_at: datetime
    read_on: date | None


@dataclass(frozen=True)
class PlanItemView:
    id: UUID
    goal: str
    need_id: UUID | None
    course_code: str | None
    kind_code: str
    jp: int
    due_on: date | None
    state: ItemState
    record_id: UUID | None
    reading_list: list[ReadingView]


@dataclass(frozen=True)
class PlanView:
    """A plan with its items and their reading lists, and the JP planned and done."""

    id: UUID
    employee_id: UUID
    year: int
    revision: int
    state: PlanState
    note: str
    agreed_by: UUID | None
    agreed_at: datetime | None
    planned_jp: int
    done_jp: int
    version: int
    items: list[PlanItemView]


def plan_exists(year: int, plan_id: UUID) -> PlanExists:
    """Return the error for a year that has a plan already."""
    fault = FieldError("plan_id", PlanExists.code, str(plan_id), "tahun yang belum mempunyai rencana")
    return PlanExists(errors=[fault], year=year)
