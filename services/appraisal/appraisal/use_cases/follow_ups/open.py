"""Open what a weak predicate asks for: coaching or counselling, once for each evaluation."""

from collections.abc import Sequence

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import FollowUp, follow_up_for, is_repeated
from appraisal.domain.setting import AgencySetting
from appraisal.events import FollowUpOpened
from appraisal.persistence.evaluations import earlier_predicates
from appraisal.persistence.follow_ups import insert_follow_up
from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from directory.performance import Predicate


def open_follow_up(
    tx: Transaction, setting: AgencySetting, evaluation: Evaluation, earlier: Sequence[Predicate] | None = None
) -> None:
    """Open it where the rule says so; `earlier` are the predicates of the periods before, newest first."""
    rule = setting.rules.follow_up(setting.today)
    kind = follow_up_for(rule, evaluation.kind, evaluation.rating.predicate)
    if kind is None:
        return
    if earlier is None:
        earlier = earlier_predicates(tx, evaluation)
    repeated = is_repeated(rule, [evaluation.rating.predicate, *earlier])
    follow_up = FollowUp.opened(new_id(), evaluation, kind, tx.now, repeated=repeated)
    if insert_follow_up(tx, follow_up):
        outbox.record(tx, FollowUpOpened.of(follow_up))
