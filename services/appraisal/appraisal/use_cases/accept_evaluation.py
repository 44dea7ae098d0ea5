"""The employee accepts the annual evaluation: it is final."""

from typing import Any
from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.settling import complete
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def accept_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id).evaluation
        require_self(actor, before.employee_id)
        after = before.accepted(tx.now)
        update_evaluation(tx, before, after)
        complete(tx, after, str(actor.employee_id))
        audit.record(tx, actor, "evaluation_accepted", "evaluation", evaluation_id)
        return evaluation_view(after)
