"""Evaluations: rated, issued, received, accepted, corrected, explained."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import APPRAISER, EVALUATED, EVALUATION_READERS, EVERYBODY, HR, PERSON, PREFIX
from appraisal.http.answers import answer, page_answer, start_of
from appraisal.http.evaluation_schemas import (
    AnnualBatchIn,
    AnnualIn,
    CorrectionIn,
    DialogueIn,
    DialogueList,
    DialogueOut,
    EvaluationListArgs,
    EvaluationOut,
    Explanation,
    OwnEvaluationArgs,
    PeriodicBatchIn,
    PeriodicIn,
    RatingOutcomes,
)
from appraisal.use_cases.accept_evaluation import accept_evaluation
from appraisal.use_cases.correct_evaluation import correct_evaluation
from appraisal.use_cases.explain_evaluation import explain_evaluation
from appraisal.use_cases.finish_evaluation import finish_evaluation
from appraisal.use_cases.rate_period import Period, rate_many, rate_one
from appraisal.use_cases.receive_evaluation import receive_evaluation
from appraisal.use_cases.show_evaluations import list_evaluations, list_own_evaluations, show_evaluation
from appraisal.use_cases.talk_about_evaluation import add_to_dialogue, show_dialogue
from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work

blp = ServiceBlueprint("evaluations", url_prefix=PREFIX, description="Periodic and annual evaluations")


@blp.route("/evaluations/periodic", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(PeriodicIn)
@blp.response(201, EvaluationOut)
def post_periodic(body: dict[str, Any]) -> Response:
    """Rate a subordinate for a quarter; the same again changes nothing."""
    return _tagged(rate_one(work(), principal(), Period(body["year"], body["quarter"], body["finish"]), body), 201)


@blp.route("/evaluations/periodic/batch", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(PeriodicBatchIn)
@blp.response(200, RatingOutcomes)
def post_periodic_batch(body: dict[str, Any]) -> Response:
    """Rate many subordinates for a quarter; the good items commit together, each has its own outcome."""
    period = Period(body["year"], body["quarter"], body["finish"])
    return answer(rate_many(work(), principal(), period, body["items"]))


@blp.route("/evaluations/annual", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(AnnualIn)
@blp.response(201, EvaluationOut)
def post_annual(body: dict[str, Any]) -> Response:
    """Rate a subordinate for the year and issue the document to them."""
    return _tagged(rate_one(work(), principal(), Period(body["year"], None, body["finish"]), body), 201)


@blp.route("/evaluations/annual/batch", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(AnnualBatchIn)
@blp.response(200, RatingOutcomes)
def post_annual_batch(body: dict[str, Any]) -> Response:
    """Rate many subordinates for the year and issue their documents."""
    return answer(rate_many(work(), principal(), Period(body["year"], None, body["finish"]), body["items"]))


@blp.route("/evaluations", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; else those one judges")
@blp.arguments(EvaluationListArgs, location="query")
@blp.response(200, page_of(EvaluationOut))
def get_evaluations(query: dict[str, Any]) -> Response:
    """List evaluations."""
    limit = query["limit"]
    return page_answer(list_evaluations(work(), principal(), query, start_of(query["cursor"]), limit + 1), limit)


@blp.route("/me/evaluations", methods=["GET"])
@allow(*PERSON, relation="the caller's own")
@blp.arguments(OwnEvaluationArgs, location="query")
@blp.response(200, page_of(EvaluationOut))
def get_own_evaluations(query: dict[str, Any]) -> Response:
    """One's own evaluations, once they have been finished."""
    limit = query["limit"]
    return page_answer(list_own_evaluations(work(), principal(), query, start_of(query["cursor"]), limit + 1), limit)


@blp.route("/evaluations/<uuid:evaluation_id>", methods=["GET"])
@allow(*EVERYBODY, relation=EVALUATION_READERS)
@blp.response(200, EvaluationOut)
def get_evaluation(evaluation_id: UUID) -> Response:
    """Read an evaluation."""
    return _tagged(show_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/explanation", methods=["GET"])
@allow(*EVERYBODY, relation=EVALUATION_READERS)
@blp.response(200, Explanation)
def get_explanation(evaluation_id: UUID) -> Response:
    """Why this predicate: inputs, matrix cell, rule with version and source, history, rights and deadlines."""
    return answer(explain_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/finish", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@problems(409, 412)
@blp.response(200, EvaluationOut)
def post_finish(evaluation_id: UUID) -> Response:
    """Make a periodic proposal final, or issue an annual one."""
    return _tagged(finish_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/receive", methods=["POST"])
@allow(*PERSON, relation=EVALUATED)
@problems(409, 412)
@blp.response(200, EvaluationOut)
def post_receive(evaluation_id: UUID) -> Response:
    """Confirm that one holds the annual document; the objection window counts from here."""
    return _tagged(receive_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/accept", methods=["POST"])
@allow(*PERSON, relation=EVALUATED)
@problems(409, 412)
@blp.response(200, EvaluationOut)
def post_accept(evaluation_id: UUID) -> Response:
    """Accept the annual evaluation; it is final."""
    return _tagged(accept_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/corrections", methods=["POST"])
@allow(*PERSON, *HR, relation="the reviewer, or HR by an order; never the employee or who rated")
@problems(409, 412)
@blp.arguments(CorrectionIn)
@blp.response(200, EvaluationOut)
def post_correction(body: dict[str, Any], evaluation_id: UUID) -> Response:
    """Give a final evaluation a new version by order."""
    return _tagged(correct_evaluation(work(), principal(), evaluation_id, body))


@blp.route("/evaluations/<uuid:evaluation_id>/dialogue", methods=["POST"])
@allow(*PERSON, relation="the employee, and those who judge or decide")
@blp.arguments(DialogueIn)
@blp.response(201, DialogueOut)
def post_dialogue(body: dict[str, Any], evaluation_id: UUID) -> Response:
    """Ask for a dialogue, or answer; each word stays on record."""
    return answer(add_to_dialogue(work(), principal(), evaluation_id, body["text"]), 201)


@blp.route("/evaluations/<uuid:evaluation_id>/dialogue", methods=["GET"])
@allow(*EVERYBODY, relation=EVALUATION_READERS)
@blp.response(200, DialogueList)
def get_dialogue(evaluation_id: UUID) -> Response:
    """The recorded dialogue."""
    return answer(show_dialogue(work(), principal(), evaluation_id))


def _tagged(view: dict[str, Any], status: int = 200) -> Response:
    etag(view["version"])
    return answer(view, status)
