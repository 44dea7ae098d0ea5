"""Keep the register while plans and evaluations move: what they fulfil is marked in the same transaction.

Who has no obligations of the year yet gets them then, as a whole; whoever has them costs one statement for all at once.
"""

from collections.abc import Collection, Sequence

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.obligation import kind_of, subject_from, subject_of
from appraisal.domain.periods import Period
from appraisal.domain.plan import Plan
from appraisal.domain.segment_rating import RateSegment, SegmentRating
from appraisal.persistence.obligations import follow_plans, fulfil_evaluations, fulfil_segment
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.unit_of_work import Transaction
from directory.questions import left_on, today


def keep_plan(tx: Transaction, plan: Plan) -> None:
    """A plan was submitted, returned or withdrawn: somebody else is to act; nothing is opened for that."""
    keep_plans(tx, [plan])


def keep_plans(tx: Transaction, plans: Collection[Plan]) -> None:
    """Plans of a year were drafted, or moved between their people; nothing is opened for that.

    Where the person or the appraiser has left, it is computed who is to act.
    """
    if not plans:
        return
    day = today(tx)
    kept = follow_plans(tx, [plan.id for plan in plans], day)
    parties = {one for plan in plans for one in (plan.employee_id, plan.appraiser_id) if one is not None}
    if kept and left_on(tx, parties, day):
        for year in {plan.year for plan in plans}:
            refresh_obligations(tx, kept, year)


def keep_agreed_plans(tx: Transaction, plans: Collection[Plan]) -> None:
    """Plans were agreed: those of their days are done.

    By a first agreement after the end of a period nobody may rate that one: whose its evaluation is, is computed.
    """
    if not plans:
        return
    kept = follow_plans(tx, [plan.id for plan in plans], today(tx))
    late = {year for year in {one.year for one in plans if one.is_first_version} if _has_ended_periods(tx, year)}
    anew = [one for one in plans if one.employee_id not in kept or (one.is_first_version and one.year in late)]
    for year in {plan.year for plan in anew}:
        refresh_obligations(tx, [plan.employee_id for plan in anew if plan.year == year], year)


def _has_ended_periods(tx: Transaction, year: int) -> bool:
    """In its first month no period of a year has ended: then, when most plans are agreed, none is read."""
    if today(tx) <= Period.of(year, month=1).last_day:
        return False
    setting = load_setting(tx)
    return any(tx.now >= setting.end_of(row.period) for row in rows_of_year(tx, year))


def keep_finished_evaluations(tx: Transaction, evaluations: Sequence[Evaluation]) -> None:
    """Evaluations of one period were finished by their appraiser; a proposal fulfils nothing."""
    finished = [one for one in evaluations if not one.is_proposal]
    if not finished:
        return
    period = finished[0].period
    kept = fulfil_evaluations(tx, kind_of(period), subject_of(period), finished)
    refresh_obligations(tx, [one.employee_id for one in finished if one.employee_id not in kept], period.year)


def keep_rated_segment(tx: Transaction, rating: SegmentRating, command: RateSegment) -> None:
    """Days until a move were rated."""
    subject = subject_from(subject_of(command.period), rating.first_day)
    if not fulfil_segment(tx, rating.employee_id, subject, rating.id):
        refresh_obligations(tx, [rating.employee_id], rating.year)
