"""Give a case to another officer, who must be as free of conflicts as the first."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import directory, tickets

from .case_door import CaseRow, case_row, enter_as_handler, must_keep_away


def hand_over_case(work: UnitOfWork, actor: Principal, ticket_id: UUID, employee_id: UUID) -> CaseRow:
    """The other must hold the officer's role to read it; here it is made sure that he may."""
    with work.transaction(actor.agency_id) as tx:
        ticket = enter_as_handler(tx, actor, ticket_id)
        other = directory.employee(tx.session, tx.agency_id, employee_id)
        leads = employee_id in directory.leaders(tx.session).values()
        if other is None or other.status != "ACTIVE" or leads or must_keep_away(tx, ticket, employee_id):
            expected = "petugas kesejahteraan aktif yang tidak memimpin unit dan tidak terkait dengan laporan"
            raise InvalidInput(errors=[FieldError("employee_id", "cannot_handle_case", str(employee_id), expected)])
        ticket.owner_id = employee_id
        ticket.version += 1
        tickets.add_entry(tx.session, ticket, at=tx.now, action="HANDED_OVER", actor_id=actor.employee_id)
        audit.record(tx, actor, "case_handed_over", "ticket", ticket_id, to=employee_id)
        return case_row(actor, ticket)
