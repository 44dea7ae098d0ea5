"""What is open follows the timelines of personnel from the day on which they change; what is issued stays as it is."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.following import (
    Followed,
    WhyFollowed,
    begin_segment,
    follow_evaluation,
    follow_plan,
    is_rerouted,
    merged,
)
from appraisal.domain.people import Employee
from appraisal.domain.periods import Period, local_date, nearest_day
from appraisal.domain.plan import Plan
from appraisal.persistence import follow_ups, following
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.evaluations import unfinished_of
from appraisal.persistence.owed import years_kept
from appraisal.persistence.people import days_in_period, employees_on, subordinates_by_superior
from appraisal.use_cases.follow_ups.revise import revise_after_leave
from appraisal.use_cases.obligations.hand_on import hand_on
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis import audit, timers
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.keeping import TimelineChange
from directory.questions import offices_changing_on, time_zone

T = TypeVar("T", Plan, Evaluation)
Reasons = Mapping[UUID, WhyFollowed]
SYSTEM = "system"


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """Follow what holds today, and ask again on each day to come on which something of these people changes.

    Of whom the superiors have not arrived, nothing moves; their arrival is a change that comes here again.
    """
    try:
        zone = time_zone(tx)
    except NotKnownYet:
        # Without the agency nothing is open, for it is asked whenever a plan is made.
        return
    ahead = following.days_to_come(tx, [one.employee_id for one in changes], local_date(tx.now, zone))
    midnights = {day: datetime.combine(day, time.min, ZoneInfo(zone)) for day in ahead}
    timers.schedule_all(tx, "follow_timelines", midnights)
    _follow(tx, merged((one.employee_id, WhyFollowed(one.changed_from, one.corrected_from)) for one in changes), zone)


def follow_day(tx: Transaction, day: date) -> None:
    """Follow what was known ahead of a day, now that it has come."""
    people = following.changed_on(tx, day)
    _follow(tx, {one: WhyFollowed(day) for one in people}, time_zone(tx))
    hand_on(tx, offices_changing_on(tx, day))


def _follow(tx: Transaction, reasons: Reasons, zone: str) -> None:
    """Follow for these people, and for those whom they appraise: their superior is another's reviewer."""
    today = local_date(tx.now, zone)
    below = subordinates_by_superior(tx, reasons, today)
    of_superiors = ((one, reasons[superior]) for superior, people in below.items() for one in people)
    affected = merged([*reasons.items(), *of_superiors])
    _follow_plans(tx, affected, today)
    _follow_evaluations(tx, affected, today, zone)
    for one in employees_on(tx, following.with_open_coaching(tx, affected), today).values():
        follow_ups.reassign(tx, one.employee_id, one.appraiser_id)
    if reasons:
        since = min(why.changed_from for why in reasons.values())
        for year in years_kept(tx, reasons, since):
            refresh_obligations(tx, reasons, year)
        revise_after_leave(tx, SYSTEM, reasons, since)
    follow_case_officials(tx, affected)
    hand_on(tx, reasons)


def _follow_plans(tx: Transaction, reasons: Reasons, today: date) -> None:
    """A real move ends an agreed plan, and a draft begins for the new appraiser; anything else changes its names."""
    plans = following.open_plans_of(tx, reasons)
    found = _with_names(tx, plans, lambda plan: nearest_day(plan.year, today))
    first_days = _first_days(tx, plans, today)
    segments, followed = [], []
    for plan, now in found:
        why = reasons[plan.employee_id]
        segment = begin_segment(plan, now, first_days[plan.id], why, new_id())
        if segment is not None:
            segments.append(segment)
        elif one := follow_plan(plan, now, why):
            followed.append(one)
    _record(tx, "plan", followed, following.save_followed_plans(tx, followed))
    ended = following.save_new_segments(tx, segments)
    for segment in segments:
        if segment.id in ended:
            audit.record(tx, SYSTEM, "plan_segment_begun", "plan", segment.new_id, after=segment.id)


def _first_days(tx: Transaction, plans: Sequence[Plan], today: date) -> dict[UUID, date]:
    """Return for each plan the first day under the appraiser and in the unit of today, within its year."""
    by_year: defaultdict[int, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_year[plan.year].append(plan)
    found = {}
    for year, of_year in by_year.items():
        days = days_in_period(tx, {plan.employee_id for plan in of_year}, Period.of(year)).known
        for plan in of_year:
            if plan.employee_id in days:
                found[plan.id] = days[plan.employee_id].first_day_of_segment(nearest_day(year, today))
    return found


def _follow_evaluations(tx: Transaction, reasons: Reasons, today: date, zone: str) -> None:
    """A proposal follows like its plan, also under review; once issued, it has other names by a correction only."""

    def day_of(evaluation: Evaluation) -> date:
        if evaluation.issued_at is not None:
            return local_date(evaluation.issued_at, zone)
        return min(today, evaluation.period.last_day)

    evaluations = [
        one
        for one in unfinished_of(tx, reasons)
        if one.is_undisclosed or is_rerouted(day_of(one), reasons[one.employee_id])
    ]
    found = _with_names(tx, evaluations, day_of)
    followed = [one for item, now in found if (one := follow_evaluation(item, now, reasons[item.employee_id]))]
    saved = following.save_followed_evaluations(tx, followed)
    _record(tx, "evaluation", followed, saved)


def _with_names(tx: Transaction, items: Iterable[T], day_of: Callable[[T], date]) -> list[tuple[T, Employee]]:
    """Return each item with what its employee was on the item's day, where that is known."""
    by_day: defaultdict[date, list[T]] = defaultdict(list)
    for item in items:
        by_day[day_of(item)].append(item)
    found = []
    for day, of_day in by_day.items():
        employees = employees_on(tx, {item.employee_id for item in of_day}, day)
        found += [(item, employees[item.employee_id]) for item in of_day if item.employee_id in employees]
    return found


def _record(tx: Transaction, kind: str, followed: Sequence[Followed], saved: Collection[UUID]) -> None:
    for one in followed:
        if one.id in saved:
            audit.record(tx, SYSTEM, f"{kind}_followed", kind, one.id, employee_id=one.employee_id, **one.names)
