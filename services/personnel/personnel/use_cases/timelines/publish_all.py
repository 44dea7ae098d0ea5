"""Publish the timelines of people whom a release recorded that published none: all who have none, or those named."""

from dataclasses import dataclass
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause
from personnel.persistence.employees import lock_employees, lock_reporting_lines
from personnel.persistence.timelines import lock_without_timeline
from personnel.use_cases.timelines.publish import publish_timelines

JOB = "publish_timelines"
CHUNK = 1000


@dataclass(frozen=True)
class PublishParams:
    """`employee_ids` None: everybody who has no timeline yet."""

    employee_ids: list[UUID] | None = None


@dataclass(frozen=True)
class Progress:
    """The cursor: the person published last."""

    after: UUID | None = None


def publish_all_step(tx: Transaction, job: Job) -> Step:
    """Publish the next people where there is anything to tell, so that nobody is published twice.

    Whoever records somebody locks those below, too: the job waits for its turn before it locks people.
    """
    lock_reporting_lines(tx)
    named, after = job.params_as(PublishParams).employee_ids, job.cursor_as(Progress).after
    if named is None:
        found = lock_without_timeline(tx, after=after, limit=CHUNK)
    else:
        found = sorted(one for one in named if after is None or one > after)[:CHUNK]
        lock_employees(tx, found)
    publish_timelines(tx, found, Cause.CHANGE)
    return Step(finished=len(found) < CHUNK, processed=len(found), cursor=Progress(found[-1] if found else None))
