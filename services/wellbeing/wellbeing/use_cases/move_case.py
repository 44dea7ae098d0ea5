"""Move a personal case on, as its handler."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

from .advance_ticket import Move, advance
from .case_door import CaseView, case_view, enter_as_handler


def move_case(work: UnitOfWork, actor: Principal, ticket_id: UUID, step: Move) -> CaseView:
    with work.transaction(actor.agency_id) as tx:
        ticket = enter_as_handler(tx, actor, ticket_id)
        advance(tx, ticket, step, actor.employee_id)
        audit.record(tx, actor, "case_moved", "ticket", ticket_id, state=ticket.state)
        return case_view(tx, ticket)
