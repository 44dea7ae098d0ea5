"""Become the handler of a case that has none."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import CaseHandledByAnother
from wellbeing.persistence import tickets

from .case_door import CaseView, case_view, enter


def take_case(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> CaseView:
    with work.transaction(actor.agency_id) as tx:
        ticket = enter(tx, actor, ticket_id)
        if ticket.owner_id not in {None, actor.employee_id}:
            raise CaseHandledByAnother
        if ticket.owner_id is None:
            ticket.owner_id = actor.employee_id
            ticket.version += 1
            tickets.add_entry(tx.session, ticket, at=tx.now, action="TAKEN", actor_id=actor.employee_id)
        audit.record(tx, actor, "case_taken", "ticket", ticket_id)
        return case_view(tx, ticket)
