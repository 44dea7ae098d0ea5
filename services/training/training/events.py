"""The events that training publishes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from approvals.events import ProposalWaits
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of
from training.domain.enrolment import Enrolment
from training.domain.ledger import LedgerEntry
from training.domain.need import Cause, Need
from training.domain.record import Record, RevocationReason
from training.domain.session import TrainingSession


@dataclass(frozen=True, kw_only=True)
class TrainingNeedRaised(IntegrationEvent, subject="employee_id"):
    """A need has a new reason: an evaluation, a measured gap or a request."""

    need_id: UUID
    employee_id: UUID
    competency_code: str
    required_level: int | None
    actual_level: int | None
    source: str
    source_id: UUID | None

    @classmethod
    def of(cls, need: Need, cause: Cause) -> "TrainingNeedRaised":
        return view_of(cls, need, need_id=need.id, source=cause.source, source_id=cause.source_id)


@dataclass(frozen=True, kw_only=True)
class TrainingEnrolled(IntegrationEvent, subject="employee_id"):
    """Somebody has a seat, at once or from the waiting list."""

    enrolment_id: UUID
    session_id: UUID
    employee_id: UUID
    starts_on: date

    @classmethod
    def of(cls, enrolment: Enrolment, session: TrainingSession) -> "TrainingEnrolled":
        return view_of(cls, enrolment, enrolment_id=enrolment.id, starts_on=session.starts_on)


@dataclass(frozen=True, kw_only=True)
class TrainingFinished(IntegrationEvent, subject="employee_id"):
    """A training is on record and its JP are booked."""

    record_id: UUID
    employee_id: UUID
    course_code: str
    session_id: UUID | None
    jp: int
    completed_on: date
    year: int

    @classmethod
    def of(cls, record: Record, credit: LedgerEntry) -> "TrainingFinished":
        return view_of(cls, record, record_id=record.id, year=credit.year)


@dataclass(frozen=True, kw_only=True)
class SecondPersonAwaited(ProposalWaits, IntegrationEvent, subject="proposal_id"):
    """A proposed action waits for the decision of a second person."""


@dataclass(frozen=True, kw_only=True)
class TrainingReversed(IntegrationEvent, subject="employee_id"):
    """A record was revoked and its JP are reversed."""

    record_id: UUID
    employee_id: UUID
    jp: int
    year: int
    reason_code: str

    @classmethod
    def of(cls, credit: LedgerEntry, reason: RevocationReason) -> "TrainingReversed":
        """Make the event from the credit that is reversed."""
        return view_of(cls, credit, reason_code=reason)
