"""Publish a first timeline of everybody who has none: people recorded by a release that published none."""

from dataclasses import dataclass
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause
from personnel.persistence.timelines import lock_without_timeline
from personnel.use_cases.timelines.publish import publish_timelines

JOB = "publish_timelines"
CHUNK = 1000


@dataclass(frozen=True)
class Progress:
    """The cursor: the person published last."""

    after: UUID | None = None


def publish_all_step(tx: Transaction, job: Job) -> Step:
    """Publish the next people; whoever has a timeline by now is left out, so that nobody is published twice."""
    found = lock_without_timeline(tx, after=job.cursor_as(Progress).after, limit=CHUNK)
    publish_timelines(tx, found, Cause.CHANGE)
    done = Progress(found[-1] if found else None)
    return Step(finished=len(found) < CHUNK, processed=len(found), cursor=done)
