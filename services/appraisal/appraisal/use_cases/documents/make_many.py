"""Make the papers of a batch, some in a step: a step that is killed leaves nothing, and the next one goes on there."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from appraisal.domain.document import Document
from appraisal.domain.document_batch import BatchContent, DocumentBatch, DocumentFile, Parts, file_name
from appraisal.domain.document_errors import DocumentNotMade, NamesChangedMeanwhile
from appraisal.domain.paper_people import PaperName, PaperPeople
from appraisal.persistence.document_batches import insert_files, load_batch, separately, update_batch
from appraisal.persistence.documents import find_document, insert_document, offices_on
from appraisal.persistence.evaluations import load_evaluation
from appraisal.use_cases.documents.ask_for_many import BatchParams
from appraisal.use_cases.documents.print_evaluation import draft_of
from chassis import audit
from chassis.db.availability import is_away, is_lock_conflict
from chassis.errors import AppError, Unavailable
from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction
from documents.files import paper_file
from documents.papers import DocumentFormat

log = get_logger()
AT_ONCE = 10
Names = Mapping[UUID, PaperName | None]


@dataclass(frozen=True)
class Progress:
    """The cursor: how many evaluations are done, and how full the last part is."""

    at: int = 0
    parts: Parts = Parts()


@dataclass
class _Step:
    """The evaluations of one step, and what has been made of them."""

    tx: Transaction
    job: Job
    batch: DocumentBatch
    names: Names
    addresses: str
    parts: Parts
    files: list[DocumentFile]
    failed: int = 0

    def make(self, number: int, evaluation_id: UUID) -> None:
        """Make the files of one evaluation, or list why there are none; the others go on."""
        try:
            with separately(self.tx):
                document = _issued(self.tx, evaluation_id, self.names, self.batch.asked_by)
                made = [(form, self._content(document, form)) for form in self.batch.formats]
        except Exception as error:
            if is_away(error) or is_lock_conflict(error) or isinstance(error, Unavailable):
                raise
            self._record_failure(number, evaluation_id, error)
            return
        for form, content in made:
            self.parts = self.parts.with_file(len(content))
            name = file_name(number, document, form)
            self.files.append(DocumentFile(new_id(), self.batch.id, self.parts.number, name, len(content), content))
        audit.record(
            self.tx, str(self.batch.asked_by), "document_read", "document", document.id,
            kind=document.kind, subject_id=document.subject_id,
        )  # fmt: skip

    def _content(self, document: Document, form: DocumentFormat) -> bytes:
        return paper_file(document.paper, document.seal(self.addresses), form)

    def _record_failure(self, number: int, evaluation_id: UUID, error: Exception) -> None:
        self.failed += 1
        if not isinstance(error, AppError):
            log.error("document_not_made", job_id=str(self.job.id), evaluation_id=str(evaluation_id), exc_info=error)
            error = DocumentNotMade()
        self.job.issue(number, "evaluation_id", evaluation_id, error.code, error.detail)


def make_documents_step(tx: Transaction, job: Job) -> Step:
    """Make the next papers; a batch that was cancelled meanwhile ends here."""
    before = load_batch(tx, job.id, lock=True)
    if before.cancelled_at is not None:
        return Step(finished=True)
    wanted = msgspec.json.decode(job.content, type=BatchContent)
    progress, addresses = job.cursor_as(Progress), job.params_as(BatchParams).addresses
    chosen = wanted.evaluations[progress.at : progress.at + AT_ONCE]
    step = _Step(tx, job, before, wanted.names, addresses, progress.parts, [])
    for number, evaluation_id in enumerate(chosen, start=progress.at + 1):
        step.make(number, evaluation_id)
    insert_files(tx, step.files)
    saved = update_batch(tx, before, before.advanced(len(chosen) - step.failed, step.failed, tx.now))
    return Step(
        finished=saved.finished_at is not None,
        processed=len(chosen),
        total=saved.total,
        cursor=Progress(saved.done, step.parts),
    )


def _issued(tx: Transaction, evaluation_id: UUID, names: Names, asked_by: UUID) -> Document:
    """Return the paper of an evaluation as it stands, made now unless it was made before."""
    draft = draft_of(tx, load_evaluation(tx, evaluation_id))
    found = find_document(tx, draft.subject)
    if found is not None:
        return found
    people = {one for one in draft.content.people if one is not None}
    if people - names.keys():
        raise NamesChangedMeanwhile
    known = {one: name for one in people if (name := names[one]) is not None}
    paper = draft.content.paper(PaperPeople(known, offices_on(tx, people, draft.day)))
    return insert_document(tx, Document.made(draft.subject, paper, asked_by, tx.now))
