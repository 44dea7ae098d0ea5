"""Coaching, counselling and early warnings."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import CASE_PARTIES, DESIGNATORS, EVERYBODY, HR, IF_MATCH, PERSON, PREFIX
from appraisal.http.answers import answer, page_answer, start_of
from appraisal.http.other_schemas import (
    ActionDoneIn,
    ActionIn,
    AssigneeIn,
    CloseFollowUpIn,
    EarlyWarnings,
    FollowUpArgs,
    FollowUpOut,
    FollowUpRow,
    NoteIn,
)
from appraisal.use_cases.add_follow_up_action import add_follow_up_action
from appraisal.use_cases.add_follow_up_note import add_follow_up_note
from appraisal.use_cases.assign_follow_up import assign_follow_up
from appraisal.use_cases.close_follow_up import close_follow_up
from appraisal.use_cases.finish_follow_up_action import finish_follow_up_action
from appraisal.use_cases.list_early_warnings import list_early_warnings
from appraisal.use_cases.list_follow_ups import list_follow_ups
from appraisal.use_cases.show_follow_up import show_follow_up
from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, page_of, principal, problems, work
from chassis.http.etag import expected_version

blp = ServiceBlueprint("follow_ups", url_prefix=PREFIX, description="Coaching, counselling and early warnings")


@blp.route("/follow-ups", methods=["GET"])
@allow("employee", "hr_officer", relation=CASE_PARTIES)
@blp.arguments(FollowUpArgs, location="query")
@blp.response(200, page_of(FollowUpRow))
def get_follow_ups(query: dict[str, Any]) -> Response:
    """List cases, without their words."""
    limit, after = query["limit"], start_of(query["cursor"])
    return page_answer(list_follow_ups(work(), principal(), query, after, limit + 1), limit)


@blp.route("/follow-ups/<uuid:follow_up_id>", methods=["GET"])
@allow("employee", "hr_officer", relation=CASE_PARTIES)
@blp.response(200, FollowUpOut)
def get_follow_up(follow_up_id: UUID) -> Response:
    """Read a case; its notes and actions only by the parties."""
    return _tagged(show_follow_up(work(), principal(), follow_up_id))


@blp.route("/follow-ups/<uuid:follow_up_id>/notes", methods=["POST"])
@allow(*PERSON, relation=CASE_PARTIES)
@problems(409)
@blp.arguments(NoteIn)
@blp.response(201, FollowUpOut)
def post_note(body: dict[str, Any], follow_up_id: UUID) -> Response:
    """Add a note."""
    return _tagged(add_follow_up_note(work(), principal(), follow_up_id, body["text"]), 201)


@blp.route("/follow-ups/<uuid:follow_up_id>/actions", methods=["POST"])
@allow(*PERSON, relation=CASE_PARTIES)
@problems(409)
@blp.arguments(ActionIn)
@blp.response(201, FollowUpOut)
def post_action(body: dict[str, Any], follow_up_id: UUID) -> Response:
    """Agree on something to do."""
    return _tagged(add_follow_up_action(work(), principal(), follow_up_id, body), 201)


@blp.route("/follow-ups/<uuid:follow_up_id>/actions/<uuid:action_id>/done", methods=["POST"])
@allow(*PERSON, relation=CASE_PARTIES)
@problems(409)
@blp.arguments(ActionDoneIn)
@blp.response(200, FollowUpOut)
def post_action_done(body: dict[str, Any], follow_up_id: UUID, action_id: UUID) -> Response:
    """Note that an action is done."""
    return _tagged(finish_follow_up_action(work(), principal(), follow_up_id, action_id, body))


@blp.route("/follow-ups/<uuid:follow_up_id>/assignee", methods=["PUT"])
@allow(*HR, relation=DESIGNATORS)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(AssigneeIn)
@blp.response(200, FollowUpOut)
def put_assignee(body: dict[str, Any], follow_up_id: UUID) -> Response:
    """Name the counsellor, or another coach."""
    return _tagged(assign_follow_up(work(), principal(), follow_up_id, body["assigned_to"], expected_version()))


@blp.route("/follow-ups/<uuid:follow_up_id>/close", methods=["POST"])
@allow(*PERSON, relation="the coach or counsellor of the case")
@problems(409, 412)
@blp.arguments(CloseFollowUpIn)
@blp.response(200, FollowUpOut)
def post_close_follow_up(body: dict[str, Any], follow_up_id: UUID) -> Response:
    """Close a case with its outcome."""
    return _tagged(close_follow_up(work(), principal(), follow_up_id, body["outcome"]))


@blp.route("/early-warnings", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; unit_leader: own unit and below; appraiser: own subordinates")
@blp.response(200, EarlyWarnings)
def get_early_warnings() -> Response:
    """Whose last periodic predicate was weak, and whose were weak in a row."""
    return answer(list_early_warnings(work(), principal()))


def _tagged(view: dict[str, Any], status: int = 200) -> Response:
    etag(view["version"])
    return answer(view, status)
