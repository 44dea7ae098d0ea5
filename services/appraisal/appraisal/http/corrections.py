"""Corrections of final evaluations: orders of two officers."""

from typing import Any
from uuid import UUID

from appraisal.domain.correction import CorrectionOrderView, EndCorrection, ListCorrections, ProposeCorrection
from appraisal.http.access import APPRAISERS, EVERYBODY, HR, PREFIX, Relation
from appraisal.http.corrections_schemas import CorrectionEndIn, CorrectionIn, CorrectionsQuery
from appraisal.use_cases.corrections.approve import approve_correction
from appraisal.use_cases.corrections.propose import propose_correction
from appraisal.use_cases.corrections.read import list_corrections, show_correction
from appraisal.use_cases.corrections.reject import reject_correction
from appraisal.use_cases.corrections.withdraw import withdraw_correction
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page

blp = ServiceBlueprint("corrections", url_prefix=PREFIX, description="Corrections of final evaluations by order")


@blp.route("/evaluations/<uuid:evaluation_id>/corrections", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.CORRECTOR)
@idempotent
@problems(409, 412)
@blp.arguments(CorrectionIn)
@blp.response(201, CorrectionOrderView)
def post_correction(body: dict[str, Any], evaluation_id: UUID) -> CorrectionOrderView:
    """Propose a correction by order; it changes nothing until a second officer approves it."""
    command = ProposeCorrection(evaluation_id=evaluation_id, **body)
    return with_etag(propose_correction(work(), principal(), command))


@blp.route("/corrections", methods=["GET"])
@allow(
    *EVERYBODY, relation="HR, inspector: all; else those one proposed, and of evaluations one reviews; never one's own"
)
@blp.arguments(CorrectionsQuery, location="query")
@blp.response(200, Page[CorrectionOrderView])
def get_corrections(query: dict[str, Any]) -> Page[CorrectionOrderView]:
    """Correction orders; those that wait have the state PROPOSED."""
    return list_corrections(work(), principal(), ListCorrections(**query))


@blp.route("/corrections/<uuid:order_id>", methods=["GET"])
@allow(*EVERYBODY, relation="officers of the order, reviewer, HR, inspector; the employee once it is approved")
@blp.response(200, CorrectionOrderView)
def get_correction(order_id: UUID) -> CorrectionOrderView:
    """Read a correction order, with what the caller may do."""
    return with_etag(show_correction(work(), principal(), order_id))


@blp.route("/corrections/<uuid:order_id>/approve", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.SECOND_CORRECTOR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(CorrectionEndIn)
@blp.response(200, CorrectionOrderView)
def post_approve(body: dict[str, Any], order_id: UUID) -> CorrectionOrderView:
    """Approve: a new revision, or, where it lowers an annual evaluation, a new issue with a window to object."""
    command = EndCorrection(order_id, body["reason"], expected_version())
    return with_etag(approve_correction(work(), principal(), command))


@blp.route("/corrections/<uuid:order_id>/reject", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.SECOND_CORRECTOR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(CorrectionEndIn)
@blp.response(200, CorrectionOrderView)
def post_reject(body: dict[str, Any], order_id: UUID) -> CorrectionOrderView:
    """Reject: the evaluation stays as it is."""
    command = EndCorrection(order_id, body["reason"], expected_version())
    return with_etag(reject_correction(work(), principal(), command))


@blp.route("/corrections/<uuid:order_id>/withdraw", methods=["POST"])
@allow(*APPRAISERS, *HR, relation="who proposed the order")
@idempotent
@problems(409, 412, 428)
@blp.arguments(CorrectionEndIn)
@blp.response(200, CorrectionOrderView)
def post_order_withdrawal(body: dict[str, Any], order_id: UUID) -> CorrectionOrderView:
    """Withdraw one's own order before it is decided."""
    command = EndCorrection(order_id, body["reason"], expected_version())
    return with_etag(withdraw_correction(work(), principal(), command))
