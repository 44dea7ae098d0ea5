"""Read tickets about places."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from wellbeing.authorisation import OFFICER, is_condition_party, require_condition_reader, visible_units
from wellbeing.domain.ticket import ListTickets, Ticket
from wellbeing.domain.ticket_views import ConditionView, whole_history
from wellbeing.persistence import tickets
from wellbeing.persistence.officers import note_officer


def show_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> ConditionView:
    """Return one ticket with its history and measurements. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        ticket = tickets.load_condition(tx, ticket_id)
        require_condition_reader(tx, actor, ticket)
        audit.record(tx, actor, "condition_read", "ticket", ticket_id)
        return condition_view(tx, actor, ticket)


def list_conditions(work: UnitOfWork, actor: Principal, query: ListTickets) -> Page[ConditionView]:
    """Return tickets, the newest first: the officer all, leaders those of their tree, all what they reported or own."""
    with work.transaction(actor.agency_id) as tx:
        if actor.has(OFFICER) and actor.employee_id is not None:
            note_officer(tx, actor.employee_id, today(tx))
        found = tickets.list_conditions(tx, query, visible_units(tx, actor), actor.employee_id)
        return found.of(lambda ticket: ConditionView.of(ticket, is_party=is_condition_party(actor, ticket)))


def condition_view(tx: Transaction, actor: Principal, ticket: Ticket) -> ConditionView:
    """Return a whole ticket as somebody sees it."""
    return ConditionView.of(
        ticket,
        is_party=is_condition_party(actor, ticket),
        history=whole_history(ticket, tickets.history_of(tx, ticket.ticket_id)),
        measurements=tickets.measurements_of(tx, ticket.ticket_id),
        messages=tickets.messages_of(tx, ticket.ticket_id),
    )
