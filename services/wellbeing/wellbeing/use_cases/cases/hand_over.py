"""Hand a case over to another officer, who must be as free of conflicts as the first."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.authorisation import load_case_as_handler, must_not_read, self_of
from wellbeing.domain.ticket_views import CaseRowView
from wellbeing.persistence.directory import find_employee, is_leader
from wellbeing.persistence.tickets import update_ticket
from wellbeing.use_cases.tickets.record import record_entry


def hand_over_case(work: UnitOfWork, actor: Principal, ticket_id: UUID, employee_id: UUID) -> CaseRowView:
    """Change the handler. Raise as reading does, and InvalidInput for who may not handle the case.

    The other must hold the officer's role to read it; here it is made sure that they may.
    """
    with work.transaction(actor.agency_id) as tx:
        before = load_case_as_handler(tx, actor, ticket_id)
        if not _may_handle(tx, ticket_id, employee_id):
            expected = "petugas kesejahteraan aktif yang tidak memimpin unit dan tidak terkait dengan laporan"
            raise InvalidInput(errors=[FieldError("employee_id", "cannot_handle_case", str(employee_id), expected)])
        after = before.owned_by(employee_id)
        update_ticket(tx, before, after)
        record_entry(tx, after, "HANDED_OVER", actor_id=actor.employee_id)
        audit.record(tx, actor, "case_handed_over", "ticket", ticket_id, to=employee_id)
        return CaseRowView.of(after, self_of(actor))


def _may_handle(tx: Transaction, ticket_id: UUID, employee_id: UUID) -> bool:
    employee = find_employee(tx, employee_id)
    if employee is None or not employee.is_active or is_leader(tx, employee_id):
        return False
    return not must_not_read(tx, [ticket_id], employee_id)
