"""Measurements and hazards of workplaces, and the tickets that they open."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from wellbeing.domain.measurement import MeasurementView, RecordMeasurement
from wellbeing.domain.ticket import ListTickets, MoveTicket, ReportHazard
from wellbeing.domain.ticket_views import ConditionView
from wellbeing.http.access import CONDITION_READERS, EVERYBODY, OFFICER, PREFIX, Relation
from wellbeing.http.conditions_schemas import HazardIn, MeasurementIn, MessageIn, MoveIn, OwnerIn, TicketsQuery
from wellbeing.use_cases.conditions.assign import assign_condition
from wellbeing.use_cases.conditions.move import move_condition
from wellbeing.use_cases.conditions.read import list_conditions, show_condition
from wellbeing.use_cases.conditions.record_measurement import record_measurement
from wellbeing.use_cases.conditions.report_hazard import report_hazard
from wellbeing.use_cases.conditions.write_message import write_condition_message

blp = ServiceBlueprint("conditions", url_prefix=PREFIX, description="Working conditions: places, never persons")


@blp.route("/measurements", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(MeasurementIn)
@blp.response(201, MeasurementView)
def post_measurement(body: dict[str, Any]) -> MeasurementView:
    """Enter a measured value. Out of range it opens a ticket; the answer holds the limits and their source."""
    return record_measurement(work(), principal(), RecordMeasurement(**body))


@blp.route("/conditions", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(HazardIn)
@blp.response(201, ConditionView)
def post_condition(body: dict[str, Any]) -> ConditionView:
    """Report a hazard in one's own name."""
    return report_hazard(work(), principal(), ReportHazard(**body))


@blp.route("/conditions", methods=["GET"])
@allow(*CONDITION_READERS, relation=Relation.PLACE_READERS)
@blp.arguments(TicketsQuery, location="query")
@blp.response(200, Page[ConditionView])
def get_conditions(query: dict[str, Any]) -> Page[ConditionView]:
    """List tickets about places, the newest first; history and messages are in the single ticket."""
    return list_conditions(work(), principal(), ListTickets(**query))


@blp.route("/conditions/<uuid:ticket_id>", methods=["GET"])
@allow(*CONDITION_READERS, relation=Relation.PLACE_READERS)
@problems(404)
@blp.response(200, ConditionView)
def get_condition(ticket_id: UUID) -> ConditionView:
    """Read a ticket with its history, measurements and messages."""
    return show_condition(work(), principal(), ticket_id)


@blp.route("/conditions/<uuid:ticket_id>/owner", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409)
@blp.arguments(OwnerIn)
@blp.response(200, ConditionView)
def put_owner(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Assign the ticket to the employee who will see to it."""
    return assign_condition(work(), principal(), ticket_id, **body)


@blp.route("/conditions/<uuid:ticket_id>/moves", methods=["POST"])
@allow(*CONDITION_READERS, relation="officer, or the ticket's owner")
@idempotent
@problems(404, 409)
@blp.arguments(MoveIn)
@blp.response(200, ConditionView)
def post_move(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Move the ticket on: TRIAGED with resolve_by, IN_PROGRESS, RESOLVED with a note, REFERRED with where to."""
    return move_condition(work(), principal(), MoveTicket(ticket_id, **body))


@blp.route("/conditions/<uuid:ticket_id>/messages", methods=["POST"])
@allow(*CONDITION_READERS, relation="officer, owner, or reporter")
@idempotent
@problems(404, 409)
@blp.arguments(MessageIn)
@blp.response(201, ConditionView)
def post_message(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Write to the other side of the ticket."""
    return write_condition_message(work(), principal(), ticket_id, **body)
