"""What waits for somebody as appraiser, reviewer, decider, coach or counsellor."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.periods import QUARTERS, Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationKind, FollowUpKind

# A window never opens or closes further from the end of its period than this.
_NEAR_DAYS = 200


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
    closes_on: date


@dataclass(frozen=True)
class ProposalWaitingView:
    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None


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


def open_periods(setting: AgencySetting) -> list[Period]:
    """Return the quarters and years near today whose window is open, extensions aside."""
    year = setting.today.year
    periods = [Period(y, quarter) for y in (year - 1, year) for quarter in (*QUARTERS, None)]
    near = [period for period in periods if abs((period.last_day - setting.today).days) <= _NEAR_DAYS]
    return [period for period in near if setting.window(period).contains(setting.today)]
