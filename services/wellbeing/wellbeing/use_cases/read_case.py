"""Read a personal case, as its handler; every reading leaves a trace."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

from .case_door import CaseView, case_view, enter_as_handler


def read_case(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> CaseView:
    with work.transaction(actor.agency_id) as tx:
        ticket = enter_as_handler(tx, actor, ticket_id)
        audit.record(tx, actor, "case_read", "ticket", ticket_id)
        return case_view(tx, ticket)
