"""The events this service publishes: a unit, a ticket or a survey, and a call to an officer; never who reports whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent
from wellbeing.domain.ticket import Ticket


@dataclass(frozen=True, kw_only=True)
class SurveyPublished(IntegrationEvent, subject="survey_id"):
    survey_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConditionOpened(IntegrationEvent, subject="ticket_id"):
    """A place is unsafe or unhealthy. Published of environment and hazard tickets only, never of a personal case."""

    ticket_id: UUID
    unit_id: UUID
    category: str
    due_at: datetime

    @classmethod
    def of(cls, ticket: Ticket) -> "ConditionOpened":
        assert ticket.unit_id is not None
        return cls(ticket_id=ticket.ticket_id, unit_id=ticket.unit_id, category=ticket.category, due_at=ticket.due_at)


class Addressee(StrEnum):
    OFFICER = "OFFICER"
    INSPECTORATE = "INSPECTORATE"


class Occasion(StrEnum):
    DANGER = "DANGER"
    OVERDUE = "OVERDUE"


@dataclass(frozen=True, kw_only=True)
class ReportWaiting(IntegrationEvent, subject="alarm_id"):
    """Somebody should look at the queue. It names whom it is for, and of the report not even an id."""

    alarm_id: UUID
    addressee: Addressee
    officer_id: UUID | None
    occasion: Occasion


@dataclass(frozen=True, kw_only=True)
class ConditionClosed(IntegrationEvent, subject="ticket_id"):
    ticket_id: UUID
