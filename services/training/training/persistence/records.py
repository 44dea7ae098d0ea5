"""Training records with their moves."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import extract, select
from sqlalchemy.orm import aliased

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.people import Scope
from training.domain.record import LIVE, CertificateKey, ListRecords, Record, RecordMove, RecordState, RecordView
from training.persistence import models
from training.persistence.people import within

_RECORD = columns_of(models.Record, Record)


def load_record(tx: Transaction, record_id: UUID) -> Record:
    """Return a record. Raise NotFound."""
    found = fetch_one(tx, select(*_RECORD).where(models.Record.id == record_id), Record)
    return required(found, "catatan pelatihan", record_id)


def lock_record(tx: Transaction, record_id: UUID) -> Record:
    """Return a record and lock its row. Raise NotFound."""
    query = select(*_RECORD).where(models.Record.id == record_id).with_for_update()
    return required(fetch_one(tx, query, Record), "catatan pelatihan", record_id)


def find_same_certificate(tx: Transaction, employee_id: UUID, key: CertificateKey) -> Record | None:
    """Return the person's live record of the same certificate, or None."""
    query = select(*_RECORD).where(
        models.Record.employee_id == employee_id,
        models.Record.provider_key == key.provider_key,
        models.Record.certificate_key == key.certificate_key,
        models.Record.state.in_(LIVE),
    )
    return fetch_one(tx, query, Record)


def live_record_of(tx: Transaction, enrolment_id: UUID) -> Record | None:
    """Return the live record of an enrolment, or None."""
    query = select(*_RECORD).where(models.Record.enrolment_id == enrolment_id, models.Record.state.in_(LIVE))
    return fetch_one(tx, query, Record)


def insert_training_record(tx: Transaction, record: Record) -> None:
    insert_record(tx, models.Record, record)


def update_training_record(tx: Transaction, before: Record, after: Record) -> Record:
    """Save a move and return the record with its new version. Raise VersionConflict."""
    update_record(tx, models.Record, before, after)
    return replace(after, version=before.version + 1)


def submitters_of(tx: Transaction, record_id: UUID) -> tuple[UUID | None, ...]:
    """Return the account and the person that have submitted a record; the person None for one of before."""
    model = models.RecordMove
    query = select(model.moved_by, model.moved_by_person).order_by(model.id).limit(1)
    found = tx.session.execute(query.where(model.record_id == record_id)).first()
    return () if found is None else tuple(found)


def insert_move(tx: Transaction, record_id: UUID, move: RecordMove) -> None:
    insert_record(tx, models.RecordMove, move, record_id=record_id)


def view_record(tx: Transaction, record: Record) -> RecordView:
    """Return a record with its history and the person's other records on the same days."""
    return _views(tx, [record])[0]


def list_records(tx: Transaction, scope: Scope, wanted: ListRecords) -> Page[RecordView]:
    """Return records, the newest first."""
    query = matching(within(select(*_RECORD), models.Record.employee_id, scope), models.Record, wanted)
    if wanted.year is not None:
        query = query.where(extract("year", models.Record.completed_on) == wanted.year)
    shown = fetch_page(tx, query, Record, wanted.page, models.Record.id, descending=True)
    return Page(_views(tx, shown.items), shown.next_cursor)


def _views(tx: Transaction, records: Sequence[Record]) -> list[RecordView]:
    ids = [record.id for record in records]
    moves: dict[UUID, list[RecordMove]] = {record_id: [] for record_id in ids}
    model = models.RecordMove
    query = select(model.record_id, *columns_of(model, RecordMove)).where(model.record_id.in_(ids)).order_by(model.id)
    for row in tx.session.execute(query):
        move = RecordMove(
            RecordState(row.state), row.reason_code, row.note, row.moved_by, row.moved_at, row.moved_by_person
        )
        moves[row.record_id].append(move)
    overlaps = _overlaps(tx, ids)
    return [view_of(RecordView, record, overlaps=overlaps[record.id], history=moves[record.id]) for record in records]


def _overlaps(tx: Transaction, record_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Return the other live records of the same person that share a day with each of these."""
    found: dict[UUID, list[UUID]] = {record_id: [] for record_id in record_ids}
    other = aliased(models.Record)
    query = (
        select(models.Record.id, other.id.label("other_id"))
        .join(other, other.employee_id == models.Record.employee_id)
        .where(
            models.Record.id.in_(record_ids),
            other.id != models.Record.id,
            other.state.in_(LIVE),
            other.started_on <= models.Record.completed_on,
            other.completed_on >= models.Record.started_on,
        )
        .order_by(other.id)
    )
    for row in tx.session.execute(query):
        found[row.id].append(row.other_id)
    return found
