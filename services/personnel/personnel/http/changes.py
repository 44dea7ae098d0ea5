"""Changes of people by HR that hold from no day."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from personnel.domain.employee import ChangeEmployee, ChangeIdentifier
from personnel.domain.employee_views import EmployeeView
from personnel.http.access import HR, PREFIX, Relation
from personnel.http.changes_schemas import EmployeePatch, IdentifierIn
from personnel.use_cases.employees import change as changing
from personnel.use_cases.employees import change_identifier as numbering

blp = ServiceBlueprint("changes", url_prefix=PREFIX, description="Changes of people")


@blp.route("/employees/<uuid:employee_id>", methods=["PATCH"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(EmployeePatch)
@blp.response(200, EmployeeView)
def change_employee(body: dict[str, Any], employee_id: UUID) -> EmployeeView:
    """Correct name, address or first day of service; what holds from a day is recorded by routes of its own."""
    command = ChangeEmployee(employee_id, expected_version(), **body)
    return with_etag(changing.change_employee(work(), principal(), command))


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
