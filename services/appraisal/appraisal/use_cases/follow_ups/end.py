"""End the follow-ups that a corrected predicate asks for no longer, inside the transaction that corrects it."""

from appraisal.domain.correction import CorrectionOrder
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import follow_up_for
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import FollowUpState
from appraisal.persistence.follow_ups import lock_follow_ups, update_follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def end_follow_ups(
    tx: Transaction, actor: Principal, setting: AgencySetting, evaluation: Evaluation, order: CorrectionOrder
) -> None:
    """Close what is open for an evaluation and of another kind than its predicate now asks for; the reason is kept."""
    rule = setting.rules.follow_up(setting.today)
    kind = follow_up_for(rule, evaluation.kind, evaluation.rating.predicate)
    for one in lock_follow_ups(tx, evaluation.id):
        if one.state is FollowUpState.OPEN and one.kind is not kind:
            ended = one.corrected(order.order_reference, tx.now)
            update_follow_up(tx, one, ended)
            detail = {"outcome": ended.outcome, "correction_order_id": order.id}
            audit.record(tx, actor, "follow_up_closed", "follow_up", one.id, **detail)
