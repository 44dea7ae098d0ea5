"""Move a personal case on, as its handler."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import load_case_as_handler
from wellbeing.domain.ticket import MoveTicket
from wellbeing.domain.ticket_views import CaseView
from wellbeing.use_cases.cases.read import case_view
from wellbeing.use_cases.tickets.move import move_ticket


def move_case(work: UnitOfWork, actor: Principal, command: MoveTicket) -> CaseView:
    """Move on. Raise as reading does, TicketMoveNotAllowed, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        before = load_case_as_handler(tx, actor, command.ticket_id)
        after = move_ticket(tx, before, command, owner_id=before.owner_id, actor_id=actor.employee_id)
        audit.record(tx, actor, "case_moved", "ticket", command.ticket_id, state=after.state)
        return case_view(tx, after)
