"""One batch of papers is made at a time; one whose job was given up waits for nobody."""

from uuid import UUID

from appraisal.domain.document_errors import DocumentBatchRunning
from appraisal.persistence.document_batches import failed_jobs, load_batch, running_batch, update_batch
from chassis.unit_of_work import Transaction


def make_room(tx: Transaction, for_batch: UUID | None = None) -> None:
    """Mark a batch whose job was given up, unless it is the one to go on. Raise DocumentBatchRunning for one that runs.

    Locked before its job is looked at: who resumes it locks it too.
    """
    found = running_batch(tx)
    if found is None or found == for_batch:
        return
    before = load_batch(tx, found, lock=True)
    if before.has_ended:
        return
    if not failed_jobs(tx, [found]):
        raise DocumentBatchRunning.of(found)
    update_batch(tx, before, before.given_up(tx.now))
