"""Batches of documents between rows and the domain, and their files."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from appraisal.domain.document_batch import (
    MOST_EVALUATIONS,
    AskForDocuments,
    DocumentBatch,
    DocumentFile,
    DocumentPartView,
    EvaluationToMake,
)
from appraisal.domain.values import UNDISCLOSED
from appraisal.persistence import models
from appraisal.persistence.document_models import DocumentBatch as Row
from appraisal.persistence.document_models import DocumentBatchFile
from appraisal.persistence.of_period import of_period
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_records,
    table_of,
    update_record,
    values_of,
)
from chassis.retention import RetentionRule, delete_oldest
from chassis.unit_of_work import Transaction, UnitOfWork

FILES_AT_ONCE = 20
_QUERY = select(*columns_of(Row, DocumentBatch))
_INSERT = insert(table_of(Row)).on_conflict_do_nothing().returning(Row.id)
# Text, because this table belongs to the chassis and has no model.
_JOBS_FAILED = text("SELECT id FROM job WHERE agency_id = :agency AND id = ANY(:ids) AND status = 'FAILED'")
_FILES = delete_oldest("document_batch_file", "batch_id < :lowest_id", "batch_id")


def kept_files(days: int) -> list[RetentionRule]:
    """Return the rule that removes files so many days after they were asked for; the batch stays on record."""
    return [RetentionRule("document_batch_files", _FILES, timedelta(days=days), per_agency=True)]


def choose_evaluations(
    tx: Transaction, command: AskForDocuments, units: Collection[UUID] | None
) -> list[EvaluationToMake]:
    """Return the evaluations from their issue on that are asked for, by id; one more than a batch may have."""
    evaluation, rating = models.Evaluation, models.EvaluationVersion
    decided_by = (
        select(rating.decided_by)
        .where(rating.evaluation_id == evaluation.id)
        .order_by(rating.revision.desc())
        .limit(1)
        .scalar_subquery()
        .label("decided_by")
    )
    kinds = [kind.removesuffix("_EVALUATION") for kind in command.wanted_kinds]
    query = select(*columns_of(evaluation, EvaluationToMake), decided_by).where(
        evaluation.year == command.year, evaluation.kind.in_(kinds), evaluation.state.not_in(UNDISCLOSED)
    )
    if not command.period.is_year:
        query = query.where(of_period(evaluation, command.period))
    if units is not None:
        query = query.where(among(evaluation.unit_id, units))
    return fetch_all(tx, query.order_by(evaluation.id).limit(MOST_EVALUATIONS + 1), EvaluationToMake)


def load_batch(tx: Transaction, batch_id: UUID, *, lock: bool = False) -> DocumentBatch:
    """Return a batch, locked until the transaction ends where it is to be changed. Raise NotFound."""
    query = _QUERY.where(Row.id == batch_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, DocumentBatch)
    return required(found, "pembuatan dokumen", batch_id)


def running_batch(tx: Transaction) -> UUID | None:
    """Return the batch that has not ended, in whatever way."""
    ended = (Row.finished_at, Row.cancelled_at, Row.failed_at)
    return tx.session.scalar(select(Row.id).where(*(moment.is_(None) for moment in ended)))


def list_batches(tx: Transaction, page: PageRequest) -> Page[DocumentBatch]:
    """Return batches, the newest first."""
    return fetch_page(tx, _QUERY, DocumentBatch, page, Row.id, descending=True)


def insert_batch(tx: Transaction, batch: DocumentBatch) -> bool:
    """Insert a batch; return False while another one runs."""
    row = {**values_of(Row, batch), "agency_id": tx.agency_id}
    return tx.session.execute(_INSERT, row).first() is not None


def update_batch(tx: Transaction, before: DocumentBatch, after: DocumentBatch) -> DocumentBatch:
    """Save a batch and return it as it is now. Raise VersionConflict."""
    update_record(tx, Row, before, after)
    return replace(after, version=before.version + 1)


def resume_batch(tx: Transaction, before: DocumentBatch, after: DocumentBatch) -> DocumentBatch | None:
    """Save a batch that runs again and return it; None while another one runs. Raise VersionConflict."""
    try:
        with separately(tx):
            return update_batch(tx, before, after)
    except IntegrityError:
        return None


def failed_jobs(tx: Transaction, batch_ids: Collection[UUID]) -> set[UUID]:
    """Return of which of these batches the job was given up."""
    return set(tx.session.scalars(_JOBS_FAILED, {"agency": tx.agency_id, "ids": list(batch_ids)}))


def separately(tx: Transaction) -> AbstractContextManager[object]:
    """Undo what is done inside when it fails, and nothing else of the transaction."""
    return tx.session.begin_nested()


def insert_files(tx: Transaction, files: Sequence[DocumentFile]) -> None:
    insert_records(tx, DocumentBatchFile, files)


def delete_files(tx: Transaction, batch_id: UUID) -> None:
    tx.session.execute(delete(DocumentBatchFile).where(DocumentBatchFile.batch_id == batch_id))


def parts_of(tx: Transaction, batch_ids: Collection[UUID]) -> dict[UUID, list[DocumentPartView]]:
    """Return by batch its parts with how much is in each."""
    row, found = DocumentBatchFile, defaultdict[UUID, list[DocumentPartView]](list)
    query = select(row.batch_id, row.part, func.count(), func.sum(row.size)).where(among(row.batch_id, batch_ids))
    for batch_id, part, files, size in tx.session.execute(query.group_by(row.batch_id, row.part).order_by(row.part)):
        found[batch_id].append(DocumentPartView(part, files, size))
    return found


def files_of(work: UnitOfWork, agency_id: str, batch_id: UUID, part: int) -> Iterator[tuple[str, bytes]]:
    """Give the files of a part, some at a time, each in its own transaction: a slow client occupies no connection."""
    row, after = DocumentBatchFile, UUID(int=0)
    query = select(row.id, row.name, row.content).where(row.batch_id == batch_id, row.part == part)
    while True:
        with work.transaction(agency_id) as tx:
            found = tx.session.execute(query.where(row.id > after).order_by(row.id).limit(FILES_AT_ONCE)).all()
        for one in found:
            after = one.id
            yield one.name, one.content
        if len(found) < FILES_AT_ONCE:
            return
