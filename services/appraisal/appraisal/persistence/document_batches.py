"""Batches of documents between rows and the domain, and their files."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

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
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    fetch_one,
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
_JOB_FAILED = text("SELECT 1 FROM job WHERE agency_id = :agency AND id = :id AND status = 'FAILED'")
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
    """Return the batch that is neither finished nor cancelled."""
    return tx.session.scalar(select(Row.id).where(Row.finished_at.is_(None), Row.cancelled_at.is_(None)))


def insert_batch(tx: Transaction, batch: DocumentBatch) -> bool:
    """Insert a batch; return False while another one runs."""
    row = {**values_of(Row, batch), "agency_id": tx.agency_id}
    return tx.session.execute(_INSERT, row).first() is not None


def update_batch(tx: Transaction, before: DocumentBatch, after: DocumentBatch) -> DocumentBatch:
    """Save a batch and return it as it is now. Raise VersionConflict."""
    update_record(tx, Row, before, after)
    return replace(after, version=before.version + 1)


def has_failed(tx: Transaction, batch_id: UUID) -> bool:
    """Return whether the job of a batch was given up."""
    return tx.session.execute(_JOB_FAILED, {"agency": tx.agency_id, "id": batch_id}).first() is not None


def separately(tx: Transaction) -> AbstractContextManager[object]:
    """Undo what is done inside when it fails, and nothing else of the transaction."""
    return tx.session.begin_nested()


def insert_files(tx: Transaction, files: Sequence[DocumentFile]) -> None:
    insert_records(tx, DocumentBatchFile, files)


def delete_files(tx: Transaction, batch_id: UUID) -> None:
    tx.session.execute(delete(DocumentBatchFile).where(DocumentBatchFile.batch_id == batch_id))


def parts_of(tx: Transaction, batch_id: UUID) -> list[DocumentPartView]:
    """Return the parts of a batch with how much is in each."""
    row = DocumentBatchFile
    query = select(row.part.label("number"), func.count().label("files"), func.sum(row.size).label("bytes"))
    query = query.where(row.batch_id == batch_id).group_by(row.part).order_by(row.part)
    return fetch_all(tx, query, DocumentPartView)


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
