"""Mark anew which follow-ups of later periods are repeated, inside the transaction that changed an earlier period."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import FollowUp, is_repeated
from appraisal.domain.row_of_periods import in_a_row
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.follow_ups import (
    lock_later_follow_ups,
    lock_rows_with_leave,
    periods_before,
    update_follow_up,
)
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def revise_later_follow_ups(tx: Transaction, by: Principal | str, evaluation: Evaluation) -> None:
    """Whatever became of a period, the later ones are in a row with it, or are no longer."""
    for one in lock_later_follow_ups(tx, evaluation):
        later = load_evaluation(tx, one.evaluation_id)
        revise_follow_up(tx, by, load_setting(tx, later.period), later, one)


def revise_after_leave(tx: Transaction, by: str, people: Collection[UUID], since: date) -> None:
    """Leave that is recorded, or taken back, afterwards joins periods to a row or parts them."""
    for one in lock_rows_with_leave(tx, people, since):
        evaluation = load_evaluation(tx, one.evaluation_id)
        revise_follow_up(tx, by, load_setting(tx, evaluation.period), evaluation, one)


def revise_follow_up(
    tx: Transaction, by: Principal | str, setting: AgencySetting, evaluation: Evaluation, before: FollowUp
) -> None:
    """Save whether it is repeated by what the periods before say now, and by the rule under which it was opened."""
    rule = setting.rules.follow_up(setting.local_date(before.opened_at))
    earlier = in_a_row(evaluation.period, *periods_before(tx, evaluation))
    after = before.revised(repeated=is_repeated(rule, [evaluation.rating.predicate, *earlier]))
    if after != before:
        update_follow_up(tx, before, after)
        audit.record(tx, by, "follow_up_revised", "follow_up", before.id, repeated=after.repeated)
