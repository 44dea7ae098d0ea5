"""The JP ledger: entries are only added."""

from uuid import UUID

from sqlalchemy import func, select

from chassis.records import columns_of, fetch_all, fetch_one, insert_record
from chassis.unit_of_work import Transaction
from training.domain.ledger import LedgerEntry, LedgerEntryView
from training.domain.record import RecordState
from training.persistence import models

_ENTRY = columns_of(models.LedgerEntry, LedgerEntry)
_ENTRY_VIEW = columns_of(models.LedgerEntry, LedgerEntryView)


def insert_entry(tx: Transaction, entry: LedgerEntry) -> None:
    """Book an entry; the database refuses a second credit of a record, and a second reversal of a credit."""
    insert_record(tx, models.LedgerEntry, entry)


def load_credit(tx: Transaction, record_id: UUID) -> LedgerEntry:
    """Return the credit of a verified record."""
    query = select(*_ENTRY).where(models.LedgerEntry.record_id == record_id, models.LedgerEntry.reverses_id.is_(None))
    found = fetch_one(tx, query, LedgerEntry)
    assert found is not None
    return found


def entries_of(tx: Transaction, employee_id: UUID, year: int) -> list[LedgerEntryView]:
    """Return the account of a year in the order of booking, each entry with its record."""
    entry, record = models.LedgerEntry, models.Record
    own = (
        record.course_code,
        record.title,
        record.kind_code,
        record.provider,
        record.certificate_number,
        record.origin,
        record.completed_on,
    )
    query = (
        select(*_ENTRY_VIEW, *own)
        .join(record, record.id == entry.record_id)
        .where(entry.employee_id == employee_id, entry.year == year)
        .order_by(entry.id)
    )
    return fetch_all(tx, query, LedgerEntryView)


def pending_jp(tx: Transaction, employee_id: UUID, year: int) -> int:
    """Return the JP of certificates submitted for this year that nobody has verified yet."""
    query = select(func.coalesce(func.sum(models.Record.jp), 0)).where(
        models.Record.employee_id == employee_id,
        models.Record.state == RecordState.SUBMITTED,
        func.extract("year", models.Record.completed_on) == year,
    )
    return int(tx.session.scalar(query) or 0)
