"""Who is to be reminded of what: set-based, a page of people at a time, and recorded in the same statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.deadlines import start_of_day
from appraisal.domain.obligation import BY_DAYS
from appraisal.domain.obligation_moves import RATINGS
from appraisal.domain.reminders import OthersDue, PersonDue, ReminderRule, next_working_day
from chassis.records import fetch_all
from chassis.unit_of_work import Transaction

# No stage is as early.
NO_STAGE = -100_000
# The next people in the order of the index of who owes, so that a page reads no more of it than its own part.
_PEOPLE = text(
    "SELECT DISTINCT owed_by FROM (SELECT owed_by, due_at FROM obligation WHERE state = 'OPEN' AND owed_by > :after "
    "ORDER BY owed_by OFFSET 0) o WHERE due_at < :until ORDER BY owed_by LIMIT :limit"
)
# Of each of these people what is open: one lookup a person by the index of who owes. On a table without statistics the
# planner takes the index of deadlines for as good, and reads the agency for each; it does not give this order. OFFSET 0
# keeps the rest of the conditions out.
_OPEN = (
    "unnest(CAST(:people AS uuid[])) AS p (id) CROSS JOIN LATERAL (SELECT id, kind, subject, owed_by, employee_id, "
    "opens_at, due_at FROM obligation WHERE owed_by BETWEEN p.id AND p.id AND state = 'OPEN' ORDER BY owed_by "
    "OFFSET 0) o "
)
_RULE = "unnest(CAST(:kinds AS text[]), CAST(:days AS integer[])) AS s (kind, days)"
# Of it what has come to a stage: of the days of its kind, counted from the deadline, the last one that is not ahead.
# Nothing can be rated without an agreed plan: of that, who owes the plan is reminded. What is late counts from the
# first day after it on which anybody is reminded. What would come before the next working day is said now: over the
# weekend its e-mail would wait until after the deadline.
_STAGES = (
    f"WITH stages AS (SELECT * FROM {_RULE}), "  # noqa: S608 - constants
    "due AS (SELECT o.id, o.kind, o.owed_by, o.employee_id, o.due_at, l.days > 0 AS late, s.days AS stage "
    f"FROM {_OPEN} "
    "CROSS JOIN LATERAL (SELECT CAST(o.due_at AT TIME ZONE :zone AS date) AS day) d "
    "CROSS JOIN LATERAL (SELECT CASE WHEN d.day < CAST(:day AS date) THEN CAST(:day AS date) - d.day "
    "ELSE least(CAST(:next_day AS date) - 1 - d.day, 0) END AS days) l "
    "CROSS JOIN LATERAL (SELECT max(days) AS days FROM stages WHERE kind = o.kind AND days <= l.days) s "
    "WHERE o.due_at < :until AND (o.opens_at IS NULL OR o.opens_at <= :now) "
    "AND (o.kind <> ALL(:by_days) OR left(o.subject, 4) = ANY(:years)) "
    "AND (o.kind <> ALL(:ratings) OR EXISTS (SELECT FROM plan WHERE employee_id = o.employee_id "
    "AND year = CAST(left(o.subject, 4) AS integer) AND active_version IS NOT NULL OFFSET 0)) "
    "AND s.days IS NOT NULL AND (l.days <= 0 OR s.days > 0))"
)
# A person is reminded of everything that has come so far, once any of it has come to a further stage than was recorded.
# What nobody can be reminded of today is recorded without its stage: it comes once somebody can, and late, to who is
# above its owner.
_REMIND = text(
    f"{_STAGES}, put AS (INSERT INTO obligation_reminder AS r "  # noqa: S608 - constants
    "(obligation_id, agency_id, owed_by, due_at, stage, reminded_on) SELECT id, "
    "current_setting('app.agency_id'), owed_by, due_at, CASE WHEN id = ANY(:silent) THEN :none ELSE stage END, "
    "CAST(:day AS date) FROM due "
    "ORDER BY id ON CONFLICT (obligation_id) DO UPDATE SET owed_by = excluded.owed_by, due_at = excluded.due_at, "
    "stage = excluded.stage, reminded_on = excluded.reminded_on WHERE r.due_at <> excluded.due_at "
    "OR r.owed_by <> excluded.owed_by OR r.stage < excluded.stage RETURNING owed_by, stage) "
    "SELECT owed_by AS employee_id, late, kind, employee_id = owed_by AS own, count(*) AS count, "
    "min(due_at) AS due_at FROM due WHERE owed_by IN (SELECT owed_by FROM put WHERE stage > :none) "
    "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)
# What others may do in the place of these: nothing that is about the official.
_OTHERS = text(
    f"{_STAGES} SELECT id, owed_by, employee_id, kind, due_at, late FROM due WHERE employee_id <> owed_by"  # noqa: S608
)
# Late for so many days, by who was reminded of it on an earlier day; once for each deadline.
_OVERDUE = (
    f"FROM {_OPEN} JOIN {_RULE} ON s.kind = o.kind CROSS JOIN LATERAL "  # noqa: S608 - constants
    "(SELECT owed_by, due_at, reminded_on, escalated_for FROM obligation_reminder "
    "WHERE obligation_id = o.id OFFSET 0) r "
    "WHERE r.owed_by = o.owed_by AND r.due_at = o.due_at AND r.reminded_on < CAST(:day AS date) "
    "AND r.escalated_for IS DISTINCT FROM o.due_at "
    "AND CAST(:day AS date) - CAST(o.due_at AT TIME ZONE :zone AS date) >= s.days"
)
_OVERDUE_PEOPLE = text(f"SELECT DISTINCT o.owed_by {_OVERDUE}")
_ESCALATE = text(
    "WITH put AS (UPDATE obligation_reminder SET escalated_for = found.due_at FROM "  # noqa: S608 - constants
    f"(SELECT o.id, o.owed_by, o.employee_id, o.kind, o.due_at {_OVERDUE} ORDER BY o.id) found "
    "WHERE obligation_id = found.id RETURNING found.owed_by, found.employee_id, found.kind, found.due_at) "
    "SELECT owed_by AS employee_id, true AS late, kind, employee_id = owed_by AS own, count(*) AS count, "
    "min(due_at) AS due_at FROM put GROUP BY 1, 3, 4 ORDER BY 1, 3, 4"
)


@dataclass(frozen=True)
class ReminderDay:
    """A day where the agency is, the days by which people are reminded on it, and the years that it works with."""

    day: date
    time_zone: str
    rule: ReminderRule
    years: tuple[int, ...]

    @property
    def until(self) -> datetime:
        """Return the first moment whose deadlines nobody is reminded of yet."""
        return start_of_day(self.next_day + timedelta(days=self.rule.longest_before), self.time_zone)

    @property
    def next_day(self) -> date:
        """Return the next day on which people work."""
        return next_working_day(self.day)


def people_to_remind(tx: Transaction, today: ReminderDay, after: UUID, limit: int) -> list[UUID]:
    """Return the next people, by id, who owe something whose deadline is near or over."""
    values = {"after": after, "until": today.until, "limit": limit}
    return list(tx.session.scalars(_PEOPLE, values))


def remind_people(
    tx: Transaction, today: ReminderDay, people: Collection[UUID], silent: Collection[UUID]
) -> list[PersonDue]:
    """Record how far these people are reminded, and return what of, by person: of who comes to a further stage.

    `silent` are the obligations of which nobody can be reminded today.
    """
    values = {**_values(tx, today, people), "silent": list(silent), "none": NO_STAGE}
    return fetch_all(tx, _REMIND, PersonDue, values)


def owed_by_absent(tx: Transaction, today: ReminderDay, officials: Collection[UUID]) -> list[OthersDue]:
    """Return what officials who are away are reminded of, and others may do in their place."""
    return fetch_all(tx, _OTHERS, OthersDue, _values(tx, today, officials))


def overdue_people(tx: Transaction, today: ReminderDay, people: Collection[UUID]) -> set[UUID]:
    """Return those of these people whose superior is to be notified of something that is late."""
    return set(tx.session.scalars(_OVERDUE_PEOPLE, _overdue_values(today, people)))


def escalate_people(tx: Transaction, today: ReminderDay, people: Collection[UUID]) -> list[PersonDue]:
    """Record that the superiors of these people are notified, and return of what, by person."""
    return fetch_all(tx, _ESCALATE, PersonDue, _overdue_values(today, people)) if people else []


def _values(tx: Transaction, today: ReminderDay, people: Collection[UUID]) -> Mapping[str, object]:
    stages = [(kind, days) for kind in today.rule.kinds for days in today.rule.of(kind).stages]
    years = {"by_days": list(BY_DAYS), "ratings": list(RATINGS), "years": list(map(str, today.years))}
    return {**_named(today, people, stages), **years, "until": today.until, "now": tx.now, "next_day": today.next_day}


def _overdue_values(today: ReminderDay, people: Collection[UUID]) -> Mapping[str, object]:
    late = ((kind, today.rule.of(kind).superior_after) for kind in today.rule.kinds)
    return _named(today, people, [(kind, days) for kind, days in late if days is not None])


def _named(today: ReminderDay, people: Collection[UUID], stages: Collection[tuple[str, int]]) -> dict[str, object]:
    named = {"kinds": [kind for kind, _ in stages], "days": [days for _, days in stages]}
    return {**named, "people": list(people), "day": today.day, "zone": today.time_zone}
