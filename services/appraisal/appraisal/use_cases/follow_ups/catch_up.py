"""Publish which follow-ups corrections left without a reason: a former release did not, and kept `repeated`."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import ClosingCause, FollowUp, follow_up_for
from appraisal.domain.obligation import NOBODY
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import FollowUpState
from appraisal.events import FollowUpClosed
from appraisal.persistence.evaluations import evaluations_by_id
from appraisal.persistence.follow_ups import lock_follow_ups_after
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.follow_ups.revise import revise_follow_up
from chassis import outbox
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction

JOB = "catch_up_follow_ups"
CHUNK = 200


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
        if one.state is FollowUpState.CLOSED and _lost_its_reason(setting, evaluation, one):
            outbox.record(tx, FollowUpClosed.of(one, ClosingCause.CORRECTED))
        revise_follow_up(tx, "system", setting, evaluation, one)
    last = found[-1].id if found else NOBODY
    return Step(finished=len(found) < CHUNK, processed=len(found), cursor=Progress(last))


def _lost_its_reason(setting: AgencySetting, evaluation: Evaluation, one: FollowUp) -> bool:
    rule = setting.rules.follow_up(setting.local_date(one.opened_at))
    asked_for = follow_up_for(rule, evaluation.kind, evaluation.rating.predicate)
    return bool(one.close_reason) or asked_for is not one.kind
