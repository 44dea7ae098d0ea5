"""The recalculation queue: months of people that a run must calculate again, since one of their inputs has changed.

A month is enqueued whether or not it has been run. A run removes an entry before it reads the inputs, so whatever
commits later is seen by the next run. An entry that is there already is locked all the same, or a run could remove it
before the change that it now stands for has been committed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from sqlalchemy import delete, text

from chassis.records import among
from chassis.unit_of_work import Transaction
from directory.timelines import LEFT_SERVICE
from incentive.domain.months import first_day
from incentive.persistence import models

# The statements are text because each builds its set of months in the database, in one order (no two transactions
# wait for each other), and locks what is there already.
_ENQUEUE = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT :agency, e, m, :cause FROM unnest(CAST(:ids AS uuid[]), CAST(:months AS date[])) AS p (e, m) "
    "ORDER BY e, m ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_ENQUEUE_SINCE = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT :agency, p.e, r.month, :cause FROM unnest(CAST(:ids AS uuid[]), CAST(:since AS date[])) AS p (e, since) "
    "JOIN (SELECT month FROM allowance_run WHERE agency_id = :agency UNION SELECT CAST(:current AS date)) r "
    "ON r.month >= p.since ORDER BY p.e, r.month "
    "ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
# Those who have just arrived, by the timelines that the directory has of them by now. A decided month that was paid as
# one whole, without a correction, is left alone when one stretch holds on all its days and the day before (which a rule
# may look at) and says what the line was calculated from; and so is one without a line for whoever had left.
_ENQUEUE_ARRIVED = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT :agency, p.e, r.month, :cause FROM unnest(CAST(:ids AS uuid[]), CAST(:since AS date[])) AS p (e, since) "
    "JOIN (SELECT month, state IN ('APPROVED', 'PAID') AS decided FROM allowance_run WHERE agency_id = :agency "
    "UNION SELECT CAST(:current AS date), false WHERE NOT EXISTS "
    "(SELECT 1 FROM allowance_run WHERE agency_id = :agency AND month = CAST(:current AS date))) r "
    "ON r.month >= p.since WHERE NOT r.decided OR NOT EXISTS (SELECT 1 FROM directory_stretch s "
    "LEFT JOIN allowance_line l ON l.agency_id = :agency AND l.employee_id = p.e AND l.month = r.month "
    "WHERE s.agency_id = :agency AND s.employee_id = p.e AND s.first_day < r.month "
    "AND (s.last_day IS NULL OR s.last_day >= CAST(r.month + INTERVAL '1 month' AS date) - 1) "
    "AND CASE WHEN l.id IS NULL THEN s.status = ANY(:left) ELSE "
    "NOT EXISTS (SELECT 1 FROM allowance_line o WHERE o.agency_id = :agency AND o.employee_id = p.e "
    "AND o.month = r.month AND o.id <> l.id) "
    "AND jsonb_path_exists(l.inputs, '$.segments') IS FALSE AND l.unit_id = s.unit_id "
    "AND l.inputs ->> 'job_class' = CAST(s.job_class AS text) AND l.inputs ->> 'status' = s.status "
    "AND l.inputs ->> 'employment_type' = s.employment_type END) "
    "ORDER BY p.e, r.month ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_ENQUEUE_EVERYBODY = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT l.agency_id, l.employee_id, l.month, :cause FROM allowance_line l WHERE l.agency_id = :agency "
    "AND l.kind = 'REGULAR' AND l.month >= :since "
    "AND (CAST(:until AS date) IS NULL OR l.month <= CAST(:until AS date)) "
    "ORDER BY 2, 3 ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_ENQUEUE_ADJUSTED = text(
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT DISTINCT agency_id, employee_id, month, 'rerun' "
    "FROM allowance_line WHERE agency_id = :agency AND run_id = :run AND month <> :month ORDER BY 2, 3 "
    "ON CONFLICT (agency_id, employee_id, month) DO UPDATE SET cause = recalculation.cause"
)
_WAIT_FOR_CHUNKS = text("SELECT 1 FROM allowance_run WHERE agency_id = :agency AND state = 'CALCULATING' FOR UPDATE")
_COUNT_DECIDED = text(
    "SELECT count(*) FROM recalculation m JOIN allowance_run r ON r.agency_id = m.agency_id AND r.month = m.month "
    "WHERE m.agency_id = :agency AND m.month <> :month AND r.state IN ('APPROVED', 'PAID')"
)
_DEQUEUE_DECIDED = text(
    "DELETE FROM recalculation WHERE (agency_id, employee_id, month) IN (SELECT m.agency_id, m.employee_id, m.month "
    "FROM recalculation m JOIN allowance_run r ON r.agency_id = m.agency_id AND r.month = m.month "
    "WHERE m.agency_id = :agency AND m.month <> :month AND r.state IN ('APPROVED', 'PAID') "
    "AND (CAST(:after_month AS date) IS NULL OR (m.month, m.employee_id) > (:after_month, CAST(:after_id AS uuid))) "
    "ORDER BY m.month, m.employee_id LIMIT :limit FOR UPDATE OF m) RETURNING employee_id, month, cause"
)


@dataclass(frozen=True)
class Recalculation:
    employee_id: UUID
    month: date
    cause: str


def enqueue_recalculation(tx: Transaction, chosen: Iterable[tuple[UUID, date]], cause: str) -> None:
    """Enqueue months of people, all in one statement."""
    pairs = list(chosen)
    if pairs:
        ids, months = zip(*pairs, strict=True)
        values = {"agency": tx.agency_id, "ids": list(ids), "months": list(months), "cause": cause}
        tx.session.execute(_ENQUEUE, values)


def enqueue_months(tx: Transaction, ids: Iterable[UUID], months: Iterable[date], cause: str) -> None:
    """Enqueue these months of all these people."""
    enqueue_recalculation(tx, product(ids, months), cause)


def enqueue_since(tx: Transaction, since: Mapping[UUID, date], cause: str) -> None:
    """Enqueue every month of these people that has a run, from that of their day on, and the current one."""
    tx.session.execute(_ENQUEUE_SINCE, _since(tx, since, cause))


def enqueue_arrived(tx: Transaction, since: Mapping[UUID, date], cause: str) -> None:
    """Enqueue months of people whose timelines have arrived for the first time, from that of their first day on.

    After an upgrade that is everybody: decided months that were paid by what the timeline says are left out.
    """
    values = {**_since(tx, since, cause), "left": list(LEFT_SERVICE)}
    tx.session.execute(_ENQUEUE_ARRIVED, values)


def enqueue_everybody(tx: Transaction, since: date, until: date | None, cause: str) -> None:
    """Enqueue all lines of these months, those of a running chunk too: a policy or a table of amounts has changed."""
    values = {"agency": tx.agency_id, "since": first_day(since), "until": until, "cause": cause}
    tx.session.execute(_WAIT_FOR_CHUNKS, {"agency": tx.agency_id})
    tx.session.execute(_ENQUEUE_EVERYBODY, values)


def enqueue_adjusted(tx: Transaction, run_id: UUID, month: date) -> None:
    """Enqueue what this run has adjusted before: it is being run once more."""
    tx.session.execute(_ENQUEUE_ADJUSTED, {"agency": tx.agency_id, "run": run_id, "month": month})


def dequeue_month(tx: Transaction, ids: Sequence[UUID], month: date) -> None:
    """Remove a month of these people, which is about to be calculated."""
    queued = models.Recalculation
    query = delete(queued).where(queued.month == month, among(queued.employee_id, ids))
    tx.session.execute(query, execution_options={"synchronize_session": False})


def count_decided(tx: Transaction, run_month: date) -> int:
    """Return how many entries of decided months wait for the run of `run_month`."""
    values = {"agency": tx.agency_id, "month": run_month}
    return int(tx.session.execute(_COUNT_DECIDED, values).scalar_one())


def dequeue_decided(
    tx: Transaction, run_month: date, after: tuple[date, UUID] | None, limit: int
) -> list[Recalculation]:
    """Remove and return entries of months that are decided; their corrections belong to the run of `run_month`.

    By month and person, those after `after`: what is put back, since it cannot be calculated yet, waits for a rerun.
    """
    after_month, after_id = after or (None, None)
    values = {"agency": tx.agency_id, "month": run_month, "after_month": after_month, "after_id": after_id}
    rows = tx.session.execute(_DEQUEUE_DECIDED, {**values, "limit": limit})
    found = (Recalculation(row.employee_id, row.month, row.cause) for row in rows)
    return sorted(found, key=lambda entry: (entry.month, entry.employee_id))


def _since(tx: Transaction, since: Mapping[UUID, date], cause: str) -> dict[str, object]:
    return {
        "agency": tx.agency_id,
        "ids": list(since),
        "since": [first_day(day) for day in since.values()],
        "current": first_day(tx.now.date()),
        "cause": cause,
    }
