"""The events of reviews. None says which rating it is, nor goes to the employee, who does not read it yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(IntegrationEvent, subject="employee_id"):
    """An evaluation waits for its review; without a reviewer HR is to designate one."""

    review_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    reviewer_id: UUID | None
    review_until: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewReturned(IntegrationEvent, subject="employee_id"):
    """The reviewer has returned an evaluation to its appraiser, who rates anew or gives a further reason."""

    review_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    finish_until: datetime | None


class OverdueLevel(StrEnum):
    """To whom a late review goes: first to who is above the reviewer, then to HR."""

    SUPERIOR = "SUPERIOR"
    HR = "HR"


@dataclass(frozen=True, kw_only=True)
class ReviewOverdue(IntegrationEvent, subject="employee_id"):
    """A review is late; `reviewer_superior_id` is who is above the reviewer on that day."""

    review_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    reviewer_id: UUID | None
    reviewer_superior_id: UUID | None
    level: OverdueLevel
    review_until: datetime
