"""Changes of people by HR, and what employees ask to be changed."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from personnel.domain.views import CorrectionView, EmployeeView
from personnel.http.access import HR, IF_MATCH, NOT_OWN, PREFIX
from personnel.http.paging import one_page, read_position
from personnel.http.schemas import (
    AssignmentIn,
    ChangeOut,
    CorrectionIn,
    CorrectionOut,
    CorrectionQuery,
    EmployeeOut,
    EmployeePatch,
    IdentifierIn,
    ResolutionIn,
    SuperiorIn,
)
from personnel.use_cases import change_employee as changing
from personnel.use_cases import change_identifier as numbering
from personnel.use_cases import correct_superior as superiors
from personnel.use_cases import corrections
from personnel.use_cases import record_assignment as moving
from personnel.use_cases.plan_change import Change

blp = ServiceBlueprint("changes", url_prefix=PREFIX, description="Changes of people")


def _uuid(position: dict[str, Any]) -> UUID:
    return UUID(position["id"])


@blp.route("/employees/<uuid:employee_id>", methods=["PATCH"])
@allow(*HR, relation=NOT_OWN)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(EmployeePatch)
@blp.response(200, EmployeeOut)
def change_employee(body: dict[str, Any], employee_id: UUID) -> EmployeeView:
    """Correct name, address, employment type, status or grade."""
    reason, day = body.pop("reason"), body.pop("effective_from", None)
    command = changing.ChangeEmployee(employee_id, expected_version(), reason, day, body)
    view = changing.change_employee(work(), principal(), command)
    etag(view.version)
    return view


@blp.route("/employees/<uuid:employee_id>/superior", methods=["PUT"])
@allow(*HR, relation=NOT_OWN)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(SuperiorIn)
@blp.response(200, ChangeOut)
def correct_superior(body: dict[str, Any], employee_id: UUID) -> Change:
    """Correct a superior; everybody downstream follows. A day to come takes effect by itself."""
    command = superiors.CorrectSuperior(employee_id=employee_id, expected_version=expected_version(), **body)
    change = superiors.correct_superior(work(), principal(), command)
    etag(change.version)
    return change


@blp.route("/employees/<uuid:employee_id>/assignments", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(AssignmentIn)
@blp.response(201, ChangeOut)
def record_assignment(body: dict[str, Any], employee_id: UUID) -> Change:
    """Record a move to another unit or position: past, present or planned."""
    command = moving.RecordAssignment(employee_id=employee_id, expected_version=expected_version(), **body)
    change = moving.record_assignment(work(), principal(), command)
    etag(change.version)
    return change


@blp.route("/employees/<uuid:employee_id>/identifiers", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(IdentifierIn)
@blp.response(201, EmployeeOut)
def change_identifier(body: dict[str, Any], employee_id: UUID) -> EmployeeView:
    """Give a person a new NIP; the old one keeps leading to him."""
    command = numbering.ChangeIdentifier(employee_id=employee_id, expected_version=expected_version(), **body)
    view = numbering.change_identifier(work(), principal(), command)
    etag(view.version)
    return view


@blp.route("/employees/me/correction-requests", methods=["POST"])
@allow("employee", relation="own data")
@idempotent
@problems(404)
@blp.arguments(CorrectionIn)
@blp.response(201, CorrectionOut)
def request_correction(body: dict[str, Any]) -> CorrectionView:
    """Ask HR to correct what is wrong about oneself."""
    request = corrections.request_correction(work(), principal(), corrections.RequestCorrection(**body))
    etag(request.version)
    return request


@blp.route("/employees/me/correction-requests", methods=["GET"])
@allow("employee", relation="own requests")
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(CorrectionOut))
def list_own_corrections(args: dict[str, Any]) -> dict[str, Any]:
    """One's own requests and their answers."""
    return _corrections(args, own=True)


@blp.route("/correction-requests", methods=["GET"])
@allow(*HR)
@blp.arguments(CorrectionQuery, location="query")
@blp.response(200, page_of(CorrectionOut))
def list_corrections(args: dict[str, Any]) -> dict[str, Any]:
    """The agency's requests, oldest first."""
    return _corrections(args, own=False)


@blp.route("/correction-requests/<uuid:request_id>/resolution", methods=["PUT"])
@allow(*HR, relation=NOT_OWN)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(ResolutionIn)
@blp.response(200, CorrectionOut)
def resolve_correction(body: dict[str, Any], request_id: UUID) -> CorrectionView:
    """Answer a request; the correction itself is made by the call that fits it."""
    accept = body["outcome"] == "ACCEPTED"
    command = corrections.ResolveCorrection(request_id, expected_version(), accept, body["answer"])
    request = corrections.resolve_correction(work(), principal(), command)
    etag(request.version)
    return request


def _corrections(args: dict[str, Any], *, own: bool) -> dict[str, Any]:
    found = corrections.list_corrections(
        work(),
        principal(),
        own=own,
        status=args.get("status"),
        after=read_position(args, _uuid),
        limit=args["limit"] + 1,
    )
    return one_page(found, args["limit"], lambda one: {"id": str(one.id)})
