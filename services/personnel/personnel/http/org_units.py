"""The tree of organisational units."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.org_unit import (
    ChangeOrgUnit,
    CloseOrgUnit,
    CreateOrgUnit,
    ListOrgUnits,
    MergeOrgUnit,
    MergerView,
    OrgUnitView,
    UnitTimelineView,
    WithdrawUnitRecord,
)
from personnel.http.access import EVERYBODY, HR, HR_AND_INSPECTOR, PREFIX, Relation
from personnel.http.org_units_schemas import (
    ClosureIn,
    MergerIn,
    OrgUnitIn,
    OrgUnitPatch,
    OrgUnitsQuery,
    UnitWithdrawalIn,
)
from personnel.use_cases.org_units import change, close, create, merge, read, withdraw_record

blp = ServiceBlueprint("org_units", url_prefix=PREFIX, description="Organisational units")


@blp.route("/org-units", methods=["GET"])
@allow(*EVERYBODY)
@problems(404)
@blp.arguments(OrgUnitsQuery, location="query")
@blp.response(200, Page[OrgUnitView])
def list_org_units(query: dict[str, Any]) -> Page[OrgUnitView]:
    """The tree in order, each unit before those below it; today's, or any day's, past or to come."""
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
    """Change a unit from today or another day on: code, name, parent, leader, active."""
    return with_etag(change.change_org_unit(work(), principal(), ChangeOrgUnit(unit_id, expected_version(), **body)))


@blp.route("/org-units/<uuid:unit_id>/timeline", methods=["GET"])
@allow(*HR_AND_INSPECTOR)
@blp.response(200, UnitTimelineView)
def show_unit_timeline(unit_id: UUID) -> UnitTimelineView:
    """What holds of a unit on which days, and all that was recorded of it."""
    return with_etag(read.show_unit_timeline(work(), principal(), unit_id))


@blp.route("/org-units/<uuid:unit_id>/records/<record_id>/withdrawal", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(UnitWithdrawalIn)
@blp.response(200, UnitTimelineView)
def withdraw_unit_record(body: dict[str, Any], unit_id: UUID, record_id: str) -> UnitTimelineView:
    """Withdraw a record: the timeline is then as if it had not been recorded."""
    command = WithdrawUnitRecord(unit_id, record_id, expected_version(), **body)
    return with_etag(withdraw_record.withdraw_unit_record(work(), principal(), command))


@blp.route("/org-units/<uuid:unit_id>/closure", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ClosureIn)
@blp.response(200, OrgUnitView)
def close_org_unit(body: dict[str, Any], unit_id: UUID) -> OrgUnitView:
    """Close a unit from a day on; refused while people or units stand in it then or later."""
    return with_etag(close.close_org_unit(work(), principal(), CloseOrgUnit(unit_id, expected_version(), **body)))


@blp.route("/org-units/<uuid:unit_id>/merger", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN_UNIT)
@idempotent
@problems(409, 412, 428)
@blp.arguments(MergerIn)
@blp.response(202, MergerView)
def merge_org_unit(body: dict[str, Any], unit_id: UUID) -> MergerView:
    """Merge a unit into another from a day on; a dry run counts people, units and what hinders it."""
    return merge.merge_org_unit(work(), principal(), MergeOrgUnit(unit_id, expected_version(), **body))
