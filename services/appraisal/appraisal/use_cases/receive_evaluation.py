"""The annual document reaches the employee: by their own confirmation, or by the days that stand for one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import deadline_after, local_date
from appraisal.domain.values import EvaluationState, Receipt
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.settling import watch_window
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def receive_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    """A second confirmation changes nothing: the window counts from the first."""
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id).evaluation
        require_self(actor, before.employee_id)
        if before.received_at is not None and before.state is EvaluationState.ISSUED:
            return evaluation_view(before)
        after = mark_received(tx, before, tx.now, Receipt.CONFIRMED)
        audit.record(tx, actor, "evaluation_received", "evaluation", evaluation_id)
        return evaluation_view(after)


def mark_received(tx: Transaction, before: Evaluation, at: datetime, receipt: Receipt) -> Evaluation:
    """Start the objection window: the day of receipt is day 0."""
    setting = load_setting(tx)
    days = setting.rules.objection(local_date(at, setting.time_zone)).objection_days
    after = before.received(at, receipt, deadline_after(at, days, setting.time_zone))
    update_evaluation(tx, before, after)
    watch_window(tx, after)
    return after
