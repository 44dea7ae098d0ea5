"""Objections, corrections and follow-ups as heads: who, when, in which state and by when; no words of anybody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.values import FollowUpKind
from chassis.pagination import PageRequest


class CaseKind(StrEnum):
    OBJECTION = "OBJECTION"
    CORRECTION = "CORRECTION"
    FOLLOW_UP = "FOLLOW_UP"


class CaseState(StrEnum):
    """PROPOSED to WITHDRAWN are of corrections; the others are OPEN, then CLOSED."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class CaseHeadView:
    """A case without its words."""

    id: UUID
    kind: CaseKind
    follow_up_kind: FollowUpKind | None
    evaluation_id: UUID
    employee_id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    state: CaseState
    opened_at: datetime
    opened_by: Annotated[UUID | None, Meta(description="who filed or proposed it; null: it followed from a result")]
    official_id: Annotated[UUID | None, Meta(description="who is to decide, or leads the follow-up")]
    due_at: Annotated[datetime | None, Meta(description="until when an objection is to be decided")]
    due_on: Annotated[date | None, Meta(description="the earliest day of an action that is not done")]
    escalated: Annotated[bool, Meta(description="the decision was found to be late")]
    closed_at: datetime | None
    closed_by: Annotated[UUID | None, Meta(description="who decided, or ended the correction")]


@dataclass(frozen=True)
class ListCases:
    """`open` asks for those that wait, or for those that do not."""

    page: PageRequest
    kind: CaseKind | None = None
    year: int | None = None
    unit: UUID | None = None
    open: bool | None = None
