"""The register of agencies."""

from typing import Any

from flask import request

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.agency import AgencyView, ChangeAgency, RegisterAgency
from personnel.domain.publication import PublicationView
from personnel.http.access import EVERYBODY, OPERATOR, PREFIX
from personnel.http.agencies_schemas import AGENCY_ID, AgencyIn, AgencyPatch
from personnel.use_cases.agencies import change, read, register
from personnel.use_cases.agencies import show_publication as publication

blp = ServiceBlueprint("agencies", url_prefix=PREFIX, description="Register of agencies")


def agency_to_register() -> str:
    """Return the agency that comes into being, in whose transaction the key is kept; the caller's if none is named."""
    sent = request.get_json(silent=True)
    named = sent.get("id") if isinstance(sent, dict) else None
    return named if isinstance(named, str) and AGENCY_ID.match(named) else principal().agency_id


@blp.route("/agencies", methods=["POST"])
@allow(*OPERATOR)
@idempotent(agency=agency_to_register)
@problems(409)
@blp.arguments(AgencyIn)
@blp.response(201, AgencyView)
def register_agency(body: dict[str, Any]) -> AgencyView:
    """Register an agency."""
    command = RegisterAgency(body["id"], body["name"], body["time_zone"])
    return with_etag(register.register_agency(work(), principal(), command))


@blp.route("/agencies", methods=["GET"])
@allow(*OPERATOR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[AgencyView])
def list_agencies(query: dict[str, Any]) -> Page[AgencyView]:
    """All agencies, by identifier."""
    return read.list_agencies(work(), principal(), **query)


@blp.route("/publication", methods=["GET"])
@allow(*OPERATOR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[PublicationView])
def show_publication(query: dict[str, Any]) -> Page[PublicationView]:
    """How many timelines of how many people and units have been published, by agency: what an upgrade waits for."""
    return publication.show_publication(work(), principal(), **query)


@blp.route("/agencies/<agency_id>", methods=["GET"])
@allow(*OPERATOR, *EVERYBODY, relation="operator any agency, others their own")
@blp.response(200, AgencyView)
def show_agency(agency_id: str) -> AgencyView:
    """One agency."""
    return with_etag(read.show_agency(work(), principal(), agency_id))


@blp.route("/agencies/<agency_id>", methods=["PATCH"])
@allow(*OPERATOR)
@problems(412, 428)
@blp.arguments(AgencyPatch)
@blp.response(200, AgencyView)
def change_agency(body: dict[str, Any], agency_id: str) -> AgencyView:
    """Correct an agency's name or time zone, or set its highest job class."""
    return with_etag(change.change_agency(work(), principal(), ChangeAgency(agency_id, expected_version(), **body)))
