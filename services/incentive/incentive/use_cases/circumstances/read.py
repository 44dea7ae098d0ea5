"""Read a person's circumstances; for the person, HR and inspectors only."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.circumstance import CircumstanceView
from incentive.persistence.circumstances import circumstances_of


def list_circumstances(work: UnitOfWork, actor: Principal, employee_id: UUID) -> Items[CircumstanceView]:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        audit.record(tx, actor, "read_circumstances", "employee", employee_id)
        return Items([CircumstanceView.of(one) for one in circumstances_of(tx, employee_id)])
