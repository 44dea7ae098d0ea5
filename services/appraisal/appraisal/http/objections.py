"""Objections to annual evaluations."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import DECIDER, DESIGNATORS, EVALUATED, EVERYBODY, HR, PERSON, PREFIX
from appraisal.http.answers import answer, page_answer, start_of
from appraisal.http.evaluation_schemas import (
    DeciderIn,
    DecisionIn,
    EvaluationOut,
    ObjectionIn,
    ObjectionListArgs,
    ObjectionOut,
)
from appraisal.use_cases.decide_objection import decide_objection
from appraisal.use_cases.designate_decider import designate_decider
from appraisal.use_cases.object_to_evaluation import object_to_evaluation
from appraisal.use_cases.show_objections import show_objection, show_objections
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, page_of, principal, problems, work

blp = ServiceBlueprint("objections", url_prefix=PREFIX, description="Objections and their decisions")


@blp.route("/evaluations/<uuid:evaluation_id>/objection", methods=["POST"])
@allow(*PERSON, relation=EVALUATED)
@idempotent
@problems(409, 412)
@blp.arguments(ObjectionIn)
@blp.response(201, ObjectionOut)
def post_objection(body: dict[str, Any], evaluation_id: UUID) -> Response:
    """Object within the window; late ones are refused with objection_too_late."""
    return answer(object_to_evaluation(work(), principal(), evaluation_id, body), 201)


@blp.route("/objections", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; else one's own and those one decides")
@blp.arguments(ObjectionListArgs, location="query")
@blp.response(200, page_of(ObjectionOut))
def get_objections(query: dict[str, Any]) -> Response:
    """Objections, the open ones unless asked otherwise."""
    limit, after = query["limit"], start_of(query["cursor"])
    found = show_objections(work(), principal(), only_open=query["open"], after=after, limit=limit + 1)
    return page_answer(found, limit)


@blp.route("/objections/<uuid:objection_id>", methods=["GET"])
@allow(*EVERYBODY, relation="employee, appraiser, decider, HR, inspector")
@blp.response(200, ObjectionOut)
def get_objection(objection_id: UUID) -> Response:
    """Read an objection."""
    return answer(show_objection(work(), principal(), objection_id))


@blp.route("/objections/<uuid:objection_id>/decision", methods=["POST"])
@allow(*PERSON, relation=DECIDER)
@problems(409, 412)
@blp.arguments(DecisionIn)
@blp.response(200, EvaluationOut)
def post_decision(body: dict[str, Any], objection_id: UUID) -> Response:
    """Keep or change the ratings, with reasons; the evaluation is final thereby."""
    return answer(decide_objection(work(), principal(), objection_id, body))


@blp.route("/objections/<uuid:objection_id>/decider", methods=["PUT"])
@allow(*HR, relation=DESIGNATORS)
@problems(409, 412)
@blp.arguments(DeciderIn)
@blp.response(200, ObjectionOut)
def put_decider(body: dict[str, Any], objection_id: UUID) -> Response:
    """Designate the official who decides, where there is no impartial reviewer."""
    return answer(designate_decider(work(), principal(), objection_id, body["decider_id"], body["reason"]))
