"""Issue an annual evaluation to its employee, inside the transaction that finished it."""

from appraisal.domain.cases import receipt_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.setting import AgencySetting
from appraisal.events import AppraisalIssued
from appraisal.persistence.cases import open_later
from chassis import outbox, timers
from chassis.unit_of_work import Transaction


def issue_evaluation(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> None:
    """Record AppraisalIssued, and start the days after which a document that nobody confirmed counts as received."""
    outbox.record(tx, AppraisalIssued.of(evaluation))
    due_at = setting.deemed_receipt(evaluation)
    open_later(tx, receipt_of(evaluation, due_at))
    if due_at is not None:
        timers.schedule(tx, "deemed_receipt", evaluation.id, due_at)
