"""Open a year: everybody's obligations as rows, by a job that may be killed; a second run changes nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from appraisal.persistence.obligations import mark_opened
from appraisal.persistence.owed import people_in_service
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis import audit, jobs, timers
from chassis.auth import Principal
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import time_zone, today

JOB = "open_obligations"
DAILY = "obligations_daily"
PEOPLE_PER_STEP = 1000


@dataclass(frozen=True)
class OpeningParams:
    year: int


@dataclass(frozen=True)
class YearOpened:
    """The result of the job so far: how many people it has read, and which obligations it wrote."""

    year: int = 0
    people: int = 0
    new: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Progress:
    """The cursor: the last employee who was read."""

    after: UUID | None = None
    result: YearOpened = YearOpened()


def open_year(work: UnitOfWork, actor: Principal, *, year: int) -> UUID:
    """Start the job and return its id."""
    with work.transaction(actor.agency_id) as tx:
        job_id = start_opening(tx, year, actor.account_id)
        audit.record(tx, actor, "obligations_opened", "obligation_year", year, job_id=job_id)
        return job_id


def start_opening(tx: Transaction, year: int, by: UUID | None, key: str | None = None) -> UUID:
    """Queue the job; from now on whoever arrives or moves is kept, whether the job has come to them or not."""
    mark_opened(tx, year, complete=False)
    schedule_first_daily(tx)  # a midnight that is due and has not been worked through yet stays due
    return jobs.start(tx, JOB, OpeningParams(year), by, key=key)


def open_year_step(tx: Transaction, job: Job) -> Step:
    """Open the next people's year. Who arrives or moves meanwhile is refreshed by their timeline."""
    year, progress = job.params_as(OpeningParams).year, job.cursor_as(Progress)
    people = people_in_service(tx, year, progress.after, PEOPLE_PER_STEP)
    done, before = refresh_obligations(tx, people, year), progress.result
    result = replace(
        before,
        year=year,
        people=before.people + len(people),
        new=before.new + done.new,
        changed=before.changed + done.changed,
    )
    if len(people) < PEOPLE_PER_STEP:
        mark_opened(tx, year, complete=True)
        return Step(finished=True, processed=len(people), total=result.people, result=result)
    return Step(cursor=Progress(people[-1], result), processed=len(people), result=result)


def schedule_daily(tx: Transaction) -> None:
    """Come back at the agency's next midnight, when deadlines are over."""
    timers.schedule(tx, DAILY, "all", _next_midnight(tx))


def schedule_first_daily(tx: Transaction) -> None:
    """Come back daily also where nobody has opened a year by a job; a timer that runs stays as it is."""
    timers.schedule_unless_there(tx, DAILY, "all", _next_midnight(tx))


def _next_midnight(tx: Transaction) -> datetime:
    return datetime.combine(today(tx) + timedelta(days=1), time.min, ZoneInfo(time_zone(tx)))
