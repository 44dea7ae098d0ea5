"""A person's discipline penalties; for the person, HR and inspectors only."""

from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.models import DisciplinePenalty
from incentive.use_cases.access import may_read
from incentive.use_cases.impose_penalty import PenaltyView, penalty_view


def list_penalties(work: UnitOfWork, actor: Principal, employee_id: UUID) -> list[PenaltyView]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        audit.record(tx, actor, "read_penalties", "employee", employee_id)
        chosen = select(DisciplinePenalty).where(DisciplinePenalty.employee_id == employee_id)
        return [penalty_view(row) for row in tx.session.scalars(chosen.order_by(DisciplinePenalty.entered_at))]
