"""Training needs."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, page_of, principal, problems, work
from training.domain.needs import NeedState
from training.http.access import NEED_CLOSERS, PERSON_ACTORS, PERSON_READERS, PREFIX
from training.http.competency_schemas import NeedArgs, NeedDetail, NeedIn, NeedOut
from training.http.fields import Reason
from training.http.library_schemas import SuggestionsOut
from training.http.pages import before_id, one_page
from training.use_cases.close_need import close_need
from training.use_cases.list_needs import list_needs
from training.use_cases.request_need import request_need
from training.use_cases.show_need import show_need
from training.use_cases.suggest_for_need import suggest_for_need

blp = ServiceBlueprint("needs", url_prefix=f"{PREFIX}/needs", description="Training needs")
READERS = ("employee", "hr_officer", "inspector")
ACTORS = ("employee", "hr_officer")


@blp.route("", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@problems(404)
@blp.arguments(NeedArgs, location="query")
@blp.response(200, page_of(NeedOut))
def get_needs(args: dict[str, Any]) -> Any:
    """Needs: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    return one_page(list_needs(work(), principal(), args, before=before_id(args), limit=args["limit"]), args["limit"])


@blp.route("", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@idempotent
@problems(404, 409)
@blp.arguments(NeedIn)
@blp.response(201, NeedOut)
def ask_for_training(body: dict[str, Any]) -> Any:
    """Ask for training on a competency."""
    return request_need(work(), principal(), **body)


@blp.route("/<uuid:need_id>", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@blp.response(200, NeedDetail)
def get_need(need_id: UUID) -> Any:
    """One need: its causes, the gap, the legal source and its history."""
    return show_need(work(), principal(), need_id)


@blp.route("/<uuid:need_id>/suggestions", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@blp.response(200, SuggestionsOut)
def get_suggestions(need_id: UUID) -> Any:
    """Courses, sessions and reference items for a need, best first, each with its reasons."""
    return suggest_for_need(work(), principal(), need_id)


@blp.route("/<uuid:need_id>/meet", methods=["POST"])
@allow(*ACTORS, relation=NEED_CLOSERS)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, NeedOut)
def meet_need(body: dict[str, Any], need_id: UUID) -> Any:
    """Declare a need met, with the reason."""
    return close_need(work(), principal(), need_id, NeedState.MET, body["reason"])


@blp.route("/<uuid:need_id>/cancel", methods=["POST"])
@allow(*ACTORS, relation=NEED_CLOSERS)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, NeedOut)
def cancel_need(body: dict[str, Any], need_id: UUID) -> Any:
    """Drop a need, with the reason."""
    return close_need(work(), principal(), need_id, NeedState.CANCELLED, body["reason"])
