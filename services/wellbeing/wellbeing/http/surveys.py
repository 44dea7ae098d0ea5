"""Pulse surveys: written, opened, answered without a name, closed, published, read."""

from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_public
from chassis.http import ServiceBlueprint, etag, page, page_of, principal, problems, require_match, work
from wellbeing.domain.surveys import Answer
from wellbeing.use_cases.answer_survey import answer_survey
from wellbeing.use_cases.close_survey import close_survey
from wellbeing.use_cases.create_survey import SurveyDraft, create_survey
from wellbeing.use_cases.edit_survey import edit_survey
from wellbeing.use_cases.give_survey_token import TokenView, give_survey_token
from wellbeing.use_cases.list_surveys import list_surveys
from wellbeing.use_cases.open_survey import open_survey
from wellbeing.use_cases.publish_survey import publish_survey
from wellbeing.use_cases.read_survey import SurveyView, read_survey
from wellbeing.use_cases.read_survey_results import ResultsView, read_survey_results

from .access import EVERYBODY, NO_IDENTITY, OFFICER, OWN_TREE, PREFIX, READERS
from .cursors import after_id, of_id
from .survey_schemas import (
    AnswersIn,
    ResultArgs,
    ResultsOut,
    SurveyIn,
    SurveyListArgs,
    SurveyOpenIn,
    SurveyOut,
    TokenOut,
)

blp = ServiceBlueprint("surveys", url_prefix=PREFIX, description="Pulse surveys with anonymity by construction")


@blp.route("/surveys", methods=["POST"])
@allow(*OFFICER)
@blp.arguments(SurveyIn)
@blp.response(201, SurveyOut)
def post_survey(body: dict[str, Any]) -> SurveyView:
    """Write a survey as a draft."""
    return _tagged(create_survey(work(), principal(), _draft(body)))


@blp.route("/surveys", methods=["GET"])
@allow(*READERS, relation="drafts: officer only")
@blp.arguments(SurveyListArgs, location="query")
@blp.response(200, page_of(SurveyOut))
def get_surveys(query: dict[str, Any]) -> dict[str, Any]:
    """List surveys, the newest first."""
    views, last = list_surveys(
        work(), principal(), state=query["state"], after=after_id(query["cursor"]), limit=query["limit"]
    )
    return page(views, of_id(last))


@blp.route("/surveys/<uuid:survey_id>", methods=["GET"])
@allow(*READERS, relation="drafts: officer only")
@problems(404)
@blp.response(200, SurveyOut)
def get_survey(survey_id: UUID) -> SurveyView:
    """Read a survey and its questions."""
    return _tagged(read_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409, 412, 428)
@blp.arguments(SurveyIn)
@blp.response(200, SurveyOut)
def put_survey(body: dict[str, Any], survey_id: UUID) -> SurveyView:
    """Rewrite a draft; If-Match names the version that was read."""
    return _tagged(edit_survey(work(), principal(), survey_id, _draft(body), require_match))


@blp.route("/surveys/<uuid:survey_id>/open", methods=["POST"])
@allow(*OFFICER)
@problems(404, 409)
@blp.arguments(SurveyOpenIn)
@blp.response(200, SurveyOut)
def post_open(body: dict[str, Any], survey_id: UUID) -> SurveyView:
    """Open a draft until the end of a day. Questions, groups and minimums are fixed from here on."""
    return _tagged(open_survey(work(), principal(), survey_id, body["closes_on"]))


@blp.route("/surveys/<uuid:survey_id>/close", methods=["POST"])
@allow(*OFFICER)
@problems(404, 409)
@blp.response(200, SurveyOut)
def post_close(survey_id: UUID) -> SurveyView:
    """Close an open survey before its day."""
    return _tagged(close_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>/publish", methods=["POST"])
@allow(*OFFICER)
@problems(404, 409)
@blp.response(200, SurveyOut)
def post_publish(survey_id: UUID) -> SurveyView:
    """Compute and freeze what may be shown, and erase the answers."""
    return _tagged(publish_survey(work(), principal(), survey_id))


@blp.route("/surveys/<uuid:survey_id>/token", methods=["POST"])
@allow(*EVERYBODY, relation="an active employee whom the survey asks, once")
@problems(404, 409)
@blp.response(201, TokenOut)
def post_token(survey_id: UUID) -> TokenView:
    """Take the one-time token. It is shown once and cannot be given again, for nobody knows whose it was."""
    return give_survey_token(work(), principal(), survey_id)


@blp.route("/answers", methods=["POST"])
@allow_public(reason=NO_IDENTITY)
@problems(409)
@blp.arguments(AnswersIn)
@blp.response(204)
def post_answers(body: dict[str, Any]) -> None:
    """Answer a survey with a token. Send it without signing in: who sends it is not read and not kept."""
    answer_survey(work(), body["token"], [Answer(**answer) for answer in body["answers"]])


@blp.route("/surveys/<uuid:survey_id>/results", methods=["GET"])
@allow(*READERS, relation=OWN_TREE)
@problems(404, 409)
@blp.arguments(ResultArgs, location="query")
@blp.response(200, ResultsOut)
def get_results(query: dict[str, Any], survey_id: UUID) -> ResultsView:
    """Read published results of one group and those below it. Hidden is null with a reason, never 0."""
    return read_survey_results(work(), principal(), survey_id, query["unit_id"])


def _draft(body: dict[str, Any]) -> SurveyDraft:
    asked = [(question["kind"], question["text"]) for question in body["questions"]]
    return SurveyDraft(body["title"], body["introduction"], body["unit_ids"], asked)


def _tagged(view: SurveyView) -> SurveyView:
    etag(view.version)
    return view
