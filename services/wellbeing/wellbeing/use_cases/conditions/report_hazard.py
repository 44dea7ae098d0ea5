"""Report a hazard at a workplace, in one's own name or without one."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.report_code import new_code
from wellbeing.domain.ticket import ReportHazard, TicketContent
from wellbeing.domain.ticket_views import ConditionView, ReceiptView
from wellbeing.persistence.directory import require_active_units, require_agency
from wellbeing.use_cases.conditions.read import condition_view
from wellbeing.use_cases.tickets.open import open_ticket


def report_hazard(work: UnitOfWork, actor: Principal, command: ReportHazard) -> ConditionView:
    """Open a ticket in one's own name. Raise Forbidden, InvalidInput."""
    reporter_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        require_active_units(tx, [command.unit_id])
        ticket = open_ticket(tx, TicketContent.of_hazard(command), reporter_id=reporter_id)
        audit.record(tx, actor, "hazard_reported", "ticket", ticket.ticket_id)
        return condition_view(tx, actor, ticket)


def report_hazard_anonymously(work: UnitOfWork, agency_id: str, command: ReportHazard) -> ReceiptView:
    """Open a ticket without a name; the code is returned this once. Raise NotFound, InvalidInput."""
    with work.transaction(agency_id) as tx:
        require_agency(tx)
        require_active_units(tx, [command.unit_id])
        code = new_code(agency_id)
        ticket = open_ticket(tx, TicketContent.of_hazard(command), reporter_id=None, code=code)
        return ReceiptView(code, ticket.state, ticket.due_at)
