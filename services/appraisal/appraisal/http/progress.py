"""The daily log of work, and feedback on it."""

from typing import Any
from uuid import UUID

from appraisal.domain.feedback import Feedback, GiveFeedback
from appraisal.domain.own_realisation import OwnRealisationsView, OwnRealisationView, StateRealisation
from appraisal.domain.progress import ListProgress, ProgressEntryView, RecordProgress
from appraisal.http.access import APPRAISERS, EVERYBODY, PERSON, PREFIX, Relation
from appraisal.http.progress_schemas import AnswerIn, FeedbackIn, ProgressIn, ProgressQuery, RealisationIn
from appraisal.http.versions import seen_version
from appraisal.use_cases.feedback.answer import answer_feedback
from appraisal.use_cases.feedback.give import give_feedback
from appraisal.use_cases.feedback.read import list_feedback
from appraisal.use_cases.progress.read import list_progress
from appraisal.use_cases.progress.record import record_progress
from appraisal.use_cases.realisations.read import list_realisations
from appraisal.use_cases.realisations.state import state_realisation
from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page

blp = ServiceBlueprint("progress", url_prefix=PREFIX, description="Daily progress and feedback")


@blp.route("/plans/<uuid:plan_id>/progress", methods=["POST"])
@allow(*PERSON, relation=Relation.OWNER)
@idempotent
@problems(409)
@blp.arguments(ProgressIn)
@blp.response(201, ProgressEntryView)
def post_progress(body: dict[str, Any], plan_id: UUID) -> ProgressEntryView:
    """Record a line of the daily log."""
    return record_progress(work(), principal(), RecordProgress(plan_id, **body))


@blp.route("/plans/<uuid:plan_id>/progress", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.LOG_READERS)
@blp.arguments(ProgressQuery, location="query")
@blp.response(200, Page[ProgressEntryView])
def get_progress(query: dict[str, Any], plan_id: UUID) -> Page[ProgressEntryView]:
    """The daily log, oldest first."""
    return list_progress(work(), principal(), ListProgress(plan_id, **query))


@blp.route("/plans/<uuid:plan_id>/realisations", methods=["PUT"])
@allow(*PERSON, relation=Relation.OWNER)
@problems(409, 412, 428)
@blp.arguments(RealisationIn)
@blp.response(200, OwnRealisationView)
def put_realisation(body: dict[str, Any], plan_id: UUID) -> OwnRealisationView:
    """State what was achieved of one's results in a period, until it is rated.

    Other words than those that stand need their version in If-Match.
    """
    command = StateRealisation(plan_id, **{**body, "items": tuple(body["items"])}, version=seen_version())
    return with_etag(state_realisation(work(), principal(), command))


@blp.route("/plans/<uuid:plan_id>/realisations", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.LOG_READERS)
@blp.response(200, OwnRealisationsView)
def get_realisations(plan_id: UUID) -> OwnRealisationsView:
    """What the employee states of each period; whoever rates sees it beside the log, in the evidence."""
    return list_realisations(work(), principal(), plan_id)


@blp.route("/plans/<uuid:plan_id>/feedback", methods=["POST"])
@allow(*APPRAISERS, relation="appraiser, peer (same unit or same appraiser) or subordinate of the plan's employee")
@idempotent
@problems(409)
@blp.arguments(FeedbackIn)
@blp.response(201, Feedback)
def post_feedback(body: dict[str, Any], plan_id: UUID) -> Feedback:
    """Give feedback on one result or one value."""
    return give_feedback(work(), principal(), GiveFeedback(plan_id, **body))


@blp.route("/plans/<uuid:plan_id>/feedback", methods=["GET"])
@allow(*EVERYBODY, relation=f"{Relation.LOG_READERS}; a giver sees their own")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[Feedback])
def get_feedback(query: dict[str, Any], plan_id: UUID) -> Page[Feedback]:
    """Feedback with its answers, oldest first."""
    return list_feedback(work(), principal(), plan_id, **query)


@blp.route("/feedback/<uuid:feedback_id>/answer", methods=["POST"])
@allow(*PERSON, relation="the employee the feedback is about")
@idempotent
@problems(409)
@blp.arguments(AnswerIn)
@blp.response(200, Feedback)
def post_feedback_answer(body: dict[str, Any], feedback_id: UUID) -> Feedback:
    """Answer a piece of feedback, once."""
    return answer_feedback(work(), principal(), feedback_id, **body)
