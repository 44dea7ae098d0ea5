"""Objections to annual evaluations."""

from typing import Any
from uuid import UUID

from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.examination import CallExamination, Examination, RecordMinutes
from appraisal.domain.objection import DecideObjection, FileObjection
from appraisal.domain.objection_views import ObjectionView
from appraisal.http.access import APPRAISERS, EVERYBODY, EXAMINERS, HR, PERSON, PREFIX, Relation
from appraisal.http.objections_schemas import (
    DeciderIn,
    DecisionIn,
    ExaminationIn,
    MinutesIn,
    ObjectionIn,
    ObjectionsQuery,
    RemarkIn,
    StatementIn,
    WithdrawalIn,
)
from appraisal.use_cases.objections.add_remark import add_remark
from appraisal.use_cases.objections.call_examination import call_examination
from appraisal.use_cases.objections.decide import decide_objection
from appraisal.use_cases.objections.designate_decider import designate_decider
from appraisal.use_cases.objections.file import file_objection
from appraisal.use_cases.objections.make_statement import make_statement
from appraisal.use_cases.objections.read import ListObjections, list_objections, show_objection
from appraisal.use_cases.objections.record_minutes import record_minutes
from appraisal.use_cases.objections.withdraw import withdraw_objection
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
@allow(*EVERYBODY, relation="HR, inspector: all; else one's own, and those one is to answer or decides")
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


@blp.route("/objections/<uuid:objection_id>/statement", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.ANSWERING)
@idempotent
@problems(409, 412)
@blp.arguments(StatementIn)
@blp.response(200, ObjectionView)
def post_statement(body: dict[str, Any], objection_id: UUID) -> ObjectionView:
    """Answer an objection as the appraiser, once; after the deadline it is taken until the decision, marked as late."""
    return make_statement(work(), principal(), objection_id, **body)


@blp.route("/objections/<uuid:objection_id>/withdraw", methods=["POST"])
@allow(*PERSON, relation=Relation.EVALUATED)
@idempotent
@problems(409, 412)
@blp.arguments(WithdrawalIn)
@blp.response(200, ObjectionView)
def post_objection_withdrawal(body: dict[str, Any], objection_id: UUID) -> ObjectionView:
    """Withdraw one's own objection before it is decided; the window to object ends when it would have ended anyway."""
    return withdraw_objection(work(), principal(), objection_id, **body)


@blp.route("/objections/<uuid:objection_id>/examinations", methods=["POST"])
@allow(*EXAMINERS, relation=Relation.EXAMINING)
@idempotent
@problems(409, 412)
@blp.arguments(ExaminationIn)
@blp.response(201, Examination)
def post_examination(body: dict[str, Any], objection_id: UUID) -> Examination:
    """Call the parties to an examination; each is notified."""
    return call_examination(work(), principal(), CallExamination(objection_id, **body))


@blp.route("/objections/<uuid:objection_id>/examinations/<uuid:examination_id>/minutes", methods=["POST"])
@allow(*EXAMINERS, relation=Relation.EXAMINING)
@idempotent
@problems(409, 412)
@blp.arguments(MinutesIn)
@blp.response(200, Examination)
def post_minutes(body: dict[str, Any], objection_id: UUID, examination_id: UUID) -> Examination:
    """Record who was there and what they answered, once it has begun."""
    return record_minutes(work(), principal(), RecordMinutes(objection_id, examination_id, **body))


@blp.route("/objections/<uuid:objection_id>/examinations/<uuid:examination_id>/remark", methods=["POST"])
@allow(*PERSON, relation=Relation.EVALUATED)
@idempotent
@problems(409, 412)
@blp.arguments(RemarkIn)
@blp.response(200, Examination)
def post_remark(body: dict[str, Any], objection_id: UUID, examination_id: UUID) -> Examination:
    """Add a remark to the minutes as the employee, once."""
    return add_remark(work(), principal(), objection_id, examination_id=examination_id, **body)


@blp.route("/objections/<uuid:objection_id>/decision", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.DECIDER)
@idempotent
@problems(409, 412)
@blp.arguments(DecisionIn)
@blp.response(200, EvaluationView)
def post_decision(body: dict[str, Any], objection_id: UUID) -> EvaluationView:
    """Keep or change the ratings, with reasons, once both sides were asked; the evaluation is final thereby."""
    return decide_objection(work(), principal(), DecideObjection(objection_id, **body))


@blp.route("/objections/<uuid:objection_id>/decider", methods=["PUT"])
@allow(*HR, relation=Relation.DESIGNATORS)
@problems(409, 412)
@blp.arguments(DeciderIn)
@blp.response(200, ObjectionView)
def put_decider(body: dict[str, Any], objection_id: UUID) -> ObjectionView:
    """Designate who decides, where there is no impartial reviewer: an employee above who rated, or one from outside."""
    return designate_decider(work(), principal(), objection_id, **body)
