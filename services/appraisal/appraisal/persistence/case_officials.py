"""Who owes a statement, a decision or an answer in a dialogue, as officials come, leave and are stood in for."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.obligation import ObligationKind
from appraisal.persistence.lines import load_lines
from appraisal.persistence.offices import load_offices
from appraisal.persistence.outages import hold_outages
from chassis.unit_of_work import Transaction
from directory.questions import reviewers_on, superiors_on, today

# Joins three tables: the running deadlines of cases, each with the official whom the case itself names.
_RUNNING = text(
    "SELECT * FROM (SELECT o.id, o.kind, o.employee_id, o.owed_by, "
    "CASE o.kind WHEN 'DECISION' THEN b.decider_id WHEN 'STATEMENT' THEN b.appraiser_id ELSE e.appraiser_id END "
    "AS named FROM obligation o "
    "LEFT JOIN objection b ON o.kind IN ('STATEMENT', 'DECISION') AND b.id = o.matter_id "
    "LEFT JOIN evaluation e ON o.kind = 'DIALOGUE' AND e.id = o.matter_id "
    "WHERE o.kind IN ('STATEMENT', 'DECISION', 'DIALOGUE') AND o.state = 'OPEN') c "
    "WHERE employee_id = ANY(:people) OR owed_by = ANY(:officials) OR named = ANY(:officials) ORDER BY id"
)
# Set-based: many rows, each with another official.
_OWE = text(
    "UPDATE obligation o SET owed_by = n.owed_by, version = o.version + 1, updated_at = :now "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:owing AS uuid[])) AS n (id, owed_by) "
    "WHERE o.id = n.id AND o.state = 'OPEN'"
)


def follow_case_officials(tx: Transaction, people: Collection[UUID], officials: Collection[UUID] = ()) -> None:
    """Let what runs about these people, or is these officials' to do, be owed by who can do it today.

    A statement and a decision stay with the official who is named, or who stands in for them; a dialogue goes on with
    who appraises. A decision is nobody's, so that HR designates anew, while who would make it is below the employee.
    """
    hold_outages(tx)
    rows = tx.session.execute(_RUNNING, {"people": list(people), "officials": list(officials)}).all()
    decisions = [row for row in rows if row.kind == ObligationKind.DECISION]
    owing = {**_deciding(tx, decisions), **_appraising(tx, [row for row in rows if row not in decisions])}
    differing = {row.id: owing[row.id] for row in rows if owing[row.id] != row.owed_by}
    if differing:
        values = {"ids": list(differing), "owing": list(differing.values()), "now": tx.now}
        tx.session.execute(_OWE, values)


def _deciding(tx: Transaction, rows: Collection[Any]) -> dict[UUID, UUID | None]:
    if not rows:
        return {}
    offices = load_offices(tx, _named(rows), today(tx), reviewers_on)
    acting = {row.id: offices.acting(row.employee_id, row.named) for row in rows}
    lines = load_lines(tx, {one for one in acting.values() if one is not None}, today(tx))
    barred = {row.id for row in rows if (who := acting[row.id]) is not None and lines.is_above(row.employee_id, who)}
    return acting | dict.fromkeys(barred)


def _appraising(tx: Transaction, rows: Collection[Any]) -> dict[UUID, UUID | None]:
    if not rows:
        return {}
    offices = load_offices(tx, _named(rows), today(tx), superiors_on)
    return {
        row.id: offices.acting(row.employee_id, row.named)
        if row.kind == ObligationKind.STATEMENT
        else offices.appraising(row.employee_id, row.named)
        for row in rows
    }


def _named(rows: Collection[Any]) -> dict[UUID, set[UUID | None]]:
    """Return all who are named in somebody's cases: one of last year may run beside one of this year."""
    named: dict[UUID, set[UUID | None]] = {row.employee_id: set() for row in rows}
    for row in rows:
        named[row.employee_id].add(row.named)
    return named
