"""The events this service publishes. None names a person: a unit, a ticket or a survey is all that others receive."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class SurveyPublished(IntegrationEvent):
    PRODUCER: ClassVar[str] = "wellbeing"
    NAME: ClassVar[str] = "SurveyPublished"
    VERSION: ClassVar[int] = 1
    SUBJECT: ClassVar[str] = "survey_id"

    survey_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConditionOpened(IntegrationEvent):
    """A place is unsafe or unhealthy. Published of environment and hazard tickets only, never of a personal case."""

    PRODUCER: ClassVar[str] = "wellbeing"
    NAME: ClassVar[str] = "ConditionOpened"
    VERSION: ClassVar[int] = 1
    SUBJECT: ClassVar[str] = "ticket_id"

    ticket_id: UUID
    unit_id: UUID
    category: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ConditionClosed(IntegrationEvent):
    PRODUCER: ClassVar[str] = "wellbeing"
    NAME: ClassVar[str] = "ConditionClosed"
    VERSION: ClassVar[int] = 1
    SUBJECT: ClassVar[str] = "ticket_id"

    ticket_id: UUID
