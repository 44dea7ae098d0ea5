"""Publish which follow-ups corrections left without a reason: a former release did not, and kept `repeated`."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import ClosingCause, FollowUp, follow_up_for
from appraisal.domain.obligation import NOBODY
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import FollowUpState
from appraisal.events import FollowUpClosed
from appraisal.persistence.evaluations import evaluations_by_id, list_ratings
from appraisal.persistence.follow_ups import lock_follow_ups_after, update_follow_up
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.follow_ups.revise import revise_follow_up
from chassis import audit, outbox
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction

JOB = "catch_up_follow_ups"
CHUNK = 200
SYSTEM = "system"


@dataclass(frozen=True)
class Progress:
    """The cursor: the follow-up that was looked at last."""

    after: UUID = NOBODY


def catch_up_step(tx: Transaction, job: Job) -> Step:
    """Look at the next follow-ups, in the order of their ids; a second event of the same has no further effect."""
    found = lock_follow_ups_after(tx, job.cursor_as(Progress).after, CHUNK)
    evaluations = {one.id: one for one in evaluations_by_id(tx, {one.evaluation_id for one in found})}
    settings = {period: load_setting(tx, period) for period in {one.period for one in evaluations.values()}}
    for one in found:
        evaluation = evaluations[one.evaluation_id]
        setting = settings[evaluation.period]
        revise_follow_up(tx, SYSTEM, setting, evaluation, _ended(tx, setting, evaluation, one))
    last = found[-1].id if found else NOBODY
    return Step(finished=len(found) < CHUNK, processed=len(found), cursor=Progress(last))


def _ended(tx: Transaction, setting: AgencySetting, evaluation: Evaluation, one: FollowUp) -> FollowUp:
    """Publish the end of what lost its reason, and close what a former release left open; return it as it is then."""
    if not one.close_reason:
        rule = setting.rules.follow_up(setting.local_date(one.opened_at))
        if follow_up_for(rule, evaluation.kind, evaluation.rating.predicate) is one.kind:
            return one
        # Without a rating since it was opened the evaluation is as it was: only the rule has become another one.
        since = [rating for rating in list_ratings(tx, evaluation.id) if rating.at > one.opened_at]
        if not since:
            return one
        if one.state is FollowUpState.OPEN:
            one = update_follow_up(tx, one, one.corrected(since[-1].order_reference, tx.now))
            audit.record(tx, SYSTEM, "follow_up_closed", "follow_up", one.id, outcome=one.outcome)
    outbox.record(tx, FollowUpClosed.of(one, ClosingCause.CORRECTED))
    return one
