"""Read personal cases: the queue, and one case as its handler."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from wellbeing.authorisation import load_case_as_handler, must_not_read, require_case_officer
from wellbeing.domain.ticket import ListTickets, Ticket
from wellbeing.domain.ticket_views import CaseRowView, CaseView, whole_history
from wellbeing.persistence import tickets
from wellbeing.persistence.officers import note_officer


def show_case(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> CaseView:
    """Return a case to its handler; every reading is audited. Raise NotFound, Forbidden, TicketNotTaken."""
    with work.transaction(actor.agency_id) as tx:
        ticket = load_case_as_handler(tx, actor, ticket_id)
        audit.record(tx, actor, "case_read", "ticket", ticket_id)
        return case_view(tx, ticket)


def list_cases(work: UnitOfWork, actor: Principal, query: ListTickets) -> Page[CaseRowView]:
    """Return the queue: how urgent, whether taken; nothing of what a case says.

    A page may hold fewer rows than asked for: those that the reader must not know of are removed from it.
    """
    with work.transaction(actor.agency_id) as tx:
        reader = require_case_officer(tx, actor)
        note_officer(tx, reader, today(tx))
        found = tickets.list_cases(tx, query)
        hidden = must_not_read(tx, [ticket.ticket_id for ticket in found.items], reader)
        shown = [CaseRowView.of(ticket, reader) for ticket in found.items if ticket.ticket_id not in hidden]
        audit.record(tx, actor, "case_queue_read", "ticket", "-", shown=len(shown))
        return Page(shown, found.next_cursor)


def case_view(tx: Transaction, ticket: Ticket) -> CaseView:
    """Return a whole case."""
    ticket_id = ticket.ticket_id
    subjects = tickets.subjects_of(tx, [ticket_id])[ticket_id]
    history = whole_history(ticket, tickets.history_of(tx, ticket_id))
    return CaseView.of(ticket, subjects, history, tickets.messages_of(tx, ticket_id))
