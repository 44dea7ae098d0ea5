"""What waits for somebody as appraiser, reviewer, decider, coach or counsellor."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.obligation_views import ObligationView
from appraisal.domain.values import EvaluationKind, FollowUpKind

# A window never opens or closes further from the end of its period than this.
_NEAR_DAYS = 200


@dataclass(frozen=True)
class PlanWaitingView:
    plan_id: UUID
    employee_id: UUID
    year: int
    plan_version: int
    version: int
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
    """A proposal to finish by `due_at`. A late one cannot be finished until HR extends the deadline or the window.

    HR lists it among the overdue obligations; where the agency's rule lets it lapse (LAPSE) it waits no longer.
    """

    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    due_at: datetime | None
    late: bool


@dataclass(frozen=True)
class ObjectionWaitingView:
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    decide_by: datetime
    escalated: bool


@dataclass(frozen=True)
class DialogueWaitingView:
    """A dialogue that somebody owes; of a late one also the reviewer."""

    evaluation_id: UUID
    employee_id: UUID
    requested_at: datetime
    answer_by: datetime
    late: bool


@dataclass(frozen=True)
class StatementWaitingView:
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    statement_by: Annotated[datetime | None, Meta(description="null: an objection of the former release")]


@dataclass(frozen=True)
class FollowUpWaitingView:
    follow_up_id: UUID
    employee_id: UUID
    kind: FollowUpKind
    opened_at: datetime


@dataclass(frozen=True)
class ReviewWaitingView:
    """A finished rating to confirm or to return; with the version of the evaluation, which If-Match takes."""

    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    review_until: datetime
    late: bool
    version: int


@dataclass(frozen=True)
class QueueView:
    plans_to_agree: tuple[PlanWaitingView, ...]
    to_rate: tuple[RatingWaitingView, ...]
    proposals_to_finish: tuple[ProposalWaitingView, ...]
    objections_to_decide: tuple[ObjectionWaitingView, ...]
    dialogues_to_answer: tuple[DialogueWaitingView, ...]
    follow_ups: tuple[FollowUpWaitingView, ...]
    objections_to_answer: tuple[StatementWaitingView, ...]
    reviews_to_make: tuple[ReviewWaitingView, ...]
    reviews_for_hr: Annotated[
        tuple[ReviewWaitingView, ...],
        Meta(description="of HR officers: reviews that nobody can make, or that are late for long; none about oneself"),
    ]
    overdue: Annotated[
        tuple[ObligationView, ...],
        Meta(description="whose deadline is over, also after the window is closed, with what may be done about it"),
    ]


EMPTY_QUEUE = QueueView((), (), (), (), (), (), (), (), (), ())


def years_to_rate(today: date) -> tuple[int, ...]:
    """Return the years of which something may be rated today: this one, and the last one near its end."""
    year = today.year
    return (year - 1, year) if (today - date(year - 1, 12, 31)).days <= _NEAR_DAYS else (year,)
