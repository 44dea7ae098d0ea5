"""What employees ask to be corrected in their own data, and HR's answers."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.correction_request import (
    CorrectionRequestView,
    ListCorrections,
    RequestCorrection,
    ResolveCorrection,
)
from personnel.http.access import HR, PREFIX, Relation
from personnel.http.corrections_schemas import CorrectionIn, CorrectionsQuery, ResolutionIn
from personnel.use_cases.corrections import list as listing
from personnel.use_cases.corrections import request as requesting
from personnel.use_cases.corrections import resolve as resolving

blp = ServiceBlueprint("corrections", url_prefix=PREFIX, description="Requests to correct one's own data")


@blp.route("/employees/me/correction-requests", methods=["POST"])
@allow("employee", relation="own data")
@idempotent
@problems(404)
@blp.arguments(CorrectionIn)
@blp.response(201, CorrectionRequestView)
def request_correction(body: dict[str, Any]) -> CorrectionRequestView:
    """Ask HR to correct what is wrong about oneself."""
    return with_etag(requesting.request_correction(work(), principal(), RequestCorrection(**body)))


@blp.route("/employees/me/correction-requests", methods=["GET"])
@allow("employee", relation="own requests")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[CorrectionRequestView])
def list_own_corrections(query: dict[str, Any]) -> Page[CorrectionRequestView]:
    """One's own requests and their answers."""
    return listing.list_own_corrections(work(), principal(), **query)


@blp.route("/correction-requests", methods=["GET"])
@allow(*HR)
@blp.arguments(CorrectionsQuery, location="query")
@blp.response(200, Page[CorrectionRequestView])
def list_corrections(query: dict[str, Any]) -> Page[CorrectionRequestView]:
    """The agency's requests, oldest first."""
    return listing.list_corrections(work(), principal(), ListCorrections(**query))


@blp.route("/correction-requests/<uuid:request_id>/resolution", methods=["PUT"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(ResolutionIn)
@blp.response(200, CorrectionRequestView)
def resolve_correction(body: dict[str, Any], request_id: UUID) -> CorrectionRequestView:
    """Answer a request; the correction itself is made by the call that fits it."""
    command = ResolveCorrection(request_id, expected_version(), **body)
    return with_etag(resolving.resolve_correction(work(), principal(), command))
