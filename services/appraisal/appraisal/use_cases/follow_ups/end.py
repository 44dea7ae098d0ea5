"""End the follow-ups that a corrected predicate asks for no longer, inside the transaction that corrects it."""

from appraisal.domain.correction import CorrectionOrder
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import ClosingCause, follow_up_for
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import FollowUpState
from appraisal.events import FollowUpClosed
from appraisal.persistence.follow_ups import lock_follow_ups, update_follow_up
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def end_follow_ups(
    tx: Transaction, actor: Principal, setting: AgencySetting, evaluation: Evaluation, order: CorrectionOrder
) -> None:
    """Close what is open for an evaluation and of another kind than its predicate now asks for; the reason is kept.

    What a person has closed stays as it is; that it had no reason is published too, for whoever acted on it.
    """
    rule = setting.rules.follow_up(setting.today)
    kind = follow_up_for(rule, evaluation.kind, evaluation.rating.predicate)
    for one in lock_follow_ups(tx, evaluation.id):
        if one.kind is kind or one.close_reason:
            continue
        ended = one
        if one.state is FollowUpState.OPEN:
            ended = update_follow_up(tx, one, one.corrected(order.order_reference, tx.now))
            detail = {"outcome": ended.outcome, "correction_order_id": order.id}
            audit.record(tx, actor, "follow_up_closed", "follow_up", one.id, **detail)
        outbox.record(tx, FollowUpClosed.of(ended, ClosingCause.CORRECTED))
