"""Publish what follows when an evaluation is final, inside the transaction that made it so."""

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.values import EvaluationKind
from appraisal.events import AppraisalCompleted
from appraisal.persistence.plans import close_plan_of_year
from chassis import outbox
from chassis.unit_of_work import Transaction


def finalise_evaluation(tx: Transaction, evaluation: Evaluation, actor: str) -> None:
    """Record AppraisalCompleted. A final annual evaluation also closes the year's plan."""
    outbox.record(tx, AppraisalCompleted.of(evaluation))
    if evaluation.kind is EvaluationKind.ANNUAL:
        reason = f"evaluasi tahunan {evaluation.year} final"
        close_plan_of_year(tx, evaluation.employee_id, evaluation.year, actor, reason)
