"""A ticket about a place, as its different readers see it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Measurement, Ticket, TicketEntry, TicketMessage

from .reach import led_units


@dataclass(frozen=True)
class MeasurementView:
    """A value with the limits it was held against: whoever reads it can repeat the comparison."""

    measurement_id: UUID
    unit_id: UUID
    place: str
    measure: str
    value: Decimal
    measured_on: date
    finding: str
    lowest: Decimal | None
    highest: Decimal | None
    source: str
    verified: bool
    reference_version: str
    ticket_id: UUID | None


@dataclass(frozen=True)
class EntryView:
    at: datetime
    action: str
    state: str
    note: str


@dataclass(frozen=True)
class MessageView:
    written_on: date
    from_reporter: bool
    text: str


@dataclass(frozen=True)
class ConditionView:
    ticket_id: UUID
    kind: str
    category: str
    danger: bool
    unit_id: UUID
    place: str
    description: str
    state: str
    anonymous: bool
    reporter_id: UUID | None
    owner_id: UUID | None
    referral: str | None
    received_at: datetime
    due_at: datetime
    due_rule: str
    escalated_at: datetime | None
    closed_at: datetime | None
    version: int
    history: list[EntryView]
    measurements: list[MeasurementView]
    messages: list[MessageView]


def condition_view(tx: Transaction, actor: Principal, ticket: Ticket, *, whole: bool = True) -> ConditionView:
    """Leaders see the place and what is done; who reported it only the officer, the owner and the reporter do."""
    inside = is_party(actor, ticket)
    assert ticket.unit_id is not None
    return ConditionView(
        ticket_id=ticket.ticket_id,
        kind=ticket.kind,
        category=ticket.category,
        danger=ticket.danger,
        unit_id=ticket.unit_id,
        place=ticket.place,
        description=ticket.description,
        state=ticket.state,
        anonymous=ticket.anonymous,
        reporter_id=ticket.reporter_id if inside else None,
        owner_id=ticket.owner_id,
        referral=ticket.referral,
        received_at=ticket.received_at,
        due_at=ticket.due_at,
        due_rule=ticket.due_rule,
        escalated_at=ticket.escalated_at,
        closed_at=ticket.closed_at,
        version=ticket.version,
        history=entry_views(tickets.entries(tx.session, ticket.ticket_id)) if whole else [],
        measurements=[measurement_view(row) for row in tickets.measurements(tx.session, ticket.ticket_id)]
        if whole
        else [],
        messages=message_views(tickets.messages(tx.session, ticket.ticket_id)) if whole and inside else [],
    )


def is_party(actor: Principal, ticket: Ticket) -> bool:
    person = actor.employee_id
    return actor.has("wellbeing_officer") or (person is not None and person in {ticket.reporter_id, ticket.owner_id})


def need_reader(tx: Transaction, actor: Principal, ticket: Ticket) -> None:
    """Raise Forbidden unless this is the officer, the owner, the reporter, or a leader above the place."""
    if is_party(actor, ticket):
        return
    if ticket.unit_id not in directory.tree(tx.session).subtree(led_units(tx, actor)):
        raise Forbidden


def need_mover(actor: Principal, ticket: Ticket) -> None:
    """Raise Forbidden unless this is the officer or the owner."""
    owns = actor.employee_id is not None and actor.employee_id == ticket.owner_id
    if not (owns or actor.has("wellbeing_officer")):
        raise Forbidden


def measurement_view(row: Measurement) -> MeasurementView:
    return MeasurementView(
        **{name: getattr(row, name) for name in MeasurementView.__dataclass_fields__},
    )


def entry_views(rows: list[TicketEntry]) -> list[EntryView]:
    return [EntryView(row.at, row.action, row.state, row.note) for row in rows]


def message_views(rows: list[TicketMessage]) -> list[MessageView]:
    return [MessageView(row.written_on, row.from_reporter, row.text) for row in rows]
