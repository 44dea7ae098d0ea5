"""Objections to annual evaluations."""

from typing import Any
from uuid import UUID

from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.objection import DecideObjection, FileObjection, ObjectionView
from appraisal.http.access import APPRAISERS, EVERYBODY, HR, PERSON, PREFIX, Relation
from appraisal.http.objections_schemas import DeciderIn, DecisionIn, ObjectionIn, ObjectionsQuery
from appraisal.use_cases.objections.decide import decide_objection
from appraisal.use_cases.objections.designate_decider import designate_decider
from appraisal.use_cases.objections.file import file_objection
from appraisal.use_cases.objections.read import ListObjections, list_objections, show_objection
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page

blp = ServiceBlueprint("objections", url_prefix=PREFIX, description="Objections and their decisions")


@blp.route("/evaluations/<uuid:evaluation_id>/objection", methods=["POST"])
@allow(*PERSON, relation=Relation.EVALUATED)
@idempotent
@problems(409, 412)
@blp.arguments(ObjectionIn)
@blp.response(201, ObjectionView)
def post_objection(body: dict[str, Any], evaluation_id: UUID) -> ObjectionView:
    """Object within the window; late ones are refused with objection_too_late."""
    return file_objection(work(), principal(), FileObjection(evaluation_id, **body))


@blp.route("/objections", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; else one's own and those one decides")
@blp.arguments(ObjectionsQuery, location="query")
@blp.response(200, Page[ObjectionView])
def get_objections(query: dict[str, Any]) -> Page[ObjectionView]:
    """Objections, the open ones unless asked otherwise."""
    return list_objections(work(), principal(), ListObjections(**query))


@blp.route("/objections/<uuid:objection_id>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.OBJECTION_READERS)
@blp.response(200, ObjectionView)
def get_objection(objection_id: UUID) -> ObjectionView:
    """Read an objection."""
    return show_objection(work(), principal(), objection_id)


@blp.route("/objections/<uuid:objection_id>/decision", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.DECIDER)
@idempotent
@problems(409, 412)
@blp.arguments(DecisionIn)
@blp.response(200, EvaluationView)
def post_decision(body: dict[str, Any], objection_id: UUID) -> EvaluationView:
    """Keep or change the ratings, with reasons; the evaluation is final thereby."""
    return decide_objection(work(), principal(), DecideObjection(objection_id, **body))


@blp.route("/objections/<uuid:objection_id>/decider", methods=["PUT"])
@allow(*HR, relation=Relation.DESIGNATORS)
@problems(409, 412)
@blp.arguments(DeciderIn)
@blp.response(200, ObjectionView)
def put_decider(body: dict[str, Any], objection_id: UUID) -> ObjectionView:
    """Designate the official who decides, where there is no impartial reviewer."""
    return designate_decider(work(), principal(), objection_id, **body)
