"""Read a person's discipline penalties; for the person, HR and inspectors only."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.penalty import PenaltyView
from incentive.persistence.penalties import penalties_of


def list_penalties(work: UnitOfWork, actor: Principal, employee_id: UUID) -> Items[PenaltyView]:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        audit.record(tx, actor, "read_penalties", "employee", employee_id)
        return Items([PenaltyView.of(penalty) for penalty in penalties_of(tx, employee_id)])
