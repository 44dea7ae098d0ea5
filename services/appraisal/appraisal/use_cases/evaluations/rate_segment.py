"""Rate the days of a period until a move, as the outgoing appraiser, or as HR by an order."""

from collections.abc import Sequence
from datetime import date

from appraisal.authorisation import acting_capacity, self_of
from appraisal.domain.deadlines import start_of_day
from appraisal.domain.errors import PlanMissing, SegmentRated
from appraisal.domain.evaluation import RatedBy
from appraisal.domain.evaluation_item import EvaluationItem, ItemSources
from appraisal.domain.item_views import ItemsToShow, StandingItems
from appraisal.domain.obligation import subject_from, subject_of
from appraisal.domain.outages import DAY
from appraisal.domain.people import without_assignment
from appraisal.domain.plan_views import ContentView
from appraisal.domain.rating_basis import RatedRevision, items_frozen
from appraisal.domain.segment_rating import (
    RatedSegmentView,
    RateSegment,
    SegmentRating,
    close_out_until,
    ended_segment,
    require_close_out,
)
from appraisal.domain.segments import Segment
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity
from appraisal.persistence.evaluation_items import insert_items, recorded_of
from appraisal.persistence.evaluations import load_ratable
from appraisal.persistence.extensions import close_outs
from appraisal.persistence.outages import load_outages
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import setting_of
from appraisal.persistence.plan_versions import content_of
from appraisal.persistence.rating_bases import list_bases
from appraisal.persistence.segment_ratings import insert_segment_rating
from appraisal.use_cases.evaluations.freeze import freeze_ratings
from appraisal.use_cases.obligations.keep import keep_rated_segment
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def rate_segment(work: UnitOfWork, actor: Principal, command: RateSegment) -> RatedSegmentView:
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
        moved_at = start_of_day(segment.last_day + DAY, setting.time_zone)
        plan = load_ratable(tx, [employee_id], period, moved_at).get(employee_id)
        if plan is None:
            expected = "pegawai dengan SKP yang sudah ditetapkan"
            fault = FieldError("employee_id", PlanMissing.code, str(employee_id), expected)
            raise PlanMissing(errors=[fault], year=period.year)
        rating, rule_version = setting.rate(period, command)
        made = SegmentRating.of(new_id(), plan.plan, segment, command, rating, by, tx.now)
        items = _items(tx, setting, made, command)
        if not insert_segment_rating(tx, made):
            raise SegmentRated(first_day=segment.first_day.isoformat())
        freeze_ratings(tx, actor, setting, [RatedRevision(made, made.record(rule_version), items)])
        insert_items(tx, {(made.id, 1): items})
        keep_rated_segment(tx, made, command)
        detail = {"order_reference": made.order_reference} if made.order_reference else {}
        audit.record(tx, actor, "segment_rated", "segment_rating", made.id, employee_id=employee_id, **detail)
        (shown,) = with_items(tx, setting, [made])
        return shown


def with_items(tx: Transaction, setting: AgencySetting, ratings: Sequence[SegmentRating]) -> list[RatedSegmentView]:
    """Return ratings of days until a move with what each says of every result and value, as it was frozen with it."""
    frozen = list_bases(tx, *(one.id for one in ratings)) if ratings else []
    views = []
    for one in ratings:
        content = ContentView.with_guides(content_of(tx, (one.plan_id, one.plan_version)), setting)
        standing = StandingItems.last_of(items_frozen(basis for basis in frozen if basis.evaluation_id == one.id))
        views.append(RatedSegmentView.of_rating(one, ItemsToShow.of(content, standing)))
    return views


def _items(
    tx: Transaction, setting: AgencySetting, made: SegmentRating, command: RateSegment
) -> tuple[EvaluationItem, ...]:
    """Return what is found for single results and values: of the plan that the move ended, and of its days alone."""
    if not command.items:
        return ()
    person, version = made.employee_id, (made.plan_id, made.plan_version)
    sources = ItemSources(
        f"{made.first_day.isoformat()} sampai {made.last_day.isoformat()}",
        contents={person: content_of(tx, version)},
        recorded=recorded_of(tx, [person], made, setting.span_of(made)),
    )
    return sources.items(person, command.items)


def _close_out_until(tx: Transaction, setting: AgencySetting, command: RateSegment, segment: Segment) -> date:
    """Return the last day for the outgoing appraiser: by the rule and the outages since, or by a grant."""
    days = setting.rules.close_out_days(segment.last_day)
    outages, owed = load_outages(tx, setting), close_outs(tx, [command.employee_id])
    subject = subject_from(subject_of(command.period), segment.first_day)
    return close_out_until(segment.last_day, days, outages, owed.get((command.employee_id, subject)))
