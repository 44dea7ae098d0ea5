"""Move a ticket about a place on; the officer or its owner does."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import tickets

from .advance_ticket import Move, advance
from .condition_view import ConditionView, condition_view, need_mover, need_reader


def move_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID, step: Move) -> ConditionView:
    with work.transaction(actor.agency_id) as tx:
        ticket = tickets.get_condition(tx.session, ticket_id)
        need_reader(tx, actor, ticket)
        need_mover(actor, ticket)
        if ticket.owner_id is None:
            ticket.owner_id = actor.employee_id
        advance(tx, ticket, step, actor.employee_id)
        audit.record(tx, actor, "condition_moved", "ticket", ticket_id, state=ticket.state)
        return condition_view(tx, actor, ticket)
