"""The register of obligations between rows and the domain; a batch is written in one statement."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import case, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.obligation import (
    BY_DAYS,
    EVALUATIONS,
    NO_LONGER_OWED,
    WINDOW_CLOSED,
    Obligation,
    ObligationKind,
    ObligationState,
    kind_of,
    over_by,
    subject_of,
)
from appraisal.domain.periods import Period
from appraisal.domain.setting import Lapse
from appraisal.persistence import models
from appraisal.persistence.obligation_models import Obligation as Row
from appraisal.persistence.obligation_models import ObligationYear
from appraisal.persistence.outages import ExtendedRow, enter_steps, hold_outages, with_extensions
from chassis.ids import new_id
from chassis.records import among, table_of
from chassis.unit_of_work import Transaction

# Set-based, as rows of JSON: only what differs is written, so that a second run locks and changes nothing. What is not
# open keeps the deadline that it had, since no outage moves it, unless the rule gives another one; and an excuse by
# hand holds as long as the rules would ask for more. With `checked`, a row that another transaction has
# written since it was read (`seen`, 0: it was not there) is left as it is and counted as missed. Kind and subject are
# compared as a pair, here and below, which no index can do: without statistics the planner takes the index of a period
# for as good as that of a person, and reads the whole agency for each row.
_PUT = text(
    "WITH given AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS g (id uuid, kind text, employee_id uuid, "
    "subject text, unit_id uuid, owed_by uuid, owed_to uuid, first_day date, last_day date, working_days integer, "
    "opens_at timestamptz, due_at timestamptz, original_due_at timestamptz, state text, reason text, "
    "done_at timestamptz, matter_id uuid, seen integer)), "
    "differing AS (SELECT g.id, g.kind, g.employee_id, g.subject, g.unit_id, g.owed_by, g.owed_to, g.first_day, "
    "g.last_day, g.working_days, g.opens_at, w.due_at, g.original_due_at, w.state, w.reason, g.done_at, g.matter_id, "
    "g.seen FROM given g LEFT JOIN obligation o ON o.employee_id = g.employee_id "
    "AND (o.kind, o.subject) IS NOT DISTINCT FROM (g.kind, g.subject) CROSS JOIN LATERAL (SELECT "
    "CASE WHEN o.original_due_at = g.original_due_at AND (g.state <> 'OPEN' OR o.excused_by IS NOT NULL) "
    "THEN o.due_at ELSE g.due_at END AS due_at, "
    "CASE WHEN o.excused_by IS NOT NULL AND g.state IN ('OPEN', 'LAPSED') THEN 'EXCUSED' ELSE g.state END AS state, "
    "CASE WHEN o.excused_by IS NOT NULL AND g.state IN ('OPEN', 'LAPSED') THEN 'BY_ORDER' ELSE g.reason END AS reason"
    ") w WHERE o.id IS NULL OR (o.unit_id, o.owed_by, o.owed_to, o.first_day, o.last_day, o.working_days, o.opens_at, "
    "o.due_at, o.original_due_at, o.state, o.reason, o.done_at, o.matter_id) IS DISTINCT FROM "
    "(g.unit_id, g.owed_by, g.owed_to, g.first_day, g.last_day, g.working_days, g.opens_at, w.due_at, "
    "g.original_due_at, w.state, w.reason, g.done_at, g.matter_id)), "
    "put AS (INSERT INTO obligation AS o (id, agency_id, kind, employee_id, subject, unit_id, owed_by, owed_to, "
    "first_day, last_day, working_days, opens_at, due_at, original_due_at, state, reason, done_at, matter_id, excuse, "
    "order_reference, version, opened_at, updated_at) SELECT id, current_setting('app.agency_id'), kind, employee_id, "
    "subject, unit_id, owed_by, owed_to, first_day, last_day, working_days, opens_at, due_at, original_due_at, state, "
    "reason, done_at, matter_id, '', '', coalesce(seen, 0) + 1, :now, :now FROM differing "
    "ORDER BY employee_id, kind, subject "
    "ON CONFLICT (agency_id, employee_id, kind, subject) DO UPDATE SET unit_id = excluded.unit_id, "
    "owed_by = excluded.owed_by, owed_to = excluded.owed_to, first_day = excluded.first_day, "
    "last_day = excluded.last_day, working_days = excluded.working_days, opens_at = excluded.opens_at, "
    "due_at = excluded.due_at, original_due_at = excluded.original_due_at, state = excluded.state, "
    "reason = excluded.reason, done_at = excluded.done_at, matter_id = excluded.matter_id, version = o.version + 1, "
    "updated_at = excluded.updated_at WHERE NOT :checked OR o.version = excluded.version - 1 "
    "RETURNING employee_id, xmax = 0 AS inserted) "
    "SELECT employee_id, count(*) FILTER (WHERE inserted IS NULL) AS differing, "
    "count(*) FILTER (WHERE inserted) AS new, count(*) FILTER (WHERE NOT inserted) AS changed FROM ("
    "SELECT employee_id, CAST(NULL AS boolean) AS inserted FROM differing "
    "UNION ALL SELECT employee_id, inserted FROM put) c GROUP BY employee_id"
)
# Set-based: the obligations of the days that these plans cover, as the plans are now. An open plan covers what has
# begun; one that was ever agreed fulfils them.
_FOLLOW_PLANS = text(
    "WITH p AS (SELECT id, employee_id, appraiser_id, CAST(year AS text) AS year, "
    "active_version IS NOT NULL AS agreed, active_version IS NULL AND state = 'SUBMITTED' AS waits, "
    "coalesce(first_day, make_date(year, 1, 1)) AS since "
    "FROM plan WHERE id = ANY(:plans)) "
    "UPDATE obligation o SET matter_id = p.id, owed_by = CASE WHEN waits THEN p.appraiser_id ELSE p.employee_id END, "
    "owed_to = CASE WHEN waits THEN p.employee_id ELSE p.appraiser_id END, "
    "state = CASE WHEN agreed THEN 'DONE' ELSE o.state END, reason = CASE WHEN agreed THEN '' ELSE o.reason END, "
    "done_at = CASE WHEN agreed THEN :now ELSE o.done_at END, version = o.version + 1, updated_at = :now FROM p "
    "WHERE o.employee_id = p.employee_id AND o.kind = 'PLAN' AND o.state IN ('OPEN', 'EXCUSED', 'LAPSED') "
    "AND left(o.subject, 4) = p.year AND o.last_day >= p.since AND o.first_day <= greatest(:today, p.since) "
    "RETURNING o.employee_id"
)
# One index lookup a person, whatever the planner knows of the table: OFFSET 0 keeps it from reading a whole kind.
_STORED = text(
    "SELECT o.* FROM unnest(CAST(:people AS uuid[])) AS a (id) CROSS JOIN LATERAL ("
    "SELECT kind, employee_id, subject, id, version, state FROM obligation "
    "WHERE employee_id = a.id AND kind = ANY(:kinds) "
    "AND left(subject, 4) = :year OFFSET 0) o"
)
# Set-based: the obligations that evaluations fulfil. What is known of them is given, not joined: with the statistics of
# an empty table the planner would look at every evaluation of the agency for every obligation.
_FULFIL = text(
    "UPDATE obligation o SET state = 'DONE', reason = '', matter_id = e.id, done_at = e.done_at, "
    "owed_by = e.appraiser_id, unit_id = e.unit_id, version = o.version + 1, updated_at = :now "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:employees AS uuid[]), CAST(:appraisers AS uuid[]), "
    "CAST(:units AS uuid[]), CAST(:done AS timestamptz[])) AS e (id, employee_id, appraiser_id, unit_id, done_at) "
    "WHERE o.employee_id = e.employee_id AND (o.kind, o.subject) IS NOT DISTINCT FROM (:kind, :subject) "
    "AND o.state <> 'DONE' "
    "RETURNING o.employee_id"
)


@dataclass(frozen=True)
class Stored:
    """What is stored of an obligation, as a refresh needs it."""

    id: UUID
    version: int
    is_cancelled: bool


@dataclass(frozen=True)
class Put:
    """How many rows were new and changed, and of whom another transaction has written a row meanwhile."""

    new: int = 0
    changed: int = 0
    missed: frozenset[UUID] = frozenset()

    def __add__(self, other: "Put") -> "Put":
        """Return both as one; only the later one knows who is still missed."""
        return Put(self.new + other.new, self.changed + other.changed, other.missed)


def put_obligations(
    tx: Transaction, rows: Sequence[Obligation], seen: Mapping[tuple[str, UUID, str], int] | None = None
) -> Put:
    """Write those of these obligations that differ from what is stored, with the outages recorded before."""
    return put_extended(tx, with_extensions(tx, rows), seen) if rows else Put()


def put_extended(
    tx: Transaction, rows: Sequence[ExtendedRow], seen: Mapping[tuple[str, UUID, str], int] | None = None
) -> Put:
    """Write those of these obligations that differ from what is stored; `seen` are the versions that were read.

    An excuse by hand stays. Without `seen`, what is stored is overwritten whoever wrote it.
    """
    if not rows:
        return Put()
    given = [
        {**vars(one.row), "id": new_id(), "seen": None if seen is None else seen.get(one.row.key, 0)} for one in rows
    ]
    values = {"rows": msgspec.json.encode(given).decode(), "checked": seen is not None, "now": tx.now}
    found = tx.session.execute(_PUT, values).all()
    enter_steps(tx, rows)
    return Put(
        sum(row.new for row in found),
        sum(row.changed for row in found),
        frozenset(row.employee_id for row in found if row.new + row.changed < row.differing),
    )


def stored_obligations(
    tx: Transaction, people: Collection[UUID], year: int
) -> dict[tuple[ObligationKind, UUID, str], Stored]:
    """Return what is stored of a year about these people, of the kinds that follow from their days."""
    found, values = {}, {"people": list(people), "kinds": list(BY_DAYS), "year": str(year)}
    for kind, person, subject, row_id, version, state in tx.session.execute(_STORED, values):
        found[ObligationKind(kind), person, subject] = Stored(row_id, version, state == ObligationState.CANCELLED)
    return found


def cancel_obligations(tx: Transaction, ids: Collection[UUID]) -> int:
    """Mark these as no longer owed; return how many were not yet."""
    query = update(Row).where(among(Row.id, ids), Row.state != ObligationState.CANCELLED)
    changed = {"state": ObligationState.CANCELLED, "reason": NO_LONGER_OWED, "updated_at": tx.now}
    return len(tx.session.scalars(query.values(version=Row.version + 1, **changed).returning(Row.id)).all())


def follow_plans(tx: Transaction, plan_ids: Collection[UUID], today: date) -> set[UUID]:
    """Bring the obligations of these plans' days to the plans' state; return the employees who have such."""
    hold_outages(tx)
    values = {"plans": list(plan_ids), "today": today, "now": tx.now}
    return set(tx.session.execute(_FOLLOW_PLANS, values).scalars())


def fulfil_evaluations(
    tx: Transaction, kind: ObligationKind, subject: str, evaluations: Sequence[Evaluation]
) -> set[UUID]:
    """Mark what these finished evaluations of a period fulfil; return the employees who owe such no longer."""
    hold_outages(tx)
    values = {
        "ids": [one.id for one in evaluations],
        "employees": [one.employee_id for one in evaluations],
        "appraisers": [one.appraiser_id for one in evaluations],
        "units": [one.unit_id for one in evaluations],
        "done": [one.done_at for one in evaluations],
        "kind": kind,
        "subject": subject,
        "now": tx.now,
    }
    return set(tx.session.execute(_FULFIL, values).scalars())


def fulfil_segment(tx: Transaction, employee_id: UUID, subject: str, rating_id: UUID) -> bool:
    """Mark the rating of days until a move as done; return whether it was owed."""
    hold_outages(tx)
    query = update(Row).where(
        Row.employee_id == employee_id, Row.kind == ObligationKind.SEGMENT_RATING, Row.subject == subject
    )
    changed = {"state": ObligationState.DONE, "reason": "", "matter_id": rating_id, "done_at": tx.now}
    query = query.values(version=Row.version + 1, updated_at=tx.now, **changed)
    return tx.session.scalar(query.returning(Row.id)) is not None


def overtake(tx: Transaction, lapses: Iterable[Lapse]) -> int:
    """Do to the open obligations what time does to them; return how many changed.

    Days until a move that their appraiser has not rated in time are HR's; evaluations lapse by the rule of their day.
    """
    is_rating = Row.kind == ObligationKind.SEGMENT_RATING
    overdue = update(Row).where(Row.state == ObligationState.OPEN, Row.due_at <= over_by(tx.now))
    now = {"version": Row.version + 1, "updated_at": tx.now}
    handed_on = overdue.where(is_rating, Row.owed_by.is_not(None)).values(owed_by=None, **now)
    changed = len(tx.session.scalars(handed_on.returning(Row.id)).all())
    for one in lapses:
        over = Row.due_at <= over_by(tx.now) - timedelta(days=one.days)
        lapsed = overdue.where(Row.kind.in_(EVALUATIONS), over, Row.due_at >= one.since)
        lapsed = lapsed if one.until is None else lapsed.where(Row.due_at < one.until)
        lapsed = lapsed.values(state=ObligationState.LAPSED, reason=WINDOW_CLOSED, **now)
        changed += len(tx.session.scalars(lapsed.returning(Row.id)).all())
    return changed


def extend_obligations(tx: Transaction, period: Period, due_at: datetime) -> None:
    """Let every evaluation of a period be owed until then, never shorter; one that has lapsed is owed again."""
    is_lapsed = Row.state == ObligationState.LAPSED
    query = update(Row).where(Row.kind == kind_of(period), Row.subject == subject_of(period), Row.due_at < due_at)
    state = case((is_lapsed, ObligationState.OPEN.value), else_=Row.state)
    reason = case((is_lapsed, ""), else_=Row.reason)
    query = query.values(due_at=due_at, state=state, reason=reason, version=Row.version + 1, updated_at=tx.now)
    tx.session.execute(query)


def mark_opened(tx: Transaction, year: int, *, complete: bool) -> None:
    """Record that everybody's obligations of a year are being opened, or now are complete."""
    row = {"agency_id": tx.agency_id, "year": year, "opened_at": tx.now, "complete_at": tx.now if complete else None}
    query = insert(table_of(ObligationYear)).values(row)
    complete_at = func.coalesce(table_of(ObligationYear).c.complete_at, query.excluded.complete_at)
    tx.session.execute(
        query.on_conflict_do_update(index_elements=["agency_id", "year"], set_={"complete_at": complete_at})
    )


def opened_years(tx: Transaction) -> list[int]:
    """Return the years that the agency works with: HR has opened them, or something was begun in them.

    What is owed of another year, as of the last one before the agency came, was computed for a reader, and nobody is
    reminded of it.
    """
    return sorted(tx.session.scalars(select(ObligationYear.year).union(select(models.Period.year))))


def is_complete(tx: Transaction, year: int) -> bool:
    """Return whether everybody's obligations of a year were opened."""
    query = select(ObligationYear.complete_at).where(ObligationYear.year == year)
    return tx.session.scalar(query) is not None
