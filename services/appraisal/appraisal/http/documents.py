"""Documents that an agency files: plans, evaluations and decisions as papers, and their verification by anybody."""

from typing import Any
from uuid import UUID

from flask import Response, request

from appraisal.domain.document import Document, VerifiedDocumentView
from appraisal.domain.errors import DocumentUnknown
from appraisal.http.access import EVERYBODY, FORMER, PREFIX, Relation
from appraisal.http.documents_schemas import DocumentQuery, VerificationQuery
from appraisal.http.names import paper_names, verification_address
from appraisal.http.verification_page import unknown_page, verified_page
from appraisal.use_cases.documents.print_decision import print_decision
from appraisal.use_cases.documents.print_evaluation import print_evaluation
from appraisal.use_cases.documents.print_minutes import print_minutes
from appraisal.use_cases.documents.print_plan import print_plan
from appraisal.use_cases.documents.verify import verify_document
from chassis.auth import allow, allow_public
from chassis.http import ServiceBlueprint, principal, problems, work
from documents.files import CONTENT_TYPES, paper_file
from documents.papers import DocumentFormat
from documents.pdf import PDF
from documents.sheets import XLSX

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


@blp.route("/calibrations/<uuid:calibration_id>/document", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.CALIBRATION_READERS)
@problems(409)
@blp.arguments(DocumentQuery, location="query")
@blp.response(200, _FILE, content_type=PDF)
@blp.doc(responses=_FORMS)
def get_calibration_document(query: dict[str, Any], calibration_id: UUID) -> Response:
    """The minutes of a closed calibration as PDF or XLSX; an extract for those who may not read all of them."""
    return _file(print_minutes(work(), principal(), paper_names(), calibration_id=calibration_id), **query)


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
    body = paper_file(document.paper, document.seal(verification_address()), format)
    name = f"{document.kind.lower().replace('_', '-')}-{document.code[:8]}.{format}"
    return Response(
        body,
        content_type=CONTENT_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
