"""The events this service publishes. None names a person: a unit, a ticket or a survey is all that others receive."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


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


@dataclass(frozen=True, kw_only=True)
class ConditionClosed(IntegrationEvent, subject="ticket_id"):
    ticket_id: UUID
