"""Pulse surveys: written, opened, answered without a name, closed, published, read."""

from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_unnamed
from chassis.http import (
    ServiceBlueprint,
    expected_version,
    idempotent,
    not_idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Page
from wellbeing.domain.survey import ListSurveys, WriteSurvey
from wellbeing.domain.survey_views import ResultsView, SurveyView, TokenView
from wellbeing.http.access import EVERYBODY, ISSUED_ONCE, NO_CALLER, NO_IDENTITY, OFFICER, PREFIX, READERS, Relation
from wellbeing.http.surveys_schemas import AnswersIn, ResultsQuery, SurveyIn, SurveyOpenIn, SurveysQuery
from wellbeing.use_cases.surveys.answer import answer_survey
from wellbeing.use_cases.surveys.close import close_survey
from wellbeing.use_cases.surveys.create import create_survey
from wellbeing.use_cases.surveys.edit import edit_survey
from wellbeing.use_cases.surveys.issue_token import issue_survey_token
from wellbeing.use_cases.surveys.open import open_survey
from wellbeing.use_cases.surveys.publish import publish_survey
from wellbeing.use_cases.surveys.read import list_surveys, show_survey
from wellbeing.use_cases.surveys.read_results import show_survey_results

blp = ServiceBlueprint("surveys", url_prefix=PREFIX, description="Pulse surveys with anonymity by construction")


@blp.route("/surveys", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(SurveyIn)
@blp.response(201, SurveyView)
def post_survey(body: dict[str, Any]) -> SurveyView:
    """Write a survey as a draft."""
    return with_etag(create_survey(work(), principal(), WriteSurvey(**body)))


@blp.route("/surveys", methods=["GET"])
@allow(*READERS, relation="drafts: officer only")
@blp.arguments(SurveysQuery, location="query")
@blp.response(200, Page[SurveyView])
def get_surveys(query: dict[str, Any]) -> Page[SurveyView]:
    """List surveys, the newest first."""
    return list_surveys(work(), principal(), ListSurveys(**query))


@blp.route("/surveys/<uuid:survey_id>", methods=["GET"])
@allow(*READERS, relation="drafts: officer only")
@problems(404)
@blp.response(200, SurveyView)
def get_survey(survey_id: UUID) -> SurveyView:
    """Read a survey and its questions."""
    return with_etag(show_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409, 412, 428)
@blp.arguments(SurveyIn)
@blp.response(200, SurveyView)
def put_survey(body: dict[str, Any], survey_id: UUID) -> SurveyView:
    """Rewrite a draft; If-Match names the version that was read."""
    command, version = WriteSurvey(**body), expected_version()
    return with_etag(edit_survey(work(), principal(), survey_id, command, expected_version=version))


@blp.route("/surveys/<uuid:survey_id>/open", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(404, 409)
@blp.arguments(SurveyOpenIn)
@blp.response(200, SurveyView)
def post_open(body: dict[str, Any], survey_id: UUID) -> SurveyView:
    """Open a draft until the end of a day. Questions, groups and minimums are fixed from here on."""
    return with_etag(open_survey(work(), principal(), survey_id, **body))


@blp.route("/surveys/<uuid:survey_id>/close", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(404, 409)
@blp.response(200, SurveyView)
def post_close(survey_id: UUID) -> SurveyView:
    """Close an open survey before its day."""
    return with_etag(close_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>/publish", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(404, 409)
@blp.response(200, SurveyView)
def post_publish(survey_id: UUID) -> SurveyView:
    """Compute and freeze what may be shown, and erase the answers."""
    return with_etag(publish_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>/token", methods=["POST"])
@allow(*EVERYBODY, relation="an active employee whom the survey asks, once", unlogged=True)
@not_idempotent(reason=ISSUED_ONCE)
@problems(404, 409)
@blp.response(201, TokenView)
def post_token(survey_id: UUID) -> TokenView:
    """Take the one-time token. It is shown once and cannot be issued again, for nobody knows whose it was."""
    return issue_survey_token(work(), principal(), survey_id)


@blp.route("/answers", methods=["POST"])
@allow_unnamed(reason=NO_IDENTITY)
@not_idempotent(reason=NO_CALLER)
@problems(409)
@blp.arguments(AnswersIn)
@blp.response(204)
def post_answers(body: dict[str, Any]) -> None:
    """Answer a survey with a token. Send it without signing in: who sends it is neither read nor stored."""
    answer_survey(work(), **body)


@blp.route("/surveys/<uuid:survey_id>/results", methods=["GET"])
@allow(*READERS, relation=Relation.OWN_TREE)
@problems(404, 409)
@blp.arguments(ResultsQuery, location="query")
@blp.response(200, ResultsView)
def get_results(query: dict[str, Any], survey_id: UUID) -> ResultsView:
    """Read published results of one group and those below it. Hidden is null with a reason, never 0."""
    return show_survey_results(work(), principal(), survey_id, **query)
