"""What HR records of people from a day on."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.record_views import DueRecordView, ListDue
from personnel.domain.recording import (
    ChangeView,
    PairOutcomesView,
    RecordAssignment,
    RecordEmploymentType,
    RecordGrade,
    RecordStatus,
    RecordSuperior,
    RecordSuperiors,
    SuperiorPair,
    WithdrawRecord,
)
from personnel.http.access import HR, PREFIX, Relation
from personnel.http.records_schemas import (
    AssignmentIn,
    DueQuery,
    EmploymentTypeIn,
    GradeIn,
    StatusIn,
    SuperiorIn,
    SuperiorsIn,
    WithdrawalIn,
)
from personnel.use_cases.records import list_due as due
from personnel.use_cases.records import record_assignment as assignments
from personnel.use_cases.records import record_employment_type as types
from personnel.use_cases.records import record_grade as grades
from personnel.use_cases.records import record_status as statuses
from personnel.use_cases.records import record_superior as superiors
from personnel.use_cases.records import record_superiors as many
from personnel.use_cases.records import withdraw

blp = ServiceBlueprint("records", url_prefix=PREFIX, description="What is recorded of people from a day on")


@blp.route("/employees/<uuid:employee_id>/superior", methods=["PUT"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(SuperiorIn)
@blp.response(200, ChangeView)
def record_superior(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a superior; everybody downstream follows. A day to come takes effect by itself."""
    command = RecordSuperior(employee_id=employee_id, expected_version=expected_version(), **body)
    return with_etag(superiors.record_superior(work(), principal(), command))


@blp.route("/superiors", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(SuperiorsIn)
@blp.response(200, PairOutcomesView)
def record_superiors(body: dict[str, Any]) -> PairOutcomesView:
    """Record the superiors of up to 500 people by one decision, in their order; each has an outcome of its own."""
    items = [SuperiorPair(**pair) for pair in body.pop("items")]
    return many.record_superiors(work(), principal(), RecordSuperiors(items=items, **body))


@blp.route("/employees/<uuid:employee_id>/assignments", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(AssignmentIn)
@blp.response(201, ChangeView)
def record_assignment(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a move to another unit or position: past, present or planned."""
    command = RecordAssignment(employee_id=employee_id, expected_version=expected_version(), **body)
    return with_etag(assignments.record_assignment(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/status", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(StatusIn)
@blp.response(201, ChangeView)
def record_status(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a leave, a suspension, a return, a retirement, a death: past, present or known ahead."""
    command = RecordStatus(employee_id=employee_id, expected_version=expected_version(), **body)
    return with_etag(statuses.record_status(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/employment-type", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(EmploymentTypeIn)
@blp.response(201, ChangeView)
def record_employment_type(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a type of employment, with the grade where another one comes with it."""
    command = RecordEmploymentType(employee_id=employee_id, expected_version=expected_version(), **body)
    return with_etag(types.record_employment_type(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/grade", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(GradeIn)
@blp.response(201, ChangeView)
def record_grade(body: dict[str, Any], employee_id: UUID) -> ChangeView:
    """Record a grade."""
    command = RecordGrade(employee_id=employee_id, expected_version=expected_version(), **body)
    return with_etag(grades.record_grade(work(), principal(), command))


@blp.route("/employees/<uuid:employee_id>/records/<record_id>/withdrawal", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(WithdrawalIn)
@blp.response(200, ChangeView)
def withdraw_record(body: dict[str, Any], employee_id: UUID, record_id: str) -> ChangeView:
    """Withdraw a record: the timeline is then as if it had not been recorded."""
    command = WithdrawRecord(employee_id, record_id, expected_version(), **body)
    return with_etag(withdraw.withdraw_record(work(), principal(), command))


@blp.route("/records/due", methods=["GET"])
@allow(*HR)
@blp.arguments(DueQuery, location="query")
@blp.response(200, Page[DueRecordView])
def list_due(query: dict[str, Any]) -> Page[DueRecordView]:
    """What is known of days to come, by day."""
    return due.list_due(work(), principal(), ListDue(**query))
