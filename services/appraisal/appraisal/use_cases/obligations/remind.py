"""Each morning of the agency: remind everybody of what they owe soon, or owe late, by a job that may be killed.

A page of people is one step: what each is reminded of is recorded with the event, so nobody is reminded twice, nor left
out. A day whose job does not end is left to the next one, which goes on from what was recorded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from appraisal.domain.obligation import NOBODY
from appraisal.domain.obligation_moves import may_while_away
from appraisal.domain.reminders import Digest, digests, digests_in_place
from appraisal.events import DeadlinesApproaching, DeadlinesOverdue
from appraisal.persistence.obligations import opened_years
from appraisal.persistence.outages import pending_outages
from appraisal.persistence.reminders import (
    ReminderDay,
    escalate_people,
    overdue_people,
    owed_by_absent,
    people_to_remind,
    remind_people,
)
from appraisal.persistence.rules import load_setting
from appraisal.persistence.stand_ins import stand_ins_today
from chassis import audit, jobs, outbox, timers
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from directory.questions import reachable_on, superiors_on, today

JOB, TIMER = "remind_people", "reminders"
PEOPLE_PER_STEP = 500
_UNTIL_MOVED = timedelta(minutes=15)


@dataclass(frozen=True)
class RemindParams:
    day: date


@dataclass(frozen=True)
class Reminded:
    """The result of the job so far: how many events people and superiors got."""

    people: int = 0
    superiors: int = 0


@dataclass(frozen=True)
class Progress:
    """The cursor: the last person who was looked at."""

    after: UUID = NOBODY
    result: Reminded = Reminded()


def schedule_reminders(tx: Transaction) -> None:
    """At midnight: come back at the hour of this day's rule."""
    setting = load_setting(tx)
    hour = time(setting.rules.reminder(setting.today).hour)
    due_at = datetime.combine(setting.today, hour, ZoneInfo(setting.time_zone))
    timers.schedule(tx, TIMER, setting.today.isoformat(), due_at)


def start_reminding(tx: Transaction, day: date) -> None:
    """Queue the job of a day, once; while another still moves deadlines by an outage, nobody is reminded."""
    if day != today(tx):
        return
    if pending_outages(tx):
        timers.schedule(tx, TIMER, day.isoformat(), tx.now + _UNTIL_MOVED)
        return
    jobs.start(tx, JOB, RemindParams(day), None, key=day.isoformat())


def remind_people_step(tx: Transaction, job: Job) -> Step:
    """Remind the next people, and notify the superiors of those who are late for long."""
    params, progress = job.params_as(RemindParams), job.cursor_as(Progress)
    setting = load_setting(tx)
    if setting.today != params.day:
        return Step(finished=True, result=progress.result)
    rule = setting.rules.reminder(setting.today)
    now = ReminderDay(setting.today, setting.time_zone, rule, tuple(opened_years(tx)))
    people = people_to_remind(tx, now, progress.after, PEOPLE_PER_STEP)
    superiors = _escalate(tx, now, people)  # first: of what somebody was reminded of on an earlier day
    found = _present_digests(tx, now, people)
    for one in found:
        outbox.record(tx, DeadlinesApproaching.of(one))
    result = Reminded(progress.result.people + len(found), progress.result.superiors + superiors)
    if len(people) < PEOPLE_PER_STEP:
        counts = {"people": result.people, "superiors": result.superiors}
        audit.record(tx, "system", "people_reminded", "reminder_day", now.day, **counts)
        return Step(finished=True, processed=len(people), result=result)
    return Step(cursor=replace(progress, after=people[-1], result=result), processed=len(people), result=result)


def _present_digests(tx: Transaction, now: ReminderDay, people: Sequence[UUID]) -> list[Digest]:
    """Return what people are reminded of who can do it today, and what others are who act for officials who are away.

    Who is away is reminded only of what they can do meanwhile; of what nobody can do, somebody is once they can.
    """
    absent = set(people) - reachable_on(tx, people, now.day) if people else set()
    owed = owed_by_absent(tx, now, absent) if absent else []
    stand_ins = stand_ins_today(tx, owed, now.day)
    silent = [one.id for one in owed if one.id not in stand_ins and not may_while_away(one.kind, own=False)]
    due = remind_people(tx, now, people, silent)
    can = [one for one in due if one.employee_id not in absent or may_while_away(one.kind, own=one.own)]
    reminded = {one.employee_id for one in due}
    return digests(can, now.day) + digests_in_place(
        (one for one in owed if one.owed_by in reminded), stand_ins, now.day
    )


def _escalate(tx: Transaction, now: ReminderDay, people: Iterable[UUID]) -> int:
    """Notify who is above each, or stands in there today; who has nobody above them, nobody. Return how many were late.

    Whose superior is not known yet, waits for the next day.
    """
    late = overdue_people(tx, now, list(people))
    if not late:
        return 0
    above = superiors_on(tx, late, now.day).known
    found = digests(escalate_people(tx, now, sorted(above)), now.day)
    notified = [(one, duty.superior_id) for one in found if (duty := above[one.employee_id]) is not None]
    for one, superior_id in notified:
        outbox.record(tx, DeadlinesOverdue.of(one, superior_id))
    return len(notified)
