"""Compare people with what their posts require after their time has changed, now and on days that are known ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from chassis import jobs, timers
from chassis.clock import today_in
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from directory.keeping import TimelineChange
from directory.questions import days_ahead, people_changing_on, time_zone, today
from training.domain.people import start_of_day
from training.persistence.needs import people_to_compare
from training.use_cases.needs.compare_levels import compare_after_changes, compare_levels

TIMER = "timelines_change"
JOB = "follow_timelines"
PEOPLE_PER_STEP = 200


@dataclass(frozen=True)
class FollowingParams:
    day: date


@dataclass(frozen=True)
class Progress:
    """The cursor: the last employee who was looked at."""

    after: UUID | None = None


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """Compare those who have something to compare, and come back on each day ahead on which one of them changes."""
    compare_after_changes(tx, {change.employee_id: change.causation for change in changes})
    # in no time zone is the day more than one behind: only who has days ahead asks for the zone
    surely_past = tx.now.date() - timedelta(days=1)
    ahead = days_ahead(tx, [change.employee_id for change in changes], surely_past)
    if ahead:
        zone = time_zone(tx)
        timers.schedule_all(tx, TIMER, {day: start_of_day(day, zone) for day in ahead if day > today_in(tx.now, zone)})


def follow_day(tx: Transaction, day: date) -> None:
    """Start to compare those of whom something has become different today."""
    jobs.start(tx, JOB, FollowingParams(day), None, key=str(day))


def follow_day_step(tx: Transaction, job: Job) -> Step:
    day, after = job.params_as(FollowingParams).day, job.cursor_as(Progress).after
    found = people_changing_on(tx, day, after, PEOPLE_PER_STEP)
    for employee_id in people_to_compare(tx, found):
        compare_levels(tx, employee_id, today(tx))
    if len(found) < PEOPLE_PER_STEP:
        return Step(finished=True, processed=len(found))
    return Step(processed=len(found), cursor=Progress(found[-1]))
