"""Resume the making of many papers that has failed: what is missing is made, what was made stays."""

from uuid import UUID

from appraisal.domain.document_batch import BatchToday, DocumentBatchView
from appraisal.domain.document_errors import DocumentBatchRunning
from appraisal.persistence.document_batches import failed_jobs, load_batch, resume_batch, running_batch
from appraisal.use_cases.documents.make_room import make_room
from chassis import audit, jobs
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def resume_documents(work: UnitOfWork, actor: Principal, batch_id: UUID, *, days: int) -> DocumentBatchView:
    """Any HR officer does; who asked for it downloads it. Raise DocumentBatchNotResumed, or DocumentBatchRunning."""
    with work.transaction(actor.agency_id) as tx:
        before = load_batch(tx, batch_id, lock=True)
        job_failed = batch_id in failed_jobs(tx, [batch_id])
        BatchToday(before, job_failed, days, tx.now).require_failed()
        make_room(tx, batch_id)
        after = resume_batch(tx, before, before.resumed())
        if after is None:
            raise DocumentBatchRunning.of(running_batch(tx))
        jobs.resume(tx, batch_id)
        audit.record(tx, actor, "documents_resumed", "document_batch", batch_id, done=after.done)
        return DocumentBatchView.of(BatchToday(after, job_failed=False, days=days, now=tx.now), ())
