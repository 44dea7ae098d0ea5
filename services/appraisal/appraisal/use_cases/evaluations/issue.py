"""Issue an annual evaluation to its employee, inside the transaction that finished it."""

from datetime import datetime, timedelta

from appraisal.domain.cases import receipt_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.setting import AgencySetting
from appraisal.events import AppraisalIssued
from appraisal.persistence.cases import open_later
from chassis import outbox, timers
from chassis.unit_of_work import Transaction


def issue_evaluation(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> None:
    """Record AppraisalIssued, and ask for the receipt until it is confirmed, or deemed where the agency's rule says so.

    The event says when it will be deemed, so that nobody is taken by surprise.
    """
    due_at = setting.deemed_receipt(evaluation)
    outbox.record(tx, AppraisalIssued.of(evaluation, due_at))
    open_later(tx, receipt_of(evaluation, due_at))
    remind_later(tx, setting, evaluation, tx.now, 1)
    if due_at is not None:
        timers.schedule(tx, "deemed_receipt", evaluation.id, due_at)
    elif evaluation.reopened_by_order is not None:
        timers.cancel(tx, "deemed_receipt", evaluation.id)


def remind_later(tx: Transaction, setting: AgencySetting, evaluation: Evaluation, since: datetime, number: int) -> None:
    """Set the timer of a reminder, as many as the rule says."""
    rule = setting.rules.receipt(setting.local_date(evaluation.issued_at or since))
    if number <= rule.reminders:
        due_at = since + timedelta(days=rule.reminder_days)
        timers.schedule(tx, "receipt_reminder", evaluation.id, due_at, {"number": number})
