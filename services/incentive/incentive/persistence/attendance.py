"""Attendance counts by month and code; what differs becomes a further revision, what is equal changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.records import among, columns_of, insert_records
from chassis.unit_of_work import Transaction
from incentive.domain.attendance import AttendanceEntryView, Occurrence
from incentive.persistence import models

_ENTRY = models.AttendanceEntry


@dataclass(frozen=True)
class Count:
    """The latest revision of one count."""

    employee_id: UUID
    month: date
    code: str
    revision: int
    count: int


_COUNT = columns_of(_ENTRY, Count)
_SHOWN = [column for column in columns_of(_ENTRY, AttendanceEntryView) if column.key != "month"]


def current_counts(tx: Transaction, ids: Sequence[UUID], months: Sequence[date]) -> list[Count]:
    """Return the latest revision of each count of these people in these months."""
    query = (
        select(*_COUNT)
        .ext(distinct_on(_ENTRY.employee_id, _ENTRY.month, _ENTRY.code))
        .where(among(_ENTRY.employee_id, ids), among(_ENTRY.month, months))
        .order_by(_ENTRY.employee_id, _ENTRY.month, _ENTRY.code, _ENTRY.revision.desc())
    )
    # by mapping: `count` of a row is a method of tuples
    return [Count(**row) for row in tx.session.execute(query).mappings()]


def store_counts(
    tx: Transaction, counts: Mapping[Occurrence, int], source: str, entered_by: UUID | None
) -> list[Occurrence]:
    """Store counts. Return those that differ from what was known."""
    if not counts:
        return []
    ids, months = sorted({key.employee_id for key in counts}), sorted({key.month for key in counts})
    current = {Occurrence(row.employee_id, row.month, row.code): row for row in current_counts(tx, ids, months)}
    changed = sorted(key for key, count in counts.items() if (current[key].count if key in current else 0) != count)
    rows = [
        Count(key.employee_id, key.month, key.code, _next_revision(current.get(key)), counts[key]) for key in changed
    ]
    insert_records(tx, _ENTRY, rows, source=source, entered_by=entered_by, entered_at=tx.now)
    return changed


def entries_of_year(tx: Transaction, employee_id: UUID, year: int) -> list[AttendanceEntryView]:
    """Return every revision of a person's counts in a year, the oldest first."""
    query = select(func.to_char(_ENTRY.month, "YYYY-MM").label("month"), *_SHOWN).where(
        _ENTRY.employee_id == employee_id, _ENTRY.month.between(date(year, 1, 1), date(year, 12, 31))
    )
    ordered = query.order_by(_ENTRY.month, _ENTRY.code, _ENTRY.revision)
    return [AttendanceEntryView(**row) for row in tx.session.execute(ordered).mappings()]


def _next_revision(current: Count | None) -> int:
    return current.revision + 1 if current else 1
