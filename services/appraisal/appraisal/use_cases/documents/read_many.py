"""Read a batch of documents: its progress, and its files as archives."""

from collections.abc import Iterator
from uuid import UUID

from appraisal.domain.document_batch import BatchToday, DocumentBatchView
from appraisal.domain.document_errors import DocumentBatchOfAnother
from appraisal.persistence.document_batches import failed_jobs, files_of, list_batches, load_batch, parts_of
from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import Transaction, UnitOfWork


def list_documents(work: UnitOfWork, actor: Principal, page: PageRequest, *, days: int) -> Page[DocumentBatchView]:
    with work.transaction(actor.agency_id) as tx:
        found = list_batches(tx, page)
        ids = [one.id for one in found.items]
        failed, parts = failed_jobs(tx, ids), parts_of(tx, ids)
        audit.record(tx, actor, "document_batches_listed", "document_batch_list", "all")
        return found.of(
            lambda one: DocumentBatchView.of(BatchToday(one, one.id in failed, days, tx.now), parts.get(one.id, ()))
        )


def show_documents(work: UnitOfWork, actor: Principal, batch_id: UUID, *, days: int) -> DocumentBatchView:
    with work.transaction(actor.agency_id) as tx:
        return DocumentBatchView.of(_today(tx, batch_id, days), parts_of(tx, [batch_id]).get(batch_id, ()))


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
        if part not in {one.number for one in parts_of(tx, [batch_id]).get(batch_id, ())}:
            raise NotFound(object="bagian dokumen", id=part)
        audit.record(tx, actor, "documents_downloaded", "document_batch", batch_id, part=part)
    return files_of(work, actor.agency_id, batch_id, part)


def _today(tx: Transaction, batch_id: UUID, days: int) -> BatchToday:
    return BatchToday(load_batch(tx, batch_id), batch_id in failed_jobs(tx, [batch_id]), days, tx.now)
