"""Become the handler of a case that has none."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import load_case_as_officer, self_of
from wellbeing.domain.ticket_views import CaseView
from wellbeing.persistence.tickets import update_ticket
from wellbeing.use_cases.cases.read import case_view
from wellbeing.use_cases.tickets.record import record_entry


def take_case(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> CaseView:
    """Take a case; taking one's own again changes nothing. Raise NotFound, Forbidden, CaseHandledByAnother."""
    with work.transaction(actor.agency_id) as tx:
        before = load_case_as_officer(tx, actor, ticket_id)
        after = before.taken(self_of(actor))
        if after is not before:
            update_ticket(tx, before, after)
            record_entry(tx, after, "TAKEN", actor_id=actor.employee_id)
        audit.record(tx, actor, "case_taken", "ticket", ticket_id)
        return case_view(tx, after)
