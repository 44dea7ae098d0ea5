"""Openings, entries and decisions of credit points; balances are sums of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from chassis.unit_of_work import Transaction
from incentive.domain.values import PositionLevel
from incentive.persistence.models import CreditEntry, CreditOpening

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_OPENINGS = text(
    "SELECT DISTINCT ON (employee_id) employee_id, number, level, balance, base, as_of, entry_grade, reference "
    "FROM credit_opening WHERE agency_id = :agency AND employee_id = ANY(:ids) ORDER BY employee_id, number DESC"
)
_ENTRIES = text(
    "SELECT e.id, e.kind, e.level, e.year, e.part, e.months, e.evaluation_id, "
    "e.evaluation_version, e.predicate, e.percent, "
    "e.coefficient, e.converted, e.credit, e.corrects_id, e.replaced_by, e.reference_id, e.booked_at, u.decision_id "
    "FROM credit_entry e LEFT JOIN credit_use u ON u.agency_id = e.agency_id AND u.entry_id = e.id "
    "WHERE e.agency_id = :agency AND e.employee_id = :id ORDER BY e.booked_at, e.id"
)
_SUMS = text(
    "SELECT e.employee_id, e.level, e.year, sum(e.credit) AS credit FROM credit_entry e WHERE e.agency_id = :agency "
    "AND e.employee_id = ANY(:ids) AND e.replaced_by IS NULL GROUP BY e.employee_id, e.level, e.year"
)
_REPLACE = text(
    "UPDATE credit_entry e SET replaced_by = :by WHERE agency_id = :agency AND employee_id = :id AND year = :year "
    "AND kind = 'PERIODIC' AND replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM credit_use u "
    "WHERE u.agency_id = e.agency_id AND u.entry_id = e.id)"
)
_DECISIONS = text(
    "SELECT id, number, decided_on, purpose, level, total, balance, decided_by FROM credit_decision "
    "WHERE agency_id = :agency AND employee_id = :id ORDER BY decided_on, number"
)


@dataclass(frozen=True)
class Opening:
    number: int
    level: PositionLevel
    balance: Decimal
    base: Decimal
    as_of: date
    entry_grade: str | None
    reference: str


@dataclass(frozen=True)
class Entry:
    id: UUID
    kind: str
    level: PositionLevel
    year: int
    part: int
    months: int
    evaluation_id: UUID
    evaluation_version: int
    predicate: str
    percent: Decimal
    coefficient: Decimal
    converted: Decimal
    credit: Decimal
    corrects_id: UUID | None
    replaced_by: UUID | None
    reference_id: UUID
    decision_id: UUID | None


def lock_credit(tx: Transaction, employee_id: UUID) -> None:
    """Let one booking at a time work on a person's credit."""
    tx.session.execute(_LOCK, {"key": f"credit:{tx.agency_id}:{employee_id}"})


def openings(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Opening]:
    rows = tx.session.execute(_OPENINGS, {"agency": tx.agency_id, "ids": list(ids)})
    return {
        row.employee_id: Opening(
            row.number, PositionLevel(row.level), row.balance, row.base, row.as_of, row.entry_grade, row.reference
        )
        for row in rows
    }


def entries(tx: Transaction, employee_id: UUID) -> list[Entry]:
    rows = tx.session.execute(_ENTRIES, {"agency": tx.agency_id, "id": employee_id}).mappings()
    names = Entry.__dataclass_fields__
    return [Entry(**{**{name: row[name] for name in names}, "level": PositionLevel(row["level"])}) for row in rows]


def balances(
    tx: Transaction, levels: dict[UUID, PositionLevel], opened: dict[UUID, Opening] | None = None
) -> dict[UUID, Decimal]:
    """The balance of each person at the given jenjang: what was brought along there plus what was booked since."""
    ids = list(levels)
    opened = openings(tx, ids) if opened is None else opened
    found = {one: Decimal("0.000") for one in ids}
    since: dict[UUID, int] = {}
    for one, opening in opened.items():
        if one not in levels:
            continue
        since[one] = first_year_after(opening.as_of)
        if opening.level is levels[one]:
            found[one] += opening.balance
    for row in tx.session.execute(_SUMS, {"agency": tx.agency_id, "ids": ids}):
        if row.level == levels[row.employee_id] and row.year >= since.get(row.employee_id, 0):
            found[row.employee_id] += row.credit
    return found


def first_year_after(as_of: date) -> int:
    """The first year whose credit an opening of that day does not yet hold: only a whole year can be in it."""
    return as_of.year + 1 if (as_of.month, as_of.day) == (12, 31) else as_of.year


def add_entry(tx: Transaction, values: dict[str, Any]) -> None:
    tx.session.execute(insert(CreditEntry), [{"agency_id": tx.agency_id, "booked_at": tx.now, **values}])


def add_openings(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        tx.session.execute(
            insert(CreditOpening), [{"agency_id": tx.agency_id, "entered_at": tx.now, **row} for row in rows]
        )


def replace_periodic(tx: Transaction, employee_id: UUID, year: int, by: UUID) -> None:
    """Let the annual entry stand for the year's periodic ones that no decision has used."""
    tx.session.execute(_REPLACE, {"agency": tx.agency_id, "id": employee_id, "year": year, "by": by})


def decisions(tx: Transaction, employee_id: UUID) -> list[Any]:
    rows = tx.session.execute(_DECISIONS, {"agency": tx.agency_id, "id": employee_id})
    return list(rows.mappings())
