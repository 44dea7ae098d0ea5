"""Revoke a penalty by a further letter; what it took is given back by the next run."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import PenaltyAlreadyRevoked
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark_since
from incentive.persistence.models import DisciplinePenalty
from incentive.use_cases.impose_penalty import PenaltyView, penalty_view


def revoke_penalty(work: UnitOfWork, actor: Principal, penalty_id: UUID, letter: str) -> PenaltyView:
    with work.transaction(actor.agency_id) as tx:
        row = tx.session.get(DisciplinePenalty, penalty_id, with_for_update=True)
        if row is None:
            raise NotFound(object="hukuman disiplin", id=penalty_id)
        need_other(actor, row.employee_id)
        if row.revoked_at is not None:
            raise PenaltyAlreadyRevoked
        row.revoked_by, row.revoked_at, row.revocation_letter = actor.account_id, tx.now, letter
        tx.session.flush()
        mark_since(tx, row.employee_id, row.from_month, "discipline")
        look_again(tx, row.employee_id)
        audit.record(tx, actor, "revoke_penalty", "employee", row.employee_id, penalty_id=row.id)
        return penalty_view(row)
