"""The daily log of work, and feedback on it."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import EVERYBODY, LOG_READERS, OWNER, PERSON, PREFIX
from appraisal.http.answers import answer, page_answer, start_of
from appraisal.http.plan_schemas import (
    FeedbackAnswerIn,
    FeedbackIn,
    FeedbackOut,
    ProgressLine,
    ProgressListArgs,
    ProgressOut,
)
from appraisal.use_cases.answer_feedback import answer_feedback
from appraisal.use_cases.give_feedback import give_feedback
from appraisal.use_cases.list_feedback import list_feedback
from appraisal.use_cases.list_progress import list_progress
from appraisal.use_cases.record_progress import record_progress
from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, idempotent, page_of, principal, problems, work

blp = ServiceBlueprint("progress", url_prefix=PREFIX, description="Daily progress and feedback")


@blp.route("/plans/<uuid:plan_id>/progress", methods=["POST"])
@allow(*PERSON, relation=OWNER)
@idempotent
@problems(409)
@blp.arguments(ProgressLine)
@blp.response(201, ProgressOut)
def post_progress(body: dict[str, Any], plan_id: UUID) -> Response:
    """Write a line of the daily log."""
    return answer(record_progress(work(), principal(), plan_id, body), 201)


@blp.route("/plans/<uuid:plan_id>/progress", methods=["GET"])
@allow(*EVERYBODY, relation=LOG_READERS)
@blp.arguments(ProgressListArgs, location="query")
@blp.response(200, page_of(ProgressOut))
def get_progress(query: dict[str, Any], plan_id: UUID) -> Response:
    """The daily log, oldest first."""
    limit, after = query["limit"], start_of(query["cursor"])
    return page_answer(list_progress(work(), principal(), plan_id, query, after, limit + 1), limit)


@blp.route("/plans/<uuid:plan_id>/feedback", methods=["POST"])
@allow(*PERSON, relation="appraiser, peer (same unit or same appraiser) or subordinate of the plan's employee")
@idempotent
@problems(409)
@blp.arguments(FeedbackIn)
@blp.response(201, FeedbackOut)
def post_feedback(body: dict[str, Any], plan_id: UUID) -> Response:
    """Give feedback on one result or one value."""
    return answer(give_feedback(work(), principal(), plan_id, body), 201)


@blp.route("/plans/<uuid:plan_id>/feedback", methods=["GET"])
@allow(*EVERYBODY, relation=f"{LOG_READERS}; a giver sees their own")
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(FeedbackOut))
def get_feedback(query: dict[str, Any], plan_id: UUID) -> Response:
    """Feedback with its answers, oldest first."""
    limit = query["limit"]
    return page_answer(list_feedback(work(), principal(), plan_id, start_of(query["cursor"]), limit + 1), limit)


@blp.route("/feedback/<uuid:feedback_id>/answer", methods=["POST"])
@allow(*PERSON, relation="the employee the feedback is about")
@problems(409)
@blp.arguments(FeedbackAnswerIn)
@blp.response(200, FeedbackOut)
def post_feedback_answer(body: dict[str, Any], feedback_id: UUID) -> Response:
    """Answer a piece of feedback, once."""
    return answer(answer_feedback(work(), principal(), feedback_id, body["answer"]))
