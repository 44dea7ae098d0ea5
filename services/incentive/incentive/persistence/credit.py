"""Openings, entries and decisions of credit points; balances are sums of rows."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, func, insert, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute

from chassis.records import among, columns_of, fetch_all, insert_record, insert_records, table_of, values_of
from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.credit_account import NO_CREDIT, CreditDecision, CreditEntry, Opening, first_year_after
from incentive.persistence import models

_ENTRY, _USE, _OPENING, _DECISION = models.CreditEntry, models.CreditUse, models.CreditOpening, models.CreditDecision
_OPENINGS, _DECISIONS = columns_of(_OPENING, Opening), columns_of(_DECISION, CreditDecision)
_ENTRIES = columns_of(_ENTRY, CreditEntry)
# Text because it is a lock: one booking at a time works on a person's credit. In the order of what is locked, so that
# two transactions never wait for each other.
_LOCK = text(
    "SELECT pg_advisory_xact_lock(wanted.key) FROM (SELECT DISTINCT hashtextextended(k, 0) AS key "
    "FROM unnest(CAST(:keys AS text[])) AS k ORDER BY 1) AS wanted"
)
# Text because it is set-based: each entry gets the one that replaces it, in one statement for a batch of people.
_REPLACE = text(
    "UPDATE credit_entry e SET replaced_by = r.by "
    "FROM unnest(CAST(:replaced AS uuid[]), CAST(:by AS uuid[])) AS r (id, by) WHERE e.id = r.id"
)


def lock_credit(tx: Transaction, ids: Iterable[UUID]) -> None:
    """Wait until no other transaction books on these people's credit."""
    tx.session.execute(_LOCK, {"keys": [f"credit:{tx.agency_id}:{employee_id}" for employee_id in ids]})


def openings(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Opening]:
    """Return the opening balance that counts, by person."""
    query = (
        select(*_OPENINGS)
        .ext(distinct_on(_OPENING.employee_id))
        .where(among(_OPENING.employee_id, ids))
        .order_by(_OPENING.employee_id, _OPENING.number.desc())
    )
    return {found.employee_id: found for found in fetch_all(tx, query, Opening)}


def entries_of(tx: Transaction, employee_id: UUID) -> list[CreditEntry]:
    """Return a person's entries in the order of booking, each with the decision that has used it."""
    query = _entries(*_ENTRIES, _USE.decision_id).where(_ENTRY.employee_id == employee_id)
    return fetch_all(tx, query, CreditEntry)


def entries_of_year(tx: Transaction, ids: Iterable[UUID], year: int) -> dict[UUID, list[CreditEntry]]:
    """Return the entries of a year by person, as `entries_of` does; who has none is left out."""
    query = _entries(*_ENTRIES, _USE.decision_id, _ENTRY.employee_id)
    found: dict[UUID, list[CreditEntry]] = {}
    for row in tx.session.execute(query.where(among(_ENTRY.employee_id, ids), _ENTRY.year == year)):
        found.setdefault(row.employee_id, []).append(msgspec.convert(row, CreditEntry, from_attributes=True))
    return found


def _entries(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    query = select(*columns).select_from(_ENTRY).outerjoin(_USE, _USE.entry_id == _ENTRY.id)
    return query.order_by(_ENTRY.booked_at, _ENTRY.id)


def balances(
    tx: Transaction, levels: Mapping[UUID, PositionLevel], opened: Mapping[UUID, Opening] | None = None
) -> dict[UUID, Decimal]:
    """Return each person's balance at the given jenjang: what was brought along there plus what was booked since."""
    ids = list(levels)
    counting = openings(tx, ids) if opened is None else opened
    found = dict.fromkeys(ids, NO_CREDIT)
    since: dict[UUID, int] = {}
    for one, opening in counting.items():
        if one in levels:
            since[one] = first_year_after(opening.as_of)
            if opening.level is levels[one]:
                found[one] += opening.balance
    query = (
        select(_ENTRY.employee_id, _ENTRY.level, _ENTRY.year, func.sum(_ENTRY.credit).label("credit"))
        .where(among(_ENTRY.employee_id, ids), _ENTRY.replaced_by.is_(None))
        .group_by(_ENTRY.employee_id, _ENTRY.level, _ENTRY.year)
    )
    for row in tx.session.execute(query):
        if row.level == levels[row.employee_id] and row.year >= since.get(row.employee_id, 0):
            found[row.employee_id] += row.credit
    return found


def add_entries(tx: Transaction, entries: Sequence[tuple[UUID, CreditEntry]]) -> None:
    """Book entries of people, all in one statement."""
    stamp = {"agency_id": tx.agency_id, "booked_at": tx.now}
    rows = [{**values_of(_ENTRY, entry), "employee_id": employee_id, **stamp} for employee_id, entry in entries]
    if rows:
        tx.session.execute(insert(table_of(_ENTRY)), rows)


def add_openings(tx: Transaction, opened: Sequence[Opening], entered_by: UUID | None) -> None:
    insert_records(tx, _OPENING, opened, entered_by=entered_by, entered_at=tx.now)


def replace_entries(tx: Transaction, replaced: Mapping[UUID, UUID]) -> None:
    """Replace entries, each by the one that is given for it."""
    if replaced:
        tx.session.execute(_REPLACE, {"replaced": list(replaced), "by": list(replaced.values())})


def decisions_of(tx: Transaction, employee_id: UUID) -> list[CreditDecision]:
    """Return a person's decisions in the order of their days."""
    query = select(*_DECISIONS).where(_DECISION.employee_id == employee_id)
    return fetch_all(tx, query.order_by(_DECISION.decided_on, _DECISION.number), CreditDecision)


def decision_number_taken(tx: Transaction, number: str) -> bool:
    return tx.session.scalar(select(_DECISION.id).where(_DECISION.number == number)) is not None


def insert_decision(tx: Transaction, decision: CreditDecision, entry_ids: Sequence[UUID]) -> None:
    """Store a decision, and which entries it has used."""
    insert_record(tx, _DECISION, decision)
    rows = [{"agency_id": tx.agency_id, "entry_id": one, "decision_id": decision.id} for one in set(entry_ids)]
    tx.session.execute(insert(table_of(_USE)), rows)
