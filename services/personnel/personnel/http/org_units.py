"""The tree of organisational units."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.org_unit import ChangeOrgUnit, CreateOrgUnit, ListOrgUnits, OrgUnitView
from personnel.http.access import EVERYBODY, HR, PREFIX
from personnel.http.org_units_schemas import OrgUnitIn, OrgUnitPatch, OrgUnitsQuery
from personnel.use_cases.org_units import change, create, read

blp = ServiceBlueprint("org_units", url_prefix=PREFIX, description="Organisational units")


@blp.route("/org-units", methods=["GET"])
@allow(*EVERYBODY)
@problems(404)
@blp.arguments(OrgUnitsQuery, location="query")
@blp.response(200, Page[OrgUnitView])
def list_org_units(query: dict[str, Any]) -> Page[OrgUnitView]:
    """The tree in order, each unit before those below it; today's, or as it was on a day."""
    return read.list_org_units(work(), principal(), ListOrgUnits(**query))


@blp.route("/org-units", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(OrgUnitIn)
@blp.response(201, OrgUnitView)
def create_org_unit(body: dict[str, Any]) -> OrgUnitView:
    """Add a unit."""
    return with_etag(create.create_org_unit(work(), principal(), CreateOrgUnit(**body)))


@blp.route("/org-units/<uuid:unit_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, OrgUnitView)
def show_org_unit(unit_id: UUID) -> OrgUnitView:
    """One unit."""
    return with_etag(read.show_org_unit(work(), principal(), unit_id))


@blp.route("/org-units/<uuid:unit_id>", methods=["PATCH"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(OrgUnitPatch)
@blp.response(200, OrgUnitView)
def change_org_unit(body: dict[str, Any], unit_id: UUID) -> OrgUnitView:
    """Correct a unit: code, name, parent, leader, active."""
    return with_etag(change.change_org_unit(work(), principal(), ChangeOrgUnit(unit_id, expected_version(), **body)))
