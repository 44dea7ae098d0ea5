"""Individual development plans (IDP)."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, page_of, principal, problems, work
from training.http.access import AGREERS, DRAFTERS, PERSON_ACTORS, PERSON_READERS, PREFIX
from training.http.competency_schemas import PlanArgs, PlanIn, PlanItemIn, PlanOut, ReadingIn
from training.http.fields import Note, Reason
from training.http.pages import before_id, one_page
from training.use_cases import decide_plan, draft_plan, edit_plan
from training.use_cases import keep_reading_list as reading

blp = ServiceBlueprint("plans", url_prefix=f"{PREFIX}/plans", description="Individual development plans")
ACTORS = ("employee", "hr_officer")


@blp.route("", methods=["GET"])
@allow("employee", "hr_officer", "inspector", relation=PERSON_READERS)
@problems(404)
@blp.arguments(PlanArgs, location="query")
@blp.response(200, page_of(PlanOut))
def get_plans(args: dict[str, Any]) -> Any:
    """Plans: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    rows = draft_plan.list_plans(
        work(),
        principal(),
        employee_id=args["employee_id"],
        team=args["team"],
        year=args["year"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("", methods=["POST"])
@allow(*ACTORS, relation=DRAFTERS)
@idempotent
@problems(404, 409)
@blp.arguments(PlanIn)
@blp.response(201, PlanOut)
def begin_plan(body: dict[str, Any]) -> Any:
    """Begin the plan of a year."""
    return draft_plan.draft_plan(work(), principal(), **body)


@blp.route("/<uuid:plan_id>", methods=["GET"])
@allow("employee", "hr_officer", "inspector", relation=PERSON_READERS)
@blp.response(200, PlanOut)
def get_plan(plan_id: UUID) -> Any:
    """A plan with its items and reading lists."""
    return draft_plan.show_plan(work(), principal(), plan_id)


@blp.route("/<uuid:plan_id>/items", methods=["POST"])
@allow(*ACTORS, relation=DRAFTERS)
@idempotent
@problems(409)
@blp.arguments(PlanItemIn)
@blp.response(201, PlanOut)
def add_plan_item(body: dict[str, Any], plan_id: UUID) -> Any:
    """Add a goal; with a course_code, kind and JP come from the course."""
    return edit_plan.add_item(work(), principal(), plan_id, body)


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>", methods=["PUT"])
@allow(*ACTORS, relation=DRAFTERS)
@problems(409)
@blp.arguments(PlanItemIn)
@blp.response(200, PlanOut)
def change_plan_item(body: dict[str, Any], plan_id: UUID, item_id: UUID) -> Any:
    """Change a goal of a draft."""
    return edit_plan.change_item(work(), principal(), plan_id, item_id, body)


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>", methods=["DELETE"])
@allow(*ACTORS, relation=DRAFTERS)
@problems(409)
@blp.response(200, PlanOut)
def remove_plan_item(plan_id: UUID, item_id: UUID) -> Any:
    """Take a goal out of a draft."""
    return edit_plan.remove_item(work(), principal(), plan_id, item_id)


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>/reading-list", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@blp.arguments(ReadingIn)
@blp.response(200, PlanOut)
def add_to_reading_list(body: dict[str, Any], plan_id: UUID, item_id: UUID) -> Any:
    """Tie a reference item to a goal, in any state of the plan."""
    return reading.add_reading(work(), principal(), plan_id, item_id, body["item_id"])


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>/reading-list/<uuid:reference_item_id>/read", methods=["POST"])
@allow("employee", relation="oneself")
@blp.response(200, PlanOut)
def mark_as_read(plan_id: UUID, item_id: UUID, reference_item_id: UUID) -> Any:
    """Note that an item of the reading list was read."""
    return reading.mark_read(work(), principal(), plan_id, item_id, reference_item_id)


@blp.route("/<uuid:plan_id>/submit", methods=["POST"])
@allow(*ACTORS, relation=DRAFTERS)
@problems(409)
@blp.response(200, PlanOut)
def submit_plan(plan_id: UUID) -> Any:
    """Hand the draft to the appraiser."""
    return decide_plan.submit_plan(work(), principal(), plan_id)


@blp.route("/<uuid:plan_id>/return", methods=["POST"])
@allow(*ACTORS, relation=AGREERS)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, PlanOut)
def return_plan(body: dict[str, Any], plan_id: UUID) -> Any:
    """Give it back with what should change."""
    return decide_plan.return_plan(work(), principal(), plan_id, body["reason"])


@blp.route("/<uuid:plan_id>/agree", methods=["POST"])
@allow(*ACTORS, relation=AGREERS)
@problems(409)
@blp.arguments(Note)
@blp.response(200, PlanOut)
def agree_plan(body: dict[str, Any], plan_id: UUID) -> Any:
    """Agree: its needs are planned from now on."""
    return decide_plan.agree_plan(work(), principal(), plan_id, body["note"])


@blp.route("/<uuid:plan_id>/revise", methods=["POST"])
@allow(*ACTORS, relation=DRAFTERS)
@idempotent
@problems(409)
@blp.response(201, PlanOut)
def revise_plan(plan_id: UUID) -> Any:
    """Begin the next revision of an agreed plan."""
    return draft_plan.revise_plan(work(), principal(), plan_id)
