"""Issue an annual evaluation to its employee, inside the transaction that finished it."""

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.setting import AgencySetting
from appraisal.events import AppraisalIssued
from chassis import outbox, timers
from chassis.unit_of_work import Transaction


def issue_evaluation(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> None:
    """Record AppraisalIssued, and start the days after which a document that nobody confirmed counts as received."""
    outbox.record(tx, AppraisalIssued.of(evaluation))
    assert evaluation.issued_at is not None
    days = setting.objection_rule(evaluation.issued_at).deemed_receipt_days
    if days is not None:
        timers.schedule(tx, "deemed_receipt", evaluation.id, setting.deadline(evaluation.issued_at, days))
