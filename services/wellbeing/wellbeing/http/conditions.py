"""Measurements and hazards of workplaces, and the tickets that come of them."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, page, page_of, principal, problems, work
from wellbeing.domain.environment import Measure
from wellbeing.use_cases.advance_ticket import Move
from wellbeing.use_cases.answer_condition import answer_condition
from wellbeing.use_cases.assign_condition import assign_condition
from wellbeing.use_cases.condition_view import ConditionView, MeasurementView
from wellbeing.use_cases.list_conditions import list_conditions
from wellbeing.use_cases.move_condition import move_condition
from wellbeing.use_cases.read_condition import read_condition
from wellbeing.use_cases.record_measurement import MeasurementDraft, record_measurement
from wellbeing.use_cases.report_hazard import HazardDraft, report_hazard

from .access import CONDITION_READERS, EVERYBODY, OFFICER, PLACE_READERS, PREFIX
from .cursors import after_position, of_position
from .ticket_schemas import (
    ConditionOut,
    HazardIn,
    MeasurementIn,
    MeasurementOut,
    MessageIn,
    MoveIn,
    OwnerIn,
    TicketListArgs,
)

blp = ServiceBlueprint("conditions", url_prefix=PREFIX, description="Working conditions: places, never persons")


@blp.route("/measurements", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(MeasurementIn)
@blp.response(201, MeasurementOut)
def post_measurement(body: dict[str, Any]) -> MeasurementView:
    """Enter a measured value. Out of range it opens a ticket; the answer holds the limits and their source."""
    draft = MeasurementDraft(**{**body, "measure": Measure(body["measure"])})
    return record_measurement(work(), principal(), draft)


@blp.route("/conditions", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(HazardIn)
@blp.response(201, ConditionOut)
def post_condition(body: dict[str, Any]) -> ConditionView:
    """Report a hazard in one's own name."""
    return report_hazard(work(), principal(), HazardDraft(**body))


@blp.route("/conditions", methods=["GET"])
@allow(*CONDITION_READERS, relation=PLACE_READERS)
@blp.arguments(TicketListArgs, location="query")
@blp.response(200, page_of(ConditionOut))
def get_conditions(query: dict[str, Any]) -> dict[str, Any]:
    """List tickets about places, the newest first; history and messages are in the single ticket."""
    views, last = list_conditions(
        work(), principal(), state=query["state"], after=after_position(query["cursor"]), limit=query["limit"]
    )
    return page(views, of_position(last))


@blp.route("/conditions/<uuid:ticket_id>", methods=["GET"])
@allow(*CONDITION_READERS, relation=PLACE_READERS)
@problems(404)
@blp.response(200, ConditionOut)
def get_condition(ticket_id: UUID) -> ConditionView:
    """Read a ticket with its history, measurements and messages."""
    return read_condition(work(), principal(), ticket_id)


@blp.route("/conditions/<uuid:ticket_id>/owner", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409)
@blp.arguments(OwnerIn)
@blp.response(200, ConditionOut)
def put_owner(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Give the ticket to the employee who will see to it."""
    return assign_condition(work(), principal(), ticket_id, body["owner_id"])


@blp.route("/conditions/<uuid:ticket_id>/moves", methods=["POST"])
@allow(*CONDITION_READERS, relation="officer, or the ticket's owner")
@problems(404, 409)
@blp.arguments(MoveIn)
@blp.response(200, ConditionOut)
def post_move(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Move the ticket on: TRIAGED with resolve_by, IN_PROGRESS, RESOLVED with a note, REFERRED with where to."""
    return move_condition(work(), principal(), ticket_id, Move(**body))


@blp.route("/conditions/<uuid:ticket_id>/messages", methods=["POST"])
@allow(*CONDITION_READERS, relation="officer, owner, or reporter")
@problems(404, 409)
@blp.arguments(MessageIn)
@blp.response(201, ConditionOut)
def post_message(body: dict[str, Any], ticket_id: UUID) -> ConditionView:
    """Write to the other side of the ticket."""
    return answer_condition(work(), principal(), ticket_id, body["text"])
