"""What training tells the others."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class TrainingNeedRaised(IntegrationEvent):
    """A need has a new reason: an evaluation, a measured gap or a request."""

    PRODUCER: ClassVar[str] = "training"
    NAME: ClassVar[str] = "TrainingNeedRaised"
    SUBJECT: ClassVar[str] = "employee_id"

    need_id: UUID
    employee_id: UUID
    competency_code: str
    required_level: int | None
    actual_level: int | None
    source: str
    source_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TrainingEnrolled(IntegrationEvent):
    """Somebody has a seat, at once or from the waiting list."""

    PRODUCER: ClassVar[str] = "training"
    NAME: ClassVar[str] = "TrainingEnrolled"
    SUBJECT: ClassVar[str] = "employee_id"

    enrolment_id: UUID
    session_id: UUID
    employee_id: UUID
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class TrainingFinished(IntegrationEvent):
    """A training is on record and its JP are booked."""

    PRODUCER: ClassVar[str] = "training"
    NAME: ClassVar[str] = "TrainingFinished"
    SUBJECT: ClassVar[str] = "employee_id"

    record_id: UUID
    employee_id: UUID
    course_code: str
    session_id: UUID | None
    jp: int
    completed_on: date
    year: int


@dataclass(frozen=True, kw_only=True)
class TrainingReversed(IntegrationEvent):
    """A record was revoked and its JP are taken back."""

    PRODUCER: ClassVar[str] = "training"
    NAME: ClassVar[str] = "TrainingReversed"
    SUBJECT: ClassVar[str] = "employee_id"

    record_id: UUID
    employee_id: UUID
    jp: int
    year: int
    reason_code: str
