"""Tickets as their different readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta

from chassis.views import view_of
from wellbeing.domain.measurement import MeasurementView
from wellbeing.domain.reporting_line import Subjects
from wellbeing.domain.ticket import Referral, Ticket, TicketKind, TicketState


@dataclass(frozen=True)
class EntryView:
    at: datetime
    action: str
    state: TicketState
    note: str


def whole_history(ticket: Ticket, recorded: Sequence[EntryView]) -> Sequence[EntryView]:
    """Return the history with its beginning, which is not recorded of a report without a name: rows are numbered."""
    if any(entry.action == "RECEIVED" for entry in recorded):
        return recorded
    return [EntryView(ticket.received_at, "RECEIVED", TicketState.RECEIVED, ""), *recorded]


@dataclass(frozen=True)
class MessageView:
    written_on: date
    from_reporter: bool
    text: str


@dataclass(frozen=True)
class ReceiptView:
    """All that a reporter gets back."""

    code: Annotated[str, Meta(description="the only way to follow the report; shown once")]
    state: TicketState
    due_at: datetime


@dataclass(frozen=True)
class ConditionView:
    ticket_id: UUID
    kind: TicketKind
    category: str
    danger: bool
    unit_id: UUID
    place: str
    description: str
    state: TicketState
    anonymous: bool
    reporter_id: UUID | None
    owner_id: UUID | None
    referral: Referral | None
    received_at: datetime
    due_at: datetime
    due_rule: Annotated[str, Meta(description="version of the deadline rule, or resolve_by")]
    escalated_at: datetime | None
    closed_at: datetime | None
    version: int
    history: Sequence[EntryView]
    measurements: Sequence[MeasurementView]
    messages: Sequence[MessageView]

    @classmethod
    def of(
        cls,
        ticket: Ticket,
        *,
        is_party: bool,
        history: Sequence[EntryView] = (),
        measurements: Sequence[MeasurementView] = (),
        messages: Sequence[MessageView] = (),
    ) -> "ConditionView":
        """Leaders see the place and what is done; who reported it only the officer, the owner and the reporter do."""
        return view_of(
            cls,
            ticket,
            reporter_id=ticket.reporter_id if is_party else None,
            history=history,
            measurements=measurements,
            messages=messages if is_party else (),
        )


@dataclass(frozen=True)
class CaseRowView:
    """What an officer sees of a case before taking it: that it is urgent, and nothing of what it says."""

    ticket_id: UUID
    category: str
    danger: bool
    state: TicketState
    taken: bool
    yours: bool
    received_at: datetime
    due_at: datetime
    escalated_at: datetime | None

    @classmethod
    def of(cls, ticket: Ticket, reader_id: UUID) -> "CaseRowView":
        return view_of(cls, ticket, taken=ticket.owner_id is not None, yours=ticket.owner_id == reader_id)


@dataclass(frozen=True)
class CaseView:
    ticket_id: UUID
    category: str
    danger: bool
    place: str
    description: str
    state: TicketState
    anonymous: bool
    reporter_id: UUID | None
    reported_employee_ids: Sequence[UUID]
    reported_unit_ids: Sequence[UUID]
    referral: Referral | None
    received_at: datetime
    due_at: datetime
    due_rule: str
    escalated_at: datetime | None
    closed_at: datetime | None
    version: int
    history: Sequence[EntryView]
    messages: Sequence[MessageView]

    @classmethod
    def of(
        cls, ticket: Ticket, subjects: Subjects, history: Sequence[EntryView], messages: Sequence[MessageView]
    ) -> "CaseView":
        return view_of(
            cls,
            ticket,
            reported_employee_ids=subjects.employees,
            reported_unit_ids=subjects.units,
            history=history,
            messages=messages,
        )


@dataclass(frozen=True)
class ReportView:
    """What a reporter may know: how far it is, and what was written. Not who handles it, and not what it reported."""

    kind: TicketKind
    category: str
    state: TicketState
    referral: Referral | None
    received_on: date
    due_on: date
    escalated: bool
    messages: Sequence[MessageView]

    @classmethod
    def of(cls, ticket: Ticket, time_zone: str, messages: Sequence[MessageView]) -> "ReportView":
        zone = ZoneInfo(time_zone)
        return view_of(
            cls,
            ticket,
            received_on=ticket.received_at.astimezone(zone).date(),
            due_on=ticket.due_at.astimezone(zone).date(),
            escalated=ticket.escalated_at is not None,
            messages=messages,
        )
