"""Open what a weak predicate asks for: coaching or counselling, once for each evaluation."""

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import FollowUp, follow_up_for, is_repeated
from appraisal.domain.row_of_periods import in_a_row
from appraisal.domain.setting import AgencySetting
from appraisal.events import FollowUpOpened
from appraisal.persistence.follow_ups import insert_follow_up, lock_follow_ups, periods_before, update_follow_up
from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction


def open_follow_up(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> None:
    """Open it where the rule says so, and mark it where as many periods in a row were weak.

    One that a correction has closed is opened again, and those of later periods are marked anew by `revise`.
    """
    rule = setting.rules.follow_up(setting.today)
    kind = follow_up_for(rule, evaluation.kind, evaluation.rating.predicate)
    if kind is None:
        return
    before = in_a_row(evaluation.period, *periods_before(tx, evaluation))
    repeated = is_repeated(rule, [evaluation.rating.predicate, *before])
    follow_up = FollowUp.opened(new_id(), evaluation, kind, tx.now, repeated=repeated)
    if insert_follow_up(tx, follow_up):
        outbox.record(tx, FollowUpOpened.of(follow_up))
        return
    for closed in lock_follow_ups(tx, evaluation.id):
        again = closed.asked_for_again(repeated=repeated)
        if closed.kind is kind and again is not closed:
            outbox.record(tx, FollowUpOpened.of(update_follow_up(tx, closed, again)))
