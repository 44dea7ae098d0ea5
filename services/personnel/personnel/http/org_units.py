"""The tree of organisational units."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from personnel.domain.views import UnitView
from personnel.http.access import EVERYBODY, HR, IF_MATCH, PREFIX
from personnel.http.paging import one_page, read_position
from personnel.http.schemas import UnitIn, UnitOut, UnitPatch, UnitQuery
from personnel.use_cases import change_org_unit as change
from personnel.use_cases import list_org_units as reading

blp = ServiceBlueprint("org_units", url_prefix=PREFIX, description="Organisational units")


def _codes(position: dict[str, Any]) -> list[str]:
    return [str(code) for code in position["path"]]


@blp.route("/org-units", methods=["GET"])
@allow(*EVERYBODY)
@problems(404)
@blp.arguments(UnitQuery, location="query")
@blp.response(200, page_of(UnitOut))
def list_org_units(args: dict[str, Any]) -> dict[str, Any]:
    """The tree in order, each unit before those below it; today's, or as it was on a day."""
    found = reading.list_org_units(
        work(),
        principal(),
        below=args.get("below"),
        as_of=args.get("as_of"),
        inactive=args["inactive"],
        after=read_position(args, _codes),
        limit=args["limit"] + 1,
    )
    return one_page(found, args["limit"], lambda unit: {"path": unit.path})


@blp.route("/org-units", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(UnitIn)
@blp.response(201, UnitOut)
def create_org_unit(body: dict[str, Any]) -> UnitView:
    """Add a unit."""
    unit = change.create_org_unit(work(), principal(), change.CreateOrgUnit(**body))
    etag(unit.version)
    return unit


@blp.route("/org-units/<uuid:unit_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, UnitOut)
def show_org_unit(unit_id: UUID) -> UnitView:
    """One unit."""
    unit = reading.show_org_unit(work(), principal(), unit_id)
    etag(unit.version)
    return unit


@blp.route("/org-units/<uuid:unit_id>", methods=["PATCH"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(UnitPatch)
@blp.response(200, UnitOut)
def change_org_unit(body: dict[str, Any], unit_id: UUID) -> UnitView:
    """Correct a unit: code, name, parent, leader, active."""
    unit = change.change_org_unit(work(), principal(), change.ChangeOrgUnit(unit_id, expected_version(), body))
    etag(unit.version)
    return unit
