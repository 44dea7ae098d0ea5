"""Assign a ticket about a place to the employee who will see to it."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.ticket_views import ConditionView
from wellbeing.persistence.directory import find_employee
from wellbeing.persistence.tickets import load_condition, update_ticket
from wellbeing.use_cases.conditions.read import condition_view
from wellbeing.use_cases.tickets.record import record_entry


def assign_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID, owner_id: UUID) -> ConditionView:
    """Set the owner. Raise NotFound, TicketMoveNotAllowed, InvalidInput for who is no active employee."""
    with work.transaction(actor.agency_id) as tx:
        before = load_condition(tx, ticket_id)
        after = before.assigned(owner_id)
        owner = find_employee(tx, owner_id)
        if owner is None or not owner.is_active:
            expected = "pengenal pegawai aktif di instansi Anda"
            raise InvalidInput(errors=[FieldError("owner_id", "unknown_employee", str(owner_id), expected)])
        update_ticket(tx, before, after)
        record_entry(tx, after, "ASSIGNED", actor_id=actor.employee_id)
        audit.record(tx, actor, "condition_assigned", "ticket", ticket_id, owner_id=owner_id)
        return condition_view(tx, actor, after)
