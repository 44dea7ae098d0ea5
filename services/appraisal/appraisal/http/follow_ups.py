"""Coaching, counselling and early warnings."""

from typing import Any
from uuid import UUID

from appraisal.domain.early_warnings import EarlyWarningsView
from appraisal.domain.follow_up import FollowUpRowView, FollowUpView, ListFollowUps
from appraisal.http.access import APPRAISERS, EVERYBODY, HR, PREFIX, Relation
from appraisal.http.follow_ups_schemas import (
    ActionDoneIn,
    ActionIn,
    AssigneeIn,
    CloseFollowUpIn,
    FollowUpsQuery,
    NoteIn,
)
from appraisal.use_cases.follow_ups.add_action import AddAction, add_action
from appraisal.use_cases.follow_ups.add_note import add_note
from appraisal.use_cases.follow_ups.assign import AssignFollowUp, assign_follow_up
from appraisal.use_cases.follow_ups.close import close_follow_up
from appraisal.use_cases.follow_ups.finish_action import finish_action
from appraisal.use_cases.follow_ups.read import list_follow_ups, show_follow_up
from appraisal.use_cases.overviews.early_warnings import list_early_warnings
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, with_etag, work
from chassis.http.etag import expected_version
from chassis.pagination import Page

blp = ServiceBlueprint("follow_ups", url_prefix=PREFIX, description="Coaching, counselling and early warnings")


@blp.route("/follow-ups", methods=["GET"])
@allow(*APPRAISERS, *HR, relation=Relation.CASE_PARTIES)
@blp.arguments(FollowUpsQuery, location="query")
@blp.response(200, Page[FollowUpRowView])
def get_follow_ups(query: dict[str, Any]) -> Page[FollowUpRowView]:
    """List cases, without their words."""
    return list_follow_ups(work(), principal(), ListFollowUps(**query))


@blp.route("/follow-ups/<uuid:follow_up_id>", methods=["GET"])
@allow(*APPRAISERS, *HR, relation=Relation.CASE_PARTIES)
@blp.response(200, FollowUpView)
def get_follow_up(follow_up_id: UUID) -> FollowUpView:
    """Read a case; its notes and actions only by the parties."""
    return with_etag(show_follow_up(work(), principal(), follow_up_id))


@blp.route("/follow-ups/<uuid:follow_up_id>/notes", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.CASE_PARTIES)
@idempotent
@problems(409)
@blp.arguments(NoteIn)
@blp.response(201, FollowUpView)
def post_note(body: dict[str, Any], follow_up_id: UUID) -> FollowUpView:
    """Add a note."""
    return with_etag(add_note(work(), principal(), follow_up_id, **body))


@blp.route("/follow-ups/<uuid:follow_up_id>/actions", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.CASE_PARTIES)
@idempotent
@problems(409)
@blp.arguments(ActionIn)
@blp.response(201, FollowUpView)
def post_action(body: dict[str, Any], follow_up_id: UUID) -> FollowUpView:
    """Agree on something to do."""
    return with_etag(add_action(work(), principal(), AddAction(follow_up_id, **body)))


@blp.route("/follow-ups/<uuid:follow_up_id>/actions/<uuid:action_id>/done", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.CASE_PARTIES)
@idempotent
@problems(409)
@blp.arguments(ActionDoneIn)
@blp.response(200, FollowUpView)
def post_action_done(body: dict[str, Any], follow_up_id: UUID, action_id: UUID) -> FollowUpView:
    """Record that an action is done."""
    return with_etag(finish_action(work(), principal(), follow_up_id, action_id=action_id, **body))


@blp.route("/follow-ups/<uuid:follow_up_id>/assignee", methods=["PUT"])
@allow(*HR, relation=Relation.DESIGNATORS)
@problems(409, 412, 428)
@blp.arguments(AssigneeIn)
@blp.response(200, FollowUpView)
def put_assignee(body: dict[str, Any], follow_up_id: UUID) -> FollowUpView:
    """Assign the counsellor, or another coach."""
    command = AssignFollowUp(follow_up_id, expected_version=expected_version(), **body)
    return with_etag(assign_follow_up(work(), principal(), command))


@blp.route("/follow-ups/<uuid:follow_up_id>/close", methods=["POST"])
@allow(*APPRAISERS, relation="the coach or counsellor of the case")
@idempotent
@problems(409, 412)
@blp.arguments(CloseFollowUpIn)
@blp.response(200, FollowUpView)
def post_close_follow_up(body: dict[str, Any], follow_up_id: UUID) -> FollowUpView:
    """Close a case with its outcome."""
    return with_etag(close_follow_up(work(), principal(), follow_up_id, **body))


@blp.route("/early-warnings", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; unit_leader: own unit and below; appraiser: own subordinates")
@blp.response(200, EarlyWarningsView)
def get_early_warnings() -> EarlyWarningsView:
    """Whose last periodic predicate was weak, and whose were weak in a row."""
    return list_early_warnings(work(), principal())
