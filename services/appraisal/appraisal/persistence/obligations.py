"""The register of obligations between rows and the domain; a batch is written in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import text

from appraisal.domain.obligation import Obligation
from appraisal.persistence.models import Obligation as Row
from appraisal.persistence.outages import enter_steps, with_outages
from chassis.ids import new_id
from chassis.records import values_of
from chassis.unit_of_work import Transaction

# Set-based, as rows of JSON: only what differs is written, so that a second run locks and changes nothing. What
# people did to a row stays: an extension is kept as its length, unless the given deadline is later anyway, and an
# excuse by hand holds as long as the rules would ask for more. With `checked`, a row that another transaction has
# written since it was read (`seen`, 0: it was not there) is left as it is and counted as missed.
_PUT = text(
    "WITH given AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS g (id uuid, kind text, employee_id uuid, "
    "subject text, unit_id uuid, owed_by uuid, owed_to uuid, first_day date, last_day date, working_days integer, "
    "opens_at timestamptz, due_at timestamptz, original_due_at timestamptz, state text, reason text, "
    "done_at timestamptz, matter_id uuid, seen integer)), "
    "wanted AS (SELECT g.id, g.kind, g.employee_id, g.subject, g.unit_id, g.owed_by, g.owed_to, g.first_day, "
    "g.last_day, g.working_days, g.opens_at, CASE WHEN o.due_at > o.original_due_at THEN greatest(g.due_at, "
    "g.original_due_at + (o.due_at - o.original_due_at)) ELSE g.due_at END AS due_at, g.original_due_at, "
    "CASE WHEN o.excused_by IS NOT NULL AND g.state IN ('OPEN', 'LAPSED') THEN 'EXCUSED' ELSE g.state END AS state, "
    "CASE WHEN o.excused_by IS NOT NULL AND g.state IN ('OPEN', 'LAPSED') THEN 'BY_ORDER' ELSE g.reason END AS reason, "
    "g.done_at, g.matter_id, g.seen, o.id AS stored FROM given g LEFT JOIN obligation o "
    "ON o.employee_id = g.employee_id AND o.kind = g.kind AND o.subject = g.subject), "
    "differing AS (SELECT w.* FROM wanted w LEFT JOIN obligation o ON o.id = w.stored WHERE o.id IS NULL OR "
    "(o.unit_id, o.owed_by, o.owed_to, o.first_day, o.last_day, o.working_days, o.opens_at, o.due_at, "
    "o.original_due_at, o.state, o.reason, o.done_at, o.matter_id) IS DISTINCT FROM "
    "(w.unit_id, w.owed_by, w.owed_to, w.first_day, w.last_day, w.working_days, w.opens_at, w.due_at, "
    "w.original_due_at, w.state, w.reason, w.done_at, w.matter_id)), "
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
    """Write those of these obligations that differ from what is stored; `seen` are the versions that were read.

    Outages that were recorded before move them too. An extension, and an excuse by hand, stay. Without `seen`, what is
    stored is overwritten whoever wrote it.
    """
    if not rows:
        return Put()
    extended = with_outages(tx, rows)
    given = [
        {**values_of(Row, one.row), "id": new_id(), "seen": None if seen is None else seen.get(one.row.key, 0)}
        for one in extended
    ]
    values = {"rows": msgspec.json.encode(given).decode(), "checked": seen is not None, "now": tx.now}
    found = tx.session.execute(_PUT, values).all()
    enter_steps(tx, extended)
    return Put(
        sum(row.new for row in found),
        sum(row.changed for row in found),
        frozenset(row.employee_id for row in found if row.new + row.changed < row.differing),
    )
