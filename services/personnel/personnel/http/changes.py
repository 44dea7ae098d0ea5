"""Changes of people by HR."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from personnel.domain.employee import ChangeEmployee, ChangeIdentifier, ChangeView, CorrectSuperior, RecordAssignment
from personnel.domain.employee_views import EmployeeView
from personnel.http.access import HR, PREFIX, Relation
from personnel.http.changes_schemas import AssignmentIn, EmployeePatch, IdentifierIn, SuperiorIn
from personnel.use_cases.employees import change as changing
from personnel.use_cases.employees import change_identifier as numbering
from personnel.use_cases.employees import correct_superior as superiors
from personnel.use_cases.employees import record_assignment as assignments

blp = ServiceBlueprint("changes", url_prefix=PREFIX, description="Changes of people")


@blp.route("/employees/<uuid:employee_id>", methods=["PATCH"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(EmployeePatch)
@blp.response(200, EmployeeView)
def change_employee(body: dict[str, Any], employee_id: UUID) -> EmployeeView:
    """Correct name, address, employment type, status or grade."""
    command = ChangeEmployee(employee_id, expected_version(), **body)
    return with_etag(changing.change_employee(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/superior", methods=["PUT"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(SuperiorIn)
@blp.response(200, ChangeView)
def correct_superior(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Correct a superior; everybody downstream follows. A day to come takes effect by itself."""
    command = CorrectSuperior(employee_id, expected_version(), **body)
    return with_etag(superiors.correct_superior(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/assignments", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(412, 428)
@blp.arguments(AssignmentIn)
@blp.response(201, ChangeView)
def record_assignment(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a move to another unit or position: past, present or planned."""
    command = RecordAssignment(employee_id, expected_version(), **body)
    return with_etag(assignments.record_assignment(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/identifiers", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(IdentifierIn)
@blp.response(201, EmployeeView)
def change_identifier(body: dict[str, Any], employee_id: UUID) -> EmployeeView:
    """Assign a person a new NIP; the old one keeps leading to the same person."""
    command = ChangeIdentifier(employee_id, expected_version(), **body)
    return with_etag(numbering.change_identifier(work(), principal(), command))
