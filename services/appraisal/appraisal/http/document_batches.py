"""Documents of many evaluations at once, made by a job and downloaded as archives."""

from typing import Any
from uuid import UUID

from flask import Response, current_app

from appraisal.domain.document_batch import AskForDocuments, DocumentBatchView
from appraisal.http.access import HR, PREFIX, Relation
from appraisal.http.document_batches_schemas import DocumentBatchIn
from appraisal.http.names import paper_names, verification_address
from appraisal.use_cases.documents.ask_for_many import ask_for_documents
from appraisal.use_cases.documents.cancel_many import cancel_documents
from appraisal.use_cases.documents.read_many import download_documents, list_documents, show_documents
from appraisal.use_cases.documents.resume_many import resume_documents
from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, with_etag, work
from chassis.http.jobs import JobStarted
from chassis.pagination import Page, PageRequest
from documents.files import ZIP, archive

blp = ServiceBlueprint(
    "document_batches", url_prefix=f"{PREFIX}/documents/batches", description="Documents of many evaluations"
)


@blp.route("", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(DocumentBatchIn)
@blp.response(202, JobStarted)
def post_document_batch(body: dict[str, Any]) -> JobStarted:
    """Make the documents of all issued and final evaluations of a period, as a job; its id is that of the batch."""
    command = AskForDocuments(**body)
    return JobStarted(ask_for_documents(work(), principal(), paper_names(), command, addresses=verification_address()))


@blp.route("", methods=["GET"])
@allow(*HR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[DocumentBatchView])
def get_document_batches(query: dict[str, PageRequest]) -> Page[DocumentBatchView]:
    """All batches, the newest first, with what was made of each."""
    return list_documents(work(), principal(), query["page"], days=_days())


@blp.route("/<uuid:batch_id>", methods=["GET"])
@allow(*HR)
@blp.response(200, DocumentBatchView)
def get_document_batch(batch_id: UUID) -> DocumentBatchView:
    """How far it has come, and the parts to download; what failed are the issues of the job."""
    return with_etag(show_documents(work(), principal(), batch_id, days=_days()))


@blp.route("/<uuid:batch_id>/resume", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.response(200, DocumentBatchView)
def post_document_batch_resumption(batch_id: UUID) -> DocumentBatchView:
    """Go on with one that has failed: only what is missing is made."""
    return with_etag(resume_documents(work(), principal(), batch_id, days=_days()))


@blp.route("/<uuid:batch_id>/cancel", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.response(200, DocumentBatchView)
def post_document_batch_cancellation(batch_id: UUID) -> DocumentBatchView:
    """Stop it, and remove what was made."""
    return with_etag(cancel_documents(work(), principal(), batch_id, days=_days()))


@blp.route("/<uuid:batch_id>/parts/<int:part>", methods=["GET"])
@allow(*HR, relation=Relation.WHO_ASKED)
@problems(409)
@blp.response(200, {"type": "string", "format": "binary"}, content_type=ZIP)
def get_document_part(batch_id: UUID, part: int) -> Response:
    """A part of the documents as a ZIP archive, for some days after they were asked for."""
    files = download_documents(work(), principal(), batch_id, part=part, days=_days())
    disposition = {"Content-Disposition": f'attachment; filename="dokumen-{batch_id}-{part}.zip"'}
    return Response(archive(files), content_type=ZIP, headers=disposition)


def _days() -> int:
    days: int = current_app.extensions["suar_settings"].document_files_retention_days
    return days
