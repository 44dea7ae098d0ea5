"""Let every account of an agency follow, a number of people at a time: a rule or the time zone is another."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import jobs, timers
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from gateway.persistence.accounts import people_after
from gateway.persistence.people import day_here, start_of_day
from gateway.use_cases.people.follow import follow_people

JOB = "follow_all"
RULE_TIMER = "account_rule_begins"
PEOPLE_AT_ONCE = 500


@dataclass(frozen=True)
class FollowAll:
    """All open accounts that are somebody's."""


@dataclass(frozen=True)
class Progress:
    """The cursor: the person who came last."""

    after: UUID | None = None


def begin_rule(tx: Transaction, valid_from: date) -> None:
    """Let every account follow a rule on its first day; where days begin later by now, wait for it."""
    if day_here(tx) < valid_from:
        timers.schedule(tx, RULE_TIMER, valid_from, start_of_day(tx, valid_from))
    else:
        jobs.start(tx, JOB, FollowAll(), None)


def follow_all_step(tx: Transaction, job: Job) -> Step:
    """Let the next people's accounts follow; a second run changes nothing."""
    found = people_after(tx, job.cursor_as(Progress).after, PEOPLE_AT_ONCE)
    follow_people(tx, found)
    is_last = len(found) < PEOPLE_AT_ONCE
    return Step(finished=is_last, processed=len(found), cursor=Progress(found[-1] if found else None))
