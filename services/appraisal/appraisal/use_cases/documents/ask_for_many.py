"""Ask for the papers of many evaluations, which a job makes."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.clients import PaperNames
from appraisal.domain.distribution import Level
from appraisal.domain.document_batch import AskForDocuments, BatchContent, DocumentBatch, EvaluationToMake, require_some
from appraisal.domain.document_errors import DocumentBatchRunning
from appraisal.persistence.document_batches import choose_evaluations, insert_batch, running_batch
from appraisal.persistence.people import load_unit
from appraisal.persistence.units import groups_of
from appraisal.use_cases.documents.make_room import make_room
from chassis import audit, jobs
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.views import encode
from directory.questions import today

JOB = "make_documents"


@dataclass(frozen=True)
class BatchParams:
    """`addresses` is what stands before a code in the addresses that are printed."""

    addresses: str


def ask_for_documents(
    work: UnitOfWork, actor: Principal, names: PaperNames, command: AskForDocuments, *, addresses: str
) -> UUID:
    """Queue the job and return its id, which is the batch's. Raise PaperNamesUnavailable before anything is stored.

    The names are asked here, with the caller's token: a running job waits for no other service, and has no token.
    """
    with work.transaction(actor.agency_id) as tx:
        make_room(tx)
        chosen = _choose(tx, command)
    people = {person for one in chosen for person in one.people if person is not None}
    known = names.of(people)
    content = BatchContent(tuple(one.id for one in chosen), {person: known.get(person) for person in people})
    with work.transaction(actor.agency_id) as tx:
        job_id = jobs.start(tx, JOB, BatchParams(addresses), actor.account_id, encode(content))
        batch = DocumentBatch.asked(job_id, command, len(chosen), actor.account_id, tx.now)
        if not insert_batch(tx, batch):
            raise DocumentBatchRunning.of(running_batch(tx))
        audit.record(tx, actor, "documents_asked", "document_batch", job_id, total=batch.total, unit_id=batch.unit_id)
        return job_id


def _choose(tx: Transaction, command: AskForDocuments) -> list[EvaluationToMake]:
    """Return the evaluations of the unit with all below it, as the tree was on the period's last day."""
    units, day = None, command.period.last_day
    if command.unit_id is not None:
        load_unit(tx, command.unit_id, today(tx))
        units = groups_of(tx, Level.SUBTREE, [command.unit_id], day)[command.unit_id]
    chosen = choose_evaluations(tx, command, units)
    require_some(chosen, command.period)
    return chosen
