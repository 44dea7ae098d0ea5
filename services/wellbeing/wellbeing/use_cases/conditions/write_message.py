"""Write to the reporter of a ticket about a place, or, as the reporter, to whoever handles it."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import require_condition_party
from wellbeing.domain.ticket_views import ConditionView
from wellbeing.persistence.tickets import load_condition
from wellbeing.use_cases.conditions.read import condition_view
from wellbeing.use_cases.tickets.write_message import write_message


def write_condition_message(work: UnitOfWork, actor: Principal, ticket_id: UUID, text: str) -> ConditionView:
    """Add a message. Raise NotFound, Forbidden, ReportWaitingForAnswer."""
    with work.transaction(actor.agency_id) as tx:
        ticket = load_condition(tx, ticket_id)
        require_condition_party(actor, ticket)
        is_reporter = actor.employee_id is not None and actor.employee_id == ticket.reporter_id
        write_message(tx, ticket_id, text, from_reporter=is_reporter)
        audit.record(tx, actor, "condition_message_written", "ticket", ticket_id)
        return condition_view(tx, actor, ticket)
