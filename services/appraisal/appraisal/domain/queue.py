"""What waits for somebody as appraiser, reviewer, decider, coach or counsellor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.values import EvaluationKind, FollowUpKind


@dataclass(frozen=True)
class PlanWaitingView:
    plan_id: UUID
    employee_id: UUID
    year: int
    plan_version: int
    updated_at: datetime


@dataclass(frozen=True)
class RatingWaitingView:
    plan_id: UUID
    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    closes_on: date


@dataclass(frozen=True)
class ProposalWaitingView:
    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None


@dataclass(frozen=True)
class ObjectionWaitingView:
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    decide_by: datetime
    escalated: bool


@dataclass(frozen=True)
class FollowUpWaitingView:
    follow_up_id: UUID
    employee_id: UUID
    kind: FollowUpKind
    opened_at: datetime


@dataclass(frozen=True)
class QueueView:
    plans_to_agree: tuple[PlanWaitingView, ...]
    to_rate: tuple[RatingWaitingView, ...]
    proposals_to_finish: tuple[ProposalWaitingView, ...]
    objections_to_decide: tuple[ObjectionWaitingView, ...]
    follow_ups: tuple[FollowUpWaitingView, ...]


def open_periods(rows: Iterable[PeriodRow], today: date) -> list[PeriodRow]:
    """Return the periods whose window is open."""
    return [row for row in rows if row.window.contains(today)]
