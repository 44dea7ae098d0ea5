"""Give a ticket about a place to the employee who will see to it."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import TicketMoveNotAllowed
from wellbeing.domain.tickets import CLOSED, TicketState
from wellbeing.persistence import directory, tickets

from .condition_view import ConditionView, condition_view


def assign_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID, owner_id: UUID) -> ConditionView:
    with work.transaction(actor.agency_id) as tx:
        ticket = tickets.get_condition(tx.session, ticket_id)
        if TicketState(ticket.state) in CLOSED:
            raise TicketMoveNotAllowed(
                state=ticket.state, target="ASSIGNED", possible="tidak ada, laporan sudah selesai"
            )
        owner = directory.employee(tx.session, tx.agency_id, owner_id)
        if owner is None or owner.status != "ACTIVE":
            expected = "pengenal pegawai aktif di instansi Anda"
            raise InvalidInput(errors=[FieldError("owner_id", "unknown_employee", str(owner_id), expected)])
        ticket.owner_id = owner_id
        ticket.version += 1
        tickets.add_entry(tx.session, ticket, at=tx.now, action="ASSIGNED", actor_id=actor.employee_id)
        audit.record(tx, actor, "condition_assigned", "ticket", ticket_id, owner_id=owner_id)
        return condition_view(tx, actor, ticket)
