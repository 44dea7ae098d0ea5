"""Openings, entries and decisions of credit points; balances are sums of rows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import exists, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.records import among, columns_of, fetch_all, insert_record, insert_records, table_of
from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.credit_account import NO_CREDIT, CreditDecision, CreditEntry, EntryKind, Opening, first_year_after
from incentive.persistence import models

_ENTRY, _USE, _OPENING, _DECISION = models.CreditEntry, models.CreditUse, models.CreditOpening, models.CreditDecision
_OPENINGS, _DECISIONS = columns_of(_OPENING, Opening), columns_of(_DECISION, CreditDecision)
_ENTRIES = columns_of(_ENTRY, CreditEntry)
# Text because it is a lock: one booking at a time works on a person's credit.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


def lock_credit(tx: Transaction, employee_id: UUID) -> None:
    """Wait until no other transaction books on a person's credit."""
    tx.session.execute(_LOCK, {"key": f"credit:{tx.agency_id}:{employee_id}"})


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
    query = (
        select(*_ENTRIES, _USE.decision_id)
        .outerjoin(_USE, _USE.entry_id == _ENTRY.id)
        .where(_ENTRY.employee_id == employee_id)
        .order_by(_ENTRY.booked_at, _ENTRY.id)
    )
    return fetch_all(tx, query, CreditEntry)


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


def add_entry(tx: Transaction, employee_id: UUID, entry: CreditEntry) -> None:
    insert_record(tx, _ENTRY, entry, employee_id=employee_id, booked_at=tx.now)


def add_openings(tx: Transaction, opened: Sequence[Opening], entered_by: UUID | None) -> None:
    insert_records(tx, _OPENING, opened, entered_by=entered_by, entered_at=tx.now)


def replace_periodic(tx: Transaction, employee_id: UUID, year: int, by: UUID) -> None:
    """Replace the year's periodic entries that no decision has used by the annual entry `by`."""
    used = exists().where(_USE.entry_id == _ENTRY.id)
    query = update(_ENTRY).where(_ENTRY.employee_id == employee_id, _ENTRY.year == year)
    open_ones = query.where(_ENTRY.kind == EntryKind.PERIODIC.value, _ENTRY.replaced_by.is_(None), ~used)
    tx.session.execute(open_ones.values(replaced_by=by), execution_options={"synchronize_session": False})


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
