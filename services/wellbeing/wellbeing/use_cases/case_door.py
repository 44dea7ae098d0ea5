"""The door of a personal case: what every reading and every change passes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction
from wellbeing.domain.case_access import depends_on, exclusions, refuse_leader, refuse_stranger
from wellbeing.domain.errors import TicketNotTaken
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Ticket, TicketSubject

from .condition_view import EntryView, MessageView, entry_views, message_views
from .reach import leads_a_unit
from .report_case import REPORTED


@dataclass(frozen=True)
class CaseRow:
    """What an officer sees of a case before taking it: that it is urgent, and nothing of what it says."""

    ticket_id: UUID
    category: str
    danger: bool
    state: str
    taken: bool
    yours: bool
    received_at: datetime
    due_at: datetime
    escalated_at: datetime | None


@dataclass(frozen=True)
class CaseView:
    ticket_id: UUID
    category: str
    danger: bool
    place: str
    description: str
    state: str
    anonymous: bool
    reporter_id: UUID | None
    reported_employee_ids: list[UUID]
    reported_unit_ids: list[UUID]
    referral: str | None
    received_at: datetime
    due_at: datetime
    due_rule: str
    escalated_at: datetime | None
    closed_at: datetime | None
    version: int
    history: list[EntryView]
    messages: list[MessageView]


def enter(tx: Transaction, actor: Principal, ticket_id: UUID) -> Ticket:
    """Give a case to an officer who may know that it exists.

    Whoever must keep away is told that there is no such case: a refusal would tell a reported person of the report.
    """
    if actor.employee_id is None or not actor.has("wellbeing_officer"):
        raise Forbidden
    refuse_leader(leads_a_unit=leads_a_unit(tx, actor))
    ticket = tickets.get_case(tx.session, ticket_id)
    if must_keep_away(tx, ticket, actor.employee_id):
        raise NotFound(object="laporan", id=ticket_id)
    return ticket


def enter_as_handler(tx: Transaction, actor: Principal, ticket_id: UUID) -> Ticket:
    """Give a case to the officer to whom it is assigned."""
    ticket = enter(tx, actor, ticket_id)
    if ticket.owner_id is None:
        raise TicketNotTaken
    refuse_stranger(actor.employee_id, ticket.owner_id)
    return ticket


def must_keep_away(tx: Transaction, ticket: Ticket, employee_id: UUID) -> bool:
    """By what was written down when the case came in, and by how people stand to each other today."""
    if employee_id in tickets.excluded(tx.session, ticket.ticket_id):
        return True
    people, units = reported_of(tickets.subjects(tx.session, ticket.ticket_id))
    line = directory.line(tx.session, tx.agency_id)
    today = exclusions(line, reported=people, reported_units=units, named=(), reporter=None)
    return employee_id in today or depends_on(line, employee_id, reported=people, reported_units=units)


def reported_of(subjects: Iterable[TicketSubject]) -> tuple[list[UUID], list[UUID]]:
    reported = [subject for subject in subjects if subject.role == REPORTED]
    people = [subject.employee_id for subject in reported if subject.employee_id]
    return people, [subject.unit_id for subject in reported if subject.unit_id]


def case_row(actor: Principal, ticket: Ticket) -> CaseRow:
    return CaseRow(
        ticket_id=ticket.ticket_id,
        category=ticket.category,
        danger=ticket.danger,
        state=ticket.state,
        taken=ticket.owner_id is not None,
        yours=ticket.owner_id == actor.employee_id,
        received_at=ticket.received_at,
        due_at=ticket.due_at,
        escalated_at=ticket.escalated_at,
    )


def case_view(tx: Transaction, ticket: Ticket) -> CaseView:
    people, units = reported_of(tickets.subjects(tx.session, ticket.ticket_id))
    return CaseView(
        ticket_id=ticket.ticket_id,
        category=ticket.category,
        danger=ticket.danger,
        place=ticket.place,
        description=ticket.description,
        state=ticket.state,
        anonymous=ticket.anonymous,
        reporter_id=ticket.reporter_id,
        reported_employee_ids=people,
        reported_unit_ids=units,
        referral=ticket.referral,
        received_at=ticket.received_at,
        due_at=ticket.due_at,
        due_rule=ticket.due_rule,
        escalated_at=ticket.escalated_at,
        closed_at=ticket.closed_at,
        version=ticket.version,
        history=entry_views(tickets.entries(tx.session, ticket.ticket_id)),
        messages=message_views(tickets.messages(tx.session, ticket.ticket_id)),
    )
