"""Accept the annual evaluation as its employee: it is final."""

from uuid import UUID

from appraisal.authorisation import require_disclosed_to_self
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.obligation import ObligationKind
from appraisal.persistence.cases import end_case, lock_case
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def accept_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> EvaluationView:
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.ANSWER, evaluation_id)
        before = load_evaluation(tx, evaluation_id)
        require_disclosed_to_self(actor, before)
        saved = update_evaluation(tx, before, before.accepted(tx.now))
        end_case(tx, ObligationKind.ANSWER, evaluation_id)
        finalise_evaluation(tx, saved, str(actor.employee_id))
        audit.record(tx, actor, "evaluation_accepted", "evaluation", evaluation_id)
        return EvaluationView.of(saved, actor.employee_id)
