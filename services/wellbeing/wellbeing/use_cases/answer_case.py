"""Write to the reporter of a personal case, known or not."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

from .case_door import CaseView, case_view, enter_as_handler
from .write_message import write_message


def answer_case(work: UnitOfWork, actor: Principal, ticket_id: UUID, text: str) -> CaseView:
    with work.transaction(actor.agency_id) as tx:
        ticket = enter_as_handler(tx, actor, ticket_id)
        write_message(tx, ticket, text, from_reporter=False)
        audit.record(tx, actor, "case_message_written", "ticket", ticket_id)
        return case_view(tx, ticket)
