"""What goes into a month besides personnel and predicates: attendance, penalties, circumstances."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from incentive.http import month_schemas as shapes
from incentive.http.access import EVERYBODY, HR, NOT_OWN, OWN, PREFIX
from incentive.http.fields import PersonQuery, PersonYearQuery
from incentive.use_cases import impose_penalty as imposing
from incentive.use_cases import keep_circumstances as circumstances
from incentive.use_cases import list_penalties as penalties
from incentive.use_cases import record_attendance as recording
from incentive.use_cases import revoke_penalty as revoking
from incentive.use_cases import show_attendance as attendance

blp = ServiceBlueprint("months", url_prefix=PREFIX, description="Attendance, penalties, circumstances")


@blp.route("/attendance", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(shapes.AttendanceIn)
@blp.response(200, shapes.ReceivedOut)
def record_attendance(body: dict[str, Any]) -> dict[str, int]:
    """Record counts of a month by employee id; all or none."""
    items = [recording.CountItem(**item) for item in body["items"]]
    return recording.record_attendance(work(), principal(), recording.RecordAttendance(body["month"], items))


@blp.route("/attendance", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@problems(404)
@blp.arguments(PersonYearQuery, location="query")
@blp.response(200, shapes.CountsOut)
def show_attendance(args: dict[str, Any]) -> dict[str, Any]:
    """A person's counts of a year, with every revision."""
    return {"items": attendance.show_attendance(work(), principal(), args["employee_id"], args["year"])}


@blp.route("/discipline-penalties", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(404, 409)
@blp.arguments(shapes.PenaltyIn)
@blp.response(201, shapes.PenaltyOut)
def impose_penalty(body: dict[str, Any]) -> imposing.PenaltyView:
    """Enter a discipline penalty as its letter says."""
    return imposing.impose_penalty(work(), principal(), imposing.ImposePenalty(**body))


@blp.route("/discipline-penalties", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@problems(404)
@blp.arguments(PersonQuery, location="query")
@blp.response(200, shapes.PenaltiesOut)
def list_penalties(args: dict[str, Any]) -> dict[str, Any]:
    """A person's penalties."""
    return {"items": penalties.list_penalties(work(), principal(), args["employee_id"])}


@blp.route("/discipline-penalties/<uuid:penalty_id>/revoke", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(shapes.RevocationIn)
@blp.response(200, shapes.PenaltyOut)
def revoke_penalty(body: dict[str, Any], penalty_id: UUID) -> imposing.PenaltyView:
    """Revoke a penalty by a further letter."""
    return revoking.revoke_penalty(work(), principal(), penalty_id, body["letter_number"])


@blp.route("/circumstances", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(404, 409)
@blp.arguments(shapes.CircumstanceIn)
@blp.response(201, shapes.CircumstanceOut)
def enter_circumstance(body: dict[str, Any]) -> circumstances.CircumstanceView:
    """Enter MPP leave, BLU remuneration or study leave."""
    return circumstances.enter_circumstance(work(), principal(), circumstances.EnterCircumstance(**body))


@blp.route("/circumstances", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@problems(404)
@blp.arguments(PersonQuery, location="query")
@blp.response(200, shapes.CircumstancesOut)
def list_circumstances(args: dict[str, Any]) -> dict[str, Any]:
    """A person's circumstances."""
    return {"items": circumstances.list_circumstances(work(), principal(), args["employee_id"])}


@blp.route("/circumstances/<uuid:circumstance_id>/void", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.response(200, shapes.CircumstanceOut)
def void_circumstance(circumstance_id: UUID) -> circumstances.CircumstanceView:
    """Take an entry out of account."""
    return circumstances.void_circumstance(work(), principal(), circumstance_id)
