"""Training needs."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from training.domain.need import ListNeeds, NeedDetailView, NeedState, NeedView, RequestNeed
from training.domain.suggestions import SuggestionsView
from training.http.access import PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.fields import MoveReasonIn
from training.http.needs_schemas import NeedIn, NeedsQuery
from training.use_cases.needs.close import close_need
from training.use_cases.needs.read import list_needs, show_need
from training.use_cases.needs.request import request_need
from training.use_cases.needs.suggest import suggest_for_need

blp = ServiceBlueprint("needs", url_prefix=f"{PREFIX}/needs", description="Training needs")


@blp.route("", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(NeedsQuery, location="query")
@blp.response(200, Page[NeedView])
def get_needs(query: dict[str, Any]) -> Page[NeedView]:
    """Needs: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    return list_needs(work(), principal(), ListNeeds(**query))


@blp.route("", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(404, 409)
@blp.arguments(NeedIn)
@blp.response(201, NeedView)
def post_need(body: dict[str, Any]) -> NeedView:
    """Ask for training on a competency."""
    return request_need(work(), principal(), RequestNeed(**body))


@blp.route("/<uuid:need_id>", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@blp.response(200, NeedDetailView)
def get_need(need_id: UUID) -> NeedDetailView:
    """One need: its causes, the gap, the legal source and its history."""
    return show_need(work(), principal(), need_id)


@blp.route("/<uuid:need_id>/suggestions", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@blp.response(200, SuggestionsView)
def get_suggestions(need_id: UUID) -> SuggestionsView:
    """Courses, sessions and reference items for a need, best first, each with its reasons."""
    return suggest_for_need(work(), principal(), need_id)


@blp.route("/<uuid:need_id>/meet", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.NEED_CLOSERS)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, NeedView)
def meet_need(body: dict[str, Any], need_id: UUID) -> NeedView:
    """Declare a need met, with the reason."""
    return close_need(work(), principal(), need_id, target=NeedState.MET, **body)


@blp.route("/<uuid:need_id>/cancel", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.NEED_CLOSERS)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, NeedView)
def cancel_need(body: dict[str, Any], need_id: UUID) -> NeedView:
    """Cancel a need, with the reason."""
    return close_need(work(), principal(), need_id, target=NeedState.CANCELLED, **body)
