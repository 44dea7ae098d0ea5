"""Documents that an agency files: plans, evaluations and decisions as papers, and their verification by anybody."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, request

from appraisal.domain.document import Document, VerifiedDocumentView
from appraisal.domain.errors import DocumentUnknown
from appraisal.http.access import EVERYBODY, FORMER, PREFIX, Relation
from appraisal.http.documents_schemas import DocumentFormat, DocumentQuery, VerificationQuery
from appraisal.http.names import paper_names
from appraisal.http.verification_page import unknown_page, verified_page
from appraisal.use_cases.documents.print_decision import print_decision
from appraisal.use_cases.documents.print_evaluation import print_evaluation
from appraisal.use_cases.documents.print_plan import print_plan
from appraisal.use_cases.documents.verify import verify_document
from chassis.auth import allow, allow_public
from chassis.http import ServiceBlueprint, principal, problems, work
from documents.papers import Seal
from documents.pdf import PDF, paper_pdf
from documents.sheets import XLSX, paper_xlsx

blp = ServiceBlueprint("documents", url_prefix=PREFIX, description="Documents to file, and their verification")
_FILE = {"type": "string", "format": "binary"}
_FORMS = {"200": {"description": "OK", "content": {PDF: {"schema": _FILE}, XLSX: {"schema": _FILE}}}}


@blp.route("/plans/<uuid:plan_id>/document", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.PLAN_READERS)
@problems(409)
@blp.arguments(DocumentQuery, location="query")
@blp.response(200, _FILE, content_type=PDF)
@blp.doc(responses=_FORMS)
def get_plan_document(query: dict[str, Any], plan_id: UUID) -> Response:
    """The SKP with its annex as PDF or XLSX: the version agreed last."""
    return _file(print_plan(work(), principal(), paper_names(), plan_id=plan_id), **query)


@blp.route("/evaluations/<uuid:evaluation_id>/document", methods=["GET"])
@allow(*EVERYBODY, *FORMER, relation=Relation.EVALUATION_READERS)
@problems(409)
@blp.arguments(DocumentQuery, location="query")
@blp.response(200, _FILE, content_type=PDF)
@blp.doc(responses=_FORMS)
def get_evaluation_document(query: dict[str, Any], evaluation_id: UUID) -> Response:
    """An evaluation as PDF or XLSX, from its issue on."""
    return _file(print_evaluation(work(), principal(), paper_names(), evaluation_id=evaluation_id), **query)


@blp.route("/objections/<uuid:objection_id>/document", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.OBJECTION_READERS)
@problems(409)
@blp.arguments(DocumentQuery, location="query")
@blp.response(200, _FILE, content_type=PDF)
@blp.doc(responses=_FORMS)
def get_objection_document(query: dict[str, Any], objection_id: UUID) -> Response:
    """The decision on an objection as PDF or XLSX."""
    return _file(print_decision(work(), principal(), paper_names(), objection_id=objection_id), **query)


@blp.route("/documents/<code>", methods=["GET"])
@allow_public(reason="whoever holds a paper verifies it; the answer names neither the person nor the result")
@problems(404)
@blp.arguments(VerificationQuery, location="query")
@blp.response(200, VerifiedDocumentView)
def get_verification(query: dict[str, Any], code: str) -> VerifiedDocumentView | Response:
    """Whether a paper is ours and still holds, by the code printed on it. Browsers get a page."""
    wants_page = request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    try:
        found = verify_document(work(), code=code.upper().replace("-", "").replace(" ", ""), **query)
    except DocumentUnknown as unknown:
        if wants_page:
            return Response(unknown_page(unknown.detail), 404, content_type="text/html; charset=utf-8")
        raise
    return Response(verified_page(found), content_type="text/html; charset=utf-8") if wants_page else found


def _file(document: Document, *, format: DocumentFormat) -> Response:  # noqa: A002 - as the query spells it
    base = current_app.extensions["suar_settings"].public_base_url.rstrip("/")
    seal = Seal(document.hash, document.code, f"{base}{PREFIX}/documents/{document.code}")
    is_pdf = format is DocumentFormat.PDF
    body = paper_pdf(document.paper, seal) if is_pdf else paper_xlsx(document.paper, seal)
    name = f"{document.kind.lower().replace('_', '-')}-{document.code[:8]}.{format}"
    return Response(
        body,
        content_type=PDF if is_pdf else XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
