"""Evaluations: rated, issued, received, accepted, explained, and the dialogue on them."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.domain.dialogue import AddToDialogue, DialogueEntry, DialogueView
from appraisal.domain.evaluation_views import EvaluationView, ListEvaluations, RatingOutcomesView
from appraisal.domain.explanation import ExplanationView
from appraisal.domain.explanation_file import ExplanationFileView
from appraisal.domain.rating_evidence import RatingEvidenceView, ReadEvidence
from appraisal.domain.segment_rating import RatedSegmentView, RateSegment, SegmentWaitingView
from appraisal.http.access import (
    APPRAISERS,
    EVERYBODY,
    FORMER,
    HR,
    INSPECTORS,
    OWN_READERS,
    PERSON,
    PREFIX,
    Relation,
)
from appraisal.http.csv_rows import csv_response
from appraisal.http.evaluations_schemas import (
    AnnualBatchIn,
    AnnualIn,
    DialogueIn,
    EvaluationsQuery,
    EvidenceQuery,
    ExportQuery,
    FinishIn,
    OwnEvaluationsQuery,
    PeriodicBatchIn,
    PeriodicIn,
    SegmentRatingIn,
)
from appraisal.http.names import paper_names
from appraisal.http.versions import seen_version
from appraisal.use_cases.dialogues.add import add_to_dialogue
from appraisal.use_cases.dialogues.read import show_dialogue
from appraisal.use_cases.evaluations.accept import accept_evaluation
from appraisal.use_cases.evaluations.explain import explain_evaluation
from appraisal.use_cases.evaluations.export import ExportEvaluations, export_evaluations
from appraisal.use_cases.evaluations.export_explanation import export_explanation
from appraisal.use_cases.evaluations.finish import finish_evaluation
from appraisal.use_cases.evaluations.rate import RateEmployees, rate_employee, rate_employees
from appraisal.use_cases.evaluations.rate_segment import rate_segment
from appraisal.use_cases.evaluations.read import list_evaluations, list_own_evaluations, show_evaluation
from appraisal.use_cases.evaluations.read_evidence import read_evidence
from appraisal.use_cases.evaluations.receive import receive_evaluation
from appraisal.use_cases.overviews.segments_waiting import list_segments_waiting
from chassis.auth import allow
from chassis.http import (
    PageQuery,
    ServiceBlueprint,
    idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Page

blp = ServiceBlueprint("evaluations", url_prefix=PREFIX, description="Periodic and annual evaluations")


@blp.route("/evaluations/periodic", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.APPRAISER_OR_ORDER)
@idempotent
@problems(409, 412, 428)
@blp.arguments(PeriodicIn)
@blp.response(201, EvaluationView)
def post_periodic(command: RateEmployees) -> EvaluationView:
    """Rate a subordinate for a quarter or a month; the same again changes nothing.

    Another rating of a proposal needs its version in If-Match, and a reason.
    """
    return with_etag(rate_employee(work(), principal(), command.having_seen(seen_version())))


@blp.route("/evaluations/periodic/batch", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.APPRAISER_OR_ORDER)
@idempotent
@problems(409, 412)
@blp.arguments(PeriodicBatchIn)
@blp.response(200, RatingOutcomesView)
def post_periodic_batch(command: RateEmployees) -> RatingOutcomesView:
    """Rate many subordinates for a quarter or a month; the good items commit together, each has its own outcome.

    An item that changes a proposal has its `version` and a `reason`.
    """
    return rate_employees(work(), principal(), command)


@blp.route("/evaluations/annual", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.APPRAISER_OR_ORDER)
@idempotent
@problems(409, 412, 428)
@blp.arguments(AnnualIn)
@blp.response(201, EvaluationView)
def post_annual(command: RateEmployees) -> EvaluationView:
    """Rate a subordinate for the year and issue the document to them.

    Another rating of a proposal needs its version in If-Match, and a reason.
    """
    return with_etag(rate_employee(work(), principal(), command.having_seen(seen_version())))


@blp.route("/evaluations/annual/batch", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.APPRAISER_OR_ORDER)
@idempotent
@problems(409, 412)
@blp.arguments(AnnualBatchIn)
@blp.response(200, RatingOutcomesView)
def post_annual_batch(command: RateEmployees) -> RatingOutcomesView:
    """Rate many subordinates for the year and issue their documents."""
    return rate_employees(work(), principal(), command)


@blp.route("/evaluations/segments", methods=["POST"])
@allow(*APPRAISERS, *HR, relation="the appraiser of the days until a move; HR by an order with its number")
@idempotent
@problems(404, 409)
@blp.arguments(SegmentRatingIn)
@blp.response(201, RatedSegmentView)
def post_segment(body: dict[str, Any]) -> RatedSegmentView:
    """Rate the days of a period until a move; the appraiser of the period's end sees it and makes the result."""
    return rate_segment(work(), principal(), RateSegment(**body))


@blp.route("/evaluations/segments", methods=["GET"])
@allow(*APPRAISERS, *HR, relation="HR: all; else the days that one appraised")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[SegmentWaitingView])
def get_segments(query: dict[str, Any]) -> Page[SegmentWaitingView]:
    """Days until a move that wait for their rating, and until when; then HR is asked."""
    return list_segments_waiting(work(), principal(), **query)


@blp.route("/evaluations/evidence", methods=["GET"])
@allow(*APPRAISERS, *HR, relation=f"{Relation.APPRAISER}, of the period; the person; HR, who rates by an order")
@problems(404)
@blp.arguments(EvidenceQuery, location="query")
@blp.response(200, RatingEvidenceView)
def get_evidence(query: ReadEvidence) -> RatingEvidenceView:
    """What to weigh before rating: results and values with log and feedback of the period, and the person's history."""
    return read_evidence(work(), principal(), query)


@blp.route("/evaluations", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; else those one rates or reviews")
@blp.arguments(EvaluationsQuery, location="query")
@blp.response(200, Page[EvaluationView])
def get_evaluations(query: dict[str, Any]) -> Page[EvaluationView]:
    """List evaluations."""
    return list_evaluations(work(), principal(), ListEvaluations(**query))


@blp.route("/me/evaluations", methods=["GET"])
@allow(*OWN_READERS, relation="the caller's own")
@blp.arguments(OwnEvaluationsQuery, location="query")
@blp.response(200, Page[EvaluationView])
def get_own_evaluations(query: dict[str, Any]) -> Page[EvaluationView]:
    """One's own evaluations, once they have been finished."""
    return list_own_evaluations(work(), principal(), **query)


@blp.route("/exports/evaluations.csv", methods=["GET"])
@allow(*HR, *INSPECTORS, relation="HR; an inspector without names")
@blp.arguments(ExportQuery, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_export(command: ExportEvaluations) -> Response:
    """All evaluations of a year, or of one quarter or month, as CSV with the codes of the national system."""
    tables = export_evaluations(work(), principal(), paper_names(), command)
    return csv_response(tables, f"evaluasi-{command.period.year}")


@blp.route("/evaluations/<uuid:evaluation_id>", methods=["GET"])
@allow(*EVERYBODY, *FORMER, relation=Relation.EVALUATION_READERS)
@blp.response(200, EvaluationView)
def get_evaluation(evaluation_id: UUID) -> EvaluationView:
    """Read an evaluation."""
    return with_etag(show_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/explanation", methods=["GET"])
@allow(*EVERYBODY, *FORMER, relation=Relation.EVALUATION_READERS)
@blp.response(200, ExplanationView)
def get_explanation(evaluation_id: UUID) -> ExplanationView:
    """Why this predicate: inputs, matrix cell, rule with version and source, history, rights and deadlines."""
    return explain_evaluation(work(), principal(), evaluation_id)


@blp.route("/evaluations/<uuid:evaluation_id>/explanation/export", methods=["GET"])
@allow(*EVERYBODY, *FORMER, relation=Relation.EVALUATION_READERS)
@blp.response(200, ExplanationFileView)
def get_explanation_file(evaluation_id: UUID) -> tuple[ExplanationFileView, dict[str, str]]:
    """The explanation as a file, with the rules it names and a hash: `./suar explain verify` recomputes it offline."""
    name = f"penjelasan-evaluasi-{evaluation_id}.json"
    found = export_explanation(work(), principal(), evaluation_id)
    return found, {"Content-Disposition": f'attachment; filename="{name}"'}


@blp.route("/evaluations/<uuid:evaluation_id>/finish", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(FinishIn)
@blp.response(200, EvaluationView)
def post_finish(body: dict[str, Any], evaluation_id: UUID) -> EvaluationView:
    """Make a periodic proposal final, or issue an annual one; an extreme is reviewed before, where the rule says so."""
    return with_etag(finish_evaluation(work(), principal(), evaluation_id, **body))


@blp.route("/evaluations/<uuid:evaluation_id>/receive", methods=["POST"])
@allow(*PERSON, relation=Relation.EVALUATED)
@idempotent
@problems(409, 412)
@blp.response(200, EvaluationView)
def post_receive(evaluation_id: UUID) -> EvaluationView:
    """Confirm the receipt of the annual document; the objection window counts from here."""
    return with_etag(receive_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/accept", methods=["POST"])
@allow(*PERSON, relation=Relation.EVALUATED)
@idempotent
@problems(409, 412)
@blp.response(200, EvaluationView)
def post_accept(evaluation_id: UUID) -> EvaluationView:
    """Accept the annual evaluation; it is final."""
    return with_etag(accept_evaluation(work(), principal(), evaluation_id))


@blp.route("/evaluations/<uuid:evaluation_id>/dialogue", methods=["POST"])
@allow(*APPRAISERS, relation="the employee, and those who rate or decide")
@idempotent
@blp.arguments(DialogueIn)
@blp.response(201, DialogueEntry)
def post_dialogue(body: dict[str, Any], evaluation_id: UUID) -> DialogueEntry:
    """Ask for a dialogue, or answer; each entry stays on record. An answer with the agreed note ends the request."""
    return add_to_dialogue(work(), principal(), AddToDialogue(evaluation_id, **body))


@blp.route("/evaluations/<uuid:evaluation_id>/dialogue", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.EVALUATION_READERS)
@blp.response(200, DialogueView)
def get_dialogue(evaluation_id: UUID) -> DialogueView:
    """The recorded dialogue."""
    return show_dialogue(work(), principal(), evaluation_id)
