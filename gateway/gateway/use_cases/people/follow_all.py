"""Let every account of an agency follow, a number of people at a time: a rule or the time zone is another."""

from dataclasses import dataclass
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from gateway.persistence.accounts import people_after
from gateway.use_cases.people.follow import follow_people

JOB = "follow_all"
PEOPLE_AT_ONCE = 500


@dataclass(frozen=True)
class FollowAll:
    """All open accounts that are somebody's."""


@dataclass(frozen=True)
class Progress:
    """The cursor: the person who came last."""

    after: UUID | None = None


def follow_all_step(tx: Transaction, job: Job) -> Step:
    """Let the next people's accounts follow; a second run changes nothing."""
    found = people_after(tx, job.cursor_as(Progress).after, PEOPLE_AT_ONCE)
    follow_people(tx, found)
    is_last = len(found) < PEOPLE_AT_ONCE
    return Step(finished=is_last, processed=len(found), cursor=Progress(found[-1] if found else None))
