"""Months to look at again, because something they were worked out from has changed.

Marks are set whether or not the month has been run: a run takes a mark away before it reads the inputs, so whatever
commits later is seen by the next one. A mark that is there already is locked all the same, or a run could take it away
before what it now stands for has been committed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.months import first_day

_MARK = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT :agency, e, m, :cause FROM unnest(CAST(:ids AS uuid[]), CAST(:months AS date[])) AS p (e, m) "
    "ORDER BY e, m ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_MARK_OPEN = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT :agency, :id, r.month, :cause FROM (SELECT month FROM allowance_run WHERE agency_id = :agency "
    "UNION SELECT CAST(:current AS date)) r WHERE r.month >= :since ORDER BY r.month "
    "ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_MARK_EVERYBODY = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT l.agency_id, l.employee_id, l.month, :cause FROM allowance_line l WHERE l.agency_id = :agency "
    "AND l.kind = 'REGULAR' AND l.month >= :since AND (CAST(:until AS date) IS NULL OR l.month "
    "<= CAST(:until AS date)) "
    "ORDER BY 2, 3 ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_WAIT_FOR_CHUNKS = text("SELECT 1 FROM allowance_run WHERE agency_id = :agency AND state = 'CALCULATING' FOR UPDATE")
_MARK_ADJUSTED = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT agency_id, employee_id, month, 'rerun' "
    "FROM allowance_line WHERE agency_id = :agency AND run_id = :run AND month <> :month ORDER BY 2, 3 "
    "ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_TAKE_MONTH = text("DELETE FROM recalculation WHERE agency_id = :agency AND month = :month AND employee_id = ANY(:ids)")
_TAKE_DECIDED = text(
    "DELETE FROM recalculation WHERE (agency_id, employee_id, month) IN (SELECT m.agency_id, m.employee_id, m.month "
    "FROM recalculation m JOIN allowance_run r ON r.agency_id = m.agency_id AND r.month = m.month "
    "WHERE m.agency_id = :agency AND m.month <> :month AND r.state IN ('APPROVED', 'PAID') "
    "ORDER BY m.month, m.employee_id LIMIT :limit FOR UPDATE OF m) RETURNING employee_id, month, cause"
)


@dataclass(frozen=True)
class Mark:
    employee_id: UUID
    month: date
    cause: str


def mark(tx: Transaction, chosen: Iterable[tuple[UUID, date]], cause: str) -> None:
    """Mark months of people, all in one statement and in one order: no two transactions wait for each other."""
    pairs = list(chosen)
    if pairs:
        ids, months = zip(*pairs, strict=True)
        tx.session.execute(_MARK, {"agency": tx.agency_id, "ids": list(ids), "months": list(months), "cause": cause})


def mark_months(tx: Transaction, ids: Sequence[UUID], months: Iterable[date], cause: str) -> None:
    mark(tx, product(ids, months), cause)


def mark_since(tx: Transaction, employee_id: UUID, since: date, cause: str) -> None:
    """Mark every month from `since` on that has a run, and the current one."""
    values = {
        "agency": tx.agency_id,
        "id": employee_id,
        "since": first_day(since),
        "current": first_day(tx.now.date()),
        "cause": cause,
    }
    tx.session.execute(_MARK_OPEN, values)


def mark_everybody(tx: Transaction, since: date, until: date | None, cause: str) -> None:
    """Mark all lines of these months, those of a chunk in hand too: a policy or a table of amounts has changed."""
    values = {"agency": tx.agency_id, "since": first_day(since), "until": until, "cause": cause}
    tx.session.execute(_WAIT_FOR_CHUNKS, {"agency": tx.agency_id})
    tx.session.execute(_MARK_EVERYBODY, values)


def mark_adjustments_of(tx: Transaction, run_id: UUID, month: date) -> None:
    """Look again at what this run has adjusted before: it is being run once more."""
    tx.session.execute(_MARK_ADJUSTED, {"agency": tx.agency_id, "run": run_id, "month": month})


def take_month(tx: Transaction, ids: Sequence[UUID], month: date) -> None:
    tx.session.execute(_TAKE_MONTH, {"agency": tx.agency_id, "month": month, "ids": list(ids)})


def take_decided(tx: Transaction, run_month: date, limit: int) -> list[Mark]:
    """Take marks of months that are decided; their corrections belong to the run of `run_month`."""
    rows = tx.session.execute(_TAKE_DECIDED, {"agency": tx.agency_id, "month": run_month, "limit": limit})
    return sorted((Mark(row.employee_id, row.month, row.cause) for row in rows), key=lambda m: (m.month, m.employee_id))
