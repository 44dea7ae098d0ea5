"""The annual document reaches the employee: by their own confirmation, or by the days that replace one."""

from datetime import datetime, timedelta
from uuid import UUID

from appraisal.authorisation import require_disclosed_to_self
from appraisal.domain.cases import CaseEnd, answer_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.values import EvaluationState, Receipt
from appraisal.events import ReceiptDeemed
from appraisal.persistence.cases import due_with_outages, end_case, lock_case, open_case
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.periods import setting_of
from chassis import audit, outbox, timers
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def receive_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> EvaluationView:
    """Confirm the receipt; a second confirmation changes nothing, since the window counts from the first."""
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.RECEIPT, evaluation_id)
        before = load_evaluation(tx, evaluation_id)
        require_disclosed_to_self(actor, before)
        if before.state is EvaluationState.ISSUED and not before.awaits_receipt:
            return EvaluationView.of(before, actor.employee_id)
        saved = start_objection_window(tx, before, tx.now, Receipt.CONFIRMED)
        audit.record(tx, actor, "evaluation_received", "evaluation", evaluation_id)
        return EvaluationView.of(saved, actor.employee_id)


def start_objection_window(tx: Transaction, before: Evaluation, at: datetime, receipt: Receipt) -> Evaluation:
    """Save the receipt, and end the window by a timer one second after its last; the day of receipt is day 0.

    The deadline of the receipt must be locked.
    """
    setting = setting_of(tx, before.period)
    by_rule = setting.deadline(at, setting.objection_rule(at).objection_days)
    until = due_with_outages(tx, by_rule, at)
    saved = update_evaluation(tx, before, before.received(at, receipt, until))
    if receipt is Receipt.DEEMED:
        end_case(tx, ObligationKind.RECEIPT, saved.id, ObligationState.LAPSED, CaseEnd.DEEMED)
        outbox.record(tx, ReceiptDeemed.of(saved))
    else:
        end_case(tx, ObligationKind.RECEIPT, saved.id)
    open_case(tx, answer_of(saved, by_rule))
    timers.schedule(tx, "objection_window", saved.id, until + timedelta(seconds=1))
    return saved
