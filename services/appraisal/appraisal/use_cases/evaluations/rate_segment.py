"""Rate the days of a period until a move, as the outgoing appraiser, or as HR by an order."""

from datetime import date

from appraisal.authorisation import acting_capacity, self_of
from appraisal.domain.errors import PlanMissing, SegmentRated
from appraisal.domain.evaluation import RatedBy
from appraisal.domain.obligation import subject_from, subject_of
from appraisal.domain.people import without_assignment
from appraisal.domain.segment_rating import (
    RateSegment,
    SegmentRating,
    close_out_until,
    ended_segment,
    require_close_out,
)
from appraisal.domain.segments import Segment
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity
from appraisal.persistence.evaluations import load_ratable
from appraisal.persistence.extensions import close_outs
from appraisal.persistence.outages import load_outages
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import setting_of
from appraisal.persistence.segment_ratings import insert_segment_rating
from appraisal.use_cases.obligations.keep import keep_rated_segment
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def rate_segment(work: UnitOfWork, actor: Principal, command: RateSegment) -> SegmentRating:
    with work.transaction(actor.agency_id) as tx:
        period, employee_id = command.period, command.employee_id
        setting = setting_of(tx, period)
        days = days_in_period(tx, [employee_id], period).known.get(employee_id)
        if days is None:
            raise without_assignment(employee_id)
        segment = ended_segment(days, command.first_day)
        if command.order_reference and actor.has("hr_officer"):
            need_other(actor, employee_id)
            by = RatedBy(self_of(actor), Capacity.HR, command.order_reference)
        else:
            by = acting_capacity(tx, actor, employee_id, segment.appraiser_id)
            require_close_out(_close_out_until(tx, setting, command, segment), setting.today)
        plan = load_ratable(tx, [employee_id], period, setting.end_of(period)).get(employee_id)
        if plan is None:
            expected = "pegawai dengan SKP yang sudah ditetapkan"
            fault = FieldError("employee_id", PlanMissing.code, str(employee_id), expected)
            raise PlanMissing(errors=[fault], year=period.year)
        rating, _ = setting.rate(period, command)
        made = SegmentRating.of(new_id(), plan.plan, segment, command, rating, by, tx.now)
        if not insert_segment_rating(tx, made):
            raise SegmentRated(first_day=segment.first_day.isoformat())
        keep_rated_segment(tx, made, command)
        detail = {"order_reference": made.order_reference} if made.order_reference else {}
        audit.record(tx, actor, "segment_rated", "segment_rating", made.id, employee_id=employee_id, **detail)
        return made


def _close_out_until(tx: Transaction, setting: AgencySetting, command: RateSegment, segment: Segment) -> date:
    """Return the last day for the outgoing appraiser: by the rule and the outages since, or by a grant."""
    days = setting.rules.close_out_days(segment.last_day)
    outages, owed = load_outages(tx, setting), close_outs(tx, [command.employee_id])
    subject = subject_from(subject_of(command.period), segment.first_day)
    return close_out_until(segment.last_day, days, outages, owed.get((command.employee_id, subject)))
