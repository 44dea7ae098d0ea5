"""Cancel the making of many papers: what was made so far is removed."""

from uuid import UUID

from appraisal.domain.document_batch import BatchToday, DocumentBatchView
from appraisal.persistence.document_batches import delete_files, load_batch, update_batch
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def cancel_documents(work: UnitOfWork, actor: Principal, batch_id: UUID, *, days: int) -> DocumentBatchView:
    """Any HR officer does; the job ends with its next step. Raise DocumentBatchEnded for one that is finished."""
    with work.transaction(actor.agency_id) as tx:
        before = load_batch(tx, batch_id, lock=True)
        after = before.cancelled(tx.now)
        if after is not before:
            after = update_batch(tx, before, after)
            delete_files(tx, batch_id)
            audit.record(tx, actor, "documents_cancelled", "document_batch", batch_id, done=after.done)
        return DocumentBatchView.of(BatchToday(after, job_failed=False, days=days, now=tx.now), ())
