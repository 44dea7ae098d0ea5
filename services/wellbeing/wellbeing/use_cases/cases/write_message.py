"""Write to the reporter of a personal case, known or not."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import load_case_as_handler
from wellbeing.domain.ticket_views import CaseView
from wellbeing.use_cases.cases.read import case_view
from wellbeing.use_cases.tickets.write_message import write_message


def write_case_message(work: UnitOfWork, actor: Principal, ticket_id: UUID, text: str) -> CaseView:
    """Add a message, as the handler. Raise as reading does."""
    with work.transaction(actor.agency_id) as tx:
        ticket = load_case_as_handler(tx, actor, ticket_id)
        write_message(tx, ticket_id, text, from_reporter=False)
        audit.record(tx, actor, "case_message_written", "ticket", ticket_id)
        return case_view(tx, ticket)
