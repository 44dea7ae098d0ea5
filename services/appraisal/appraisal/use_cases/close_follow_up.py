"""Close a case with its outcome."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.use_cases.follow_up_steps import case_view, load_case, open_for
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, VersionConflict
from chassis.unit_of_work import UnitOfWork

_CLOSE = text(
    "UPDATE follow_up SET state = 'CLOSED', closed_at = :now, outcome = :outcome, version = version + 1 "
    "WHERE id = :id AND version = :was RETURNING id"
)


def close_follow_up(work: UnitOfWork, actor: Principal, follow_up_id: UUID, outcome: str) -> dict[str, Any]:
    """Closed by whoever leads the case, with its outcome; the employee cannot close their own."""
    with work.transaction(actor.agency_id) as tx:
        case = open_for(tx, actor, follow_up_id)
        if actor.employee_id == case.employee_id:
            raise Forbidden
        values = {"id": follow_up_id, "outcome": outcome, "was": case.version, "now": tx.now}
        if tx.session.execute(_CLOSE, values).first() is None:
            raise VersionConflict
        audit.record(tx, actor, "follow_up_closed", "follow_up", follow_up_id, outcome=outcome)
        return case_view(tx, load_case(tx, follow_up_id), with_words=True)
