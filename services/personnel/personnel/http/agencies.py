"""The register of agencies."""

from typing import Any

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, page_of, principal, problems, work
from chassis.http.etag import expected_version
from personnel.domain.views import AgencyView
from personnel.http.access import EVERYBODY, IF_MATCH, OPERATOR, PREFIX
from personnel.http.paging import one_page, read_position
from personnel.http.schemas import AgencyIn, AgencyOut, AgencyPatch
from personnel.use_cases import change_agency as change
from personnel.use_cases import read_agencies
from personnel.use_cases import register_agency as register

blp = ServiceBlueprint("agencies", url_prefix=PREFIX, description="Register of agencies")


@blp.route("/agencies", methods=["POST"])
@allow(*OPERATOR)
@problems(409)
@blp.arguments(AgencyIn)
@blp.response(201, AgencyOut)
def register_agency(body: dict[str, Any]) -> AgencyView:
    """Register an agency."""
    agency = register.register_agency(
        work(), principal(), register.RegisterAgency(body["id"], body["name"], body["time_zone"])
    )
    etag(agency.version)
    return agency


@blp.route("/agencies", methods=["GET"])
@allow(*OPERATOR)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(AgencyOut))
def list_agencies(args: dict[str, Any]) -> dict[str, Any]:
    """All agencies, by identifier."""
    after = read_position(args, lambda position: str(position["id"]))
    found = read_agencies.list_agencies(work(), principal(), after=after, limit=args["limit"] + 1)
    return one_page(found, args["limit"], lambda agency: {"id": agency.agency_id})


@blp.route("/agencies/<agency_id>", methods=["GET"])
@allow(*OPERATOR, *EVERYBODY, relation="operator any agency, others their own")
@blp.response(200, AgencyOut)
def show_agency(agency_id: str) -> AgencyView:
    """One agency."""
    agency = read_agencies.show_agency(work(), principal(), agency_id)
    etag(agency.version)
    return agency


@blp.route("/agencies/<agency_id>", methods=["PATCH"])
@allow(*OPERATOR)
@problems(412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(AgencyPatch)
@blp.response(200, AgencyOut)
def change_agency(body: dict[str, Any], agency_id: str) -> AgencyView:
    """Correct an agency's name or time zone."""
    agency = change.change_agency(work(), principal(), change.ChangeAgency(agency_id, expected_version(), **body))
    etag(agency.version)
    return agency
