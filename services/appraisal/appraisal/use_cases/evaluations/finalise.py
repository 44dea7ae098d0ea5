"""Publish what follows when an evaluation is final, inside the transaction that made it so."""

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.values import EvaluationKind
from appraisal.events import AppraisalCompleted, AppraisalCorrected
from appraisal.persistence.plans import close_plan_of_year
from chassis import outbox
from chassis.unit_of_work import Transaction


def finalise_evaluation(tx: Transaction, evaluation: Evaluation, actor: str) -> None:
    """Record AppraisalCompleted, once in the life of an evaluation: of one that was issued anew, AppraisalCorrected.

    A final annual evaluation also closes the year's plan.
    """
    if evaluation.former_predicate is not None:
        outbox.record(tx, AppraisalCorrected.of(evaluation, evaluation.former_predicate))
    else:
        outbox.record(tx, AppraisalCompleted.of(evaluation))
    if evaluation.kind is EvaluationKind.ANNUAL:
        reason = f"evaluasi tahunan {evaluation.year} final"
        close_plan_of_year(tx, evaluation.employee_id, evaluation.year, actor, reason)
