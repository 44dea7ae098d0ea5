"""Read a batch of documents: its progress, and its files as archives."""

from collections.abc import Iterator
from uuid import UUID

from appraisal.domain.document_batch import BatchToday, DocumentBatchView
from appraisal.domain.document_errors import DocumentBatchOfAnother
from appraisal.persistence.document_batches import files_of, has_failed, load_batch, parts_of
from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork


def show_documents(work: UnitOfWork, actor: Principal, batch_id: UUID, *, days: int) -> DocumentBatchView:
    with work.transaction(actor.agency_id) as tx:
        return DocumentBatchView.of(_today(tx, batch_id, days), parts_of(tx, batch_id))


def download_documents(
    work: UnitOfWork, actor: Principal, batch_id: UUID, *, part: int, days: int
) -> Iterator[tuple[str, bytes]]:
    """Return names and contents of the files of a part, for who has asked for them and nobody else.

    Raise DocumentBatchOfAnother, DocumentBatchNotReady, or NotFound for a part that there is not.
    """
    with work.transaction(actor.agency_id) as tx:
        found = _today(tx, batch_id, days)
        if found.batch.asked_by != actor.account_id:
            raise DocumentBatchOfAnother
        found.require_ready()
        if part not in {one.number for one in parts_of(tx, batch_id)}:
            raise NotFound(object="bagian dokumen", id=part)
        audit.record(tx, actor, "documents_downloaded", "document_batch", batch_id, part=part)
    return files_of(work, actor.agency_id, batch_id, part)


def _today(tx: Transaction, batch_id: UUID, days: int) -> BatchToday:
    return BatchToday(load_batch(tx, batch_id), has_failed(tx, batch_id), days, tx.now)
