"""What follows when an evaluation is finished, or confirmed: inside the transaction that made it so."""

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationState
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.issue import issue_evaluation
from appraisal.use_cases.follow_ups.open import open_follow_up
from appraisal.use_cases.follow_ups.revise import revise_later_follow_ups
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def publish_finished(
    tx: Transaction, actor: Principal, setting: AgencySetting, evaluation: Evaluation, order_reference: str = ""
) -> None:
    """A final one is completed, an annual one issued; of a proposal, or what is under review, nothing is published.

    The audit row names the order by which it was rated or finished.
    """
    if evaluation.state is EvaluationState.FINAL:
        finalise_evaluation(tx, evaluation, str(actor.employee_id))
        open_follow_up(tx, setting, evaluation)
        revise_later_follow_ups(tx, actor, evaluation)
    elif evaluation.state is EvaluationState.ISSUED:
        issue_evaluation(tx, setting, evaluation)
    action = "evaluation_" + evaluation.state.lower()
    detail = {"order_reference": order_reference} if order_reference else {}
    audit.record(tx, actor, action, "evaluation", evaluation.id, employee_id=evaluation.employee_id, **detail)
