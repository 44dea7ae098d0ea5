"""Training records with their decisions, and the JP ledger."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from chassis.unit_of_work import Transaction
from training.domain.records import RecordState
from training.persistence.models import LedgerEntry, Record, RecordMove
from training.persistence.rows import View, flat

LIVE = (RecordState.SUBMITTED, RecordState.VERIFIED)


def record(tx: Transaction, record_id: UUID, *, for_update: bool = False) -> Record | None:
    query = select(Record).where(Record.id == record_id)
    return tx.session.scalar(query.with_for_update() if for_update else query)


def same_certificate(tx: Transaction, employee_id: UUID, provider_key: str, certificate_key: str) -> Record | None:
    query = select(Record).where(
        Record.employee_id == employee_id,
        Record.provider_key == provider_key,
        Record.certificate_key == certificate_key,
        Record.state.in_(LIVE),
    )
    return tx.session.scalar(query)


def live_of_enrolment(tx: Transaction, enrolment_id: UUID) -> Record | None:
    return tx.session.scalar(select(Record).where(Record.enrolment_id == enrolment_id, Record.state.in_(LIVE)))


def overlaps_of(tx: Transaction, record_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Other live records of the same person that share a day with each of these."""
    found: dict[UUID, list[UUID]] = {one: [] for one in record_ids}
    other = aliased(Record)
    query = (
        select(Record.id, other.id.label("other_id"))
        .join(other, other.employee_id == Record.employee_id)
        .where(
            Record.id.in_(record_ids),
            other.id != Record.id,
            other.state.in_(LIVE),
            other.started_on <= Record.completed_on,
            other.completed_on >= Record.started_on,
        )
        .order_by(other.id)
    )
    for row in tx.session.execute(query):
        found[row.id].append(row.other_id)
    return found


def views(tx: Transaction, rows: Sequence[Record]) -> list[View]:
    moves: dict[UUID, list[View]] = {row.id: [] for row in rows}
    query = select(RecordMove).where(RecordMove.record_id.in_(moves)).order_by(RecordMove.id)
    for move in tx.session.scalars(query):
        moves[move.record_id].append(flat(move))
    overlaps = overlaps_of(tx, list(moves))
    return [flat(row, overlaps=overlaps[row.id], history=moves[row.id]) for row in rows]


def credit_of(tx: Transaction, record_id: UUID) -> LedgerEntry | None:
    query = select(LedgerEntry).where(LedgerEntry.record_id == record_id, LedgerEntry.reverses_id.is_(None))
    return tx.session.scalar(query)


def entries(tx: Transaction, employee_id: UUID, year: int) -> list[View]:
    """The account of a year in the order of booking, each entry with what it stands on."""
    query = (
        select(LedgerEntry, Record)
        .join(Record, Record.id == LedgerEntry.record_id)
        .where(LedgerEntry.employee_id == employee_id, LedgerEntry.year == year)
        .order_by(LedgerEntry.id)
    )
    return [
        flat(
            entry,
            course_code=record.course_code,
            title=record.title,
            kind_code=record.kind_code,
            provider=record.provider,
            certificate_number=record.certificate_number,
            completed_on=record.completed_on,
            origin=record.origin,
        )
        for entry, record in tx.session.execute(query)
    ]


def pending_jp(tx: Transaction, employee_id: UUID, year: int) -> int:
    """JP of certificates handed in for this year that nobody has verified yet."""
    query = select(func.coalesce(func.sum(Record.jp), 0)).where(
        Record.employee_id == employee_id,
        Record.state == RecordState.SUBMITTED,
        func.extract("year", Record.completed_on) == year,
    )
    return int(tx.session.scalar(query) or 0)
