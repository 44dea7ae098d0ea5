"""Names follow the timelines of personnel: while a matter is open, and after that by a correction only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.people import Employee
from appraisal.domain.plan import Plan
from appraisal.domain.values import EvaluationState
from directory.timelines import Cause

NameField = Literal["unit_id", "appraiser_id", "reviewer_id"]
_WORDS = {Cause.CHANGE: "Perubahan kepegawaian", Cause.CORRECTION: "Pembetulan data kepegawaian"}


@dataclass(frozen=True)
class NameChange:
    """One name of a plan or an evaluation: from whom to whom."""

    field: NameField
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True)
class WhyFollowed:
    """What personnel has published of somebody, or of their superior: since when it is otherwise, and why."""

    changed_from: date
    corrected_from: date | None = None

    @property
    def reason(self) -> str:
        cause = Cause.CORRECTION if self.corrected_from else Cause.CHANGE
        return f"{_WORDS[cause]} sejak {(self.corrected_from or self.changed_from).isoformat()}"

    def corrects(self, day: date) -> bool:
        """Return whether what was known of a day was never so."""
        return self.corrected_from is not None and self.corrected_from <= day

    def and_also(self, other: "WhyFollowed | None") -> "WhyFollowed":
        """Return both as one: the earlier day, and of what is corrected the earlier one."""
        if other is None:
            return self
        corrected = [one for one in (self.corrected_from, other.corrected_from) if one is not None]
        return WhyFollowed(min(self.changed_from, other.changed_from), min(corrected, default=None))


@dataclass(frozen=True)
class Followed:
    """What is to be written: the names of one plan or evaluation as they are now."""

    id: UUID
    employee_id: UUID
    reason: str
    changed: tuple[NameChange, ...]

    @property
    def names(self) -> dict[str, UUID | None]:
        return {change.field: change.after for change in self.changed}


@dataclass(frozen=True)
class ReroutingView:
    """Other officials were named on an evaluation: in which state it was, from whom to whom, and why."""

    state: EvaluationState
    reason: str
    changed: tuple[NameChange, ...]
    at: datetime


def follow_plan(plan: Plan, employee: Employee, why: WhyFollowed) -> Followed | None:
    """Return the names to write; None when the plan has them."""
    changed = _changes(plan, employee, ("unit_id", "appraiser_id", "reviewer_id"))
    return Followed(plan.id, plan.employee_id, why.reason, changed) if changed else None


@dataclass(frozen=True)
class NewSegment:
    """An agreed plan ends on the day before a move, and a draft with its content begins for the new appraiser."""

    id: UUID
    new_id: UUID
    employee_id: UUID
    reason: str
    last_day: date
    first_day: date
    unit_id: UUID
    appraiser_id: UUID | None
    reviewer_id: UUID | None


def begin_segment(
    plan: Plan, employee: Employee, first_day: date, why: WhyFollowed, new_plan_id: UUID
) -> NewSegment | None:
    """Return the new segment when a real move has ended an agreed plan; a correction, or another reviewer, does not."""
    is_moved = (plan.unit_id, plan.appraiser_id) != (employee.unit_id, employee.appraiser_id)
    began = plan.first_day or date(plan.year, 1, 1)
    if why.corrects(first_day) or plan.active_version is None or not is_moved or first_day <= began:
        return None
    reason = f"{why.reason}; SKP baru disusun dengan pejabat penilai yang baru"
    last_day, now = first_day - timedelta(days=1), (employee.unit_id, employee.appraiser_id, employee.reviewer_id)
    return NewSegment(plan.id, new_plan_id, plan.employee_id, reason, last_day, first_day, *now)


def follow_evaluation(evaluation: Evaluation, employee: Employee, why: WhyFollowed) -> Followed | None:
    """Return the names to write; None when the evaluation has them. Its unit, and who rated, stay."""
    fields: tuple[NameField, ...] = ("appraiser_id", "reviewer_id")
    changed = _changes(evaluation, employee, fields if employee.appraiser_id else fields[1:])
    return Followed(evaluation.id, evaluation.employee_id, why.reason, changed) if changed else None


def is_rerouted(issued_on: date, why: WhyFollowed) -> bool:
    """Return whether an issued evaluation gets other names: only when those of its day were never right."""
    return why.corrects(issued_on)


def merged(reasons: Iterable[tuple[UUID, WhyFollowed]]) -> Mapping[UUID, WhyFollowed]:
    """Return one reason for each person."""
    found: dict[UUID, WhyFollowed] = {}
    for person, why in reasons:
        found[person] = why.and_also(found.get(person))
    return found


def _changes(before: Any, employee: Employee, fields: tuple[NameField, ...]) -> tuple[NameChange, ...]:
    pairs = ((field, getattr(before, field), getattr(employee, field)) for field in fields)
    return tuple(NameChange(field, was, now) for field, was, now in pairs if was != now)
