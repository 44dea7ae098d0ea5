"""Attendance counts by month and code; what differs becomes a further revision, what is equal changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from chassis.unit_of_work import Transaction
from incentive.persistence.models import AttendanceEntry

_CURRENT = text(
    "SELECT DISTINCT ON (employee_id, month, code) employee_id, month, code, revision, count AS "
    "times FROM attendance_entry "
    "WHERE agency_id = :agency AND employee_id = ANY(:ids) AND month = ANY(:months) "
    "ORDER BY employee_id, month, code, revision DESC"
)
_OF_PERSON = text(
    "SELECT month, code, revision, count, source, entered_by, entered_at FROM attendance_entry "
    "WHERE agency_id = :agency AND employee_id = :id AND month BETWEEN :since AND :until ORDER BY month, code, revision"
)


@dataclass(frozen=True, order=True)
class Occurrence:
    employee_id: UUID
    month: date
    code: str


def put_counts(
    tx: Transaction, counts: Mapping[Occurrence, int], source: str, entered_by: UUID | None
) -> list[Occurrence]:
    """Store counts; gives those that differ from what was known."""
    if not counts:
        return []
    values = {
        "agency": tx.agency_id,
        "ids": sorted({key.employee_id for key in counts}),
        "months": sorted({key.month for key in counts}),
    }
    current = {
        Occurrence(row.employee_id, row.month, row.code): (row.revision, row.times)
        for row in tx.session.execute(_CURRENT, values)
    }
    changed = sorted(key for key, count in counts.items() if current.get(key, (0, 0))[1] != count)
    if changed:
        rows = [
            {
                "agency_id": tx.agency_id,
                "employee_id": key.employee_id,
                "month": key.month,
                "code": key.code,
                "revision": current.get(key, (0, 0))[0] + 1,
                "count": counts[key],
                "source": source,
                "entered_by": entered_by,
                "entered_at": tx.now,
            }
            for key in changed
        ]
        tx.session.execute(insert(AttendanceEntry), rows)
    return changed


def entries_of(tx: Transaction, employee_id: UUID, since: date, until: date) -> list[Any]:
    """Every revision of a person's attendance between two months, the oldest first."""
    values = {"agency": tx.agency_id, "id": employee_id, "since": since, "until": until}
    return list(tx.session.execute(_OF_PERSON, values).mappings())
