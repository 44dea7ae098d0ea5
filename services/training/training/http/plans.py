"""Individual development plans (IDP)."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from training.domain.plan import AddPlanItem, ChangePlanItem, PlanView
from training.http.access import PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.fields import MoveReasonIn, NoteIn
from training.http.plans_schemas import PlanIn, PlanItemIn, PlansQuery, ReadingIn
from training.use_cases.plans import agree, draft, edit, reading_list, return_to_employee, revise, submit
from training.use_cases.plans.read import ListPlans, list_plans, show_plan

blp = ServiceBlueprint("plans", url_prefix=f"{PREFIX}/plans", description="Individual development plans")


@blp.route("", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(PlansQuery, location="query")
@blp.response(200, Page[PlanView])
def get_plans(query: dict[str, Any]) -> Page[PlanView]:
    """Plans: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    return list_plans(work(), principal(), ListPlans(**query))


@blp.route("", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@idempotent
@problems(404, 409)
@blp.arguments(PlanIn)
@blp.response(201, PlanView)
def post_plan(body: dict[str, Any]) -> PlanView:
    """Begin the plan of a year."""
    return draft.draft_plan(work(), principal(), **body)


@blp.route("/<uuid:plan_id>", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@blp.response(200, PlanView)
def get_plan(plan_id: UUID) -> PlanView:
    """A plan with its items and reading lists."""
    return show_plan(work(), principal(), plan_id)


@blp.route("/<uuid:plan_id>/items", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@idempotent
@problems(409)
@blp.arguments(PlanItemIn)
@blp.response(201, PlanView)
def post_plan_item(body: dict[str, Any], plan_id: UUID) -> PlanView:
    """Add a goal; with a course_code, kind and JP come from the course."""
    return edit.add_plan_item(work(), principal(), AddPlanItem(plan_id=plan_id, **body))


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>", methods=["PUT"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@problems(409)
@blp.arguments(PlanItemIn)
@blp.response(200, PlanView)
def put_plan_item(body: dict[str, Any], plan_id: UUID, item_id: UUID) -> PlanView:
    """Change a goal of a draft."""
    return edit.change_plan_item(work(), principal(), ChangePlanItem(plan_id=plan_id, item_id=item_id, **body))


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>", methods=["DELETE"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@problems(409)
@blp.response(200, PlanView)
def delete_plan_item(plan_id: UUID, item_id: UUID) -> PlanView:
    """Remove a goal from a draft."""
    return edit.remove_plan_item(work(), principal(), plan_id=plan_id, item_id=item_id)


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>/reading-list", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@blp.arguments(ReadingIn)
@blp.response(200, PlanView)
def post_reading(body: dict[str, Any], plan_id: UUID, item_id: UUID) -> PlanView:
    """Add a reference item to a goal's reading list, in any state of the plan."""
    return reading_list.add_reading(work(), principal(), plan_id=plan_id, plan_item_id=item_id, **body)


@blp.route("/<uuid:plan_id>/items/<uuid:item_id>/reading-list/<uuid:reference_item_id>/read", methods=["POST"])
@allow("employee", relation="oneself")
@idempotent
@blp.response(200, PlanView)
def mark_as_read(plan_id: UUID, item_id: UUID, reference_item_id: UUID) -> PlanView:
    """Record that an item of the reading list was read."""
    return reading_list.mark_read(work(), principal(), plan_id=plan_id, plan_item_id=item_id, item_id=reference_item_id)


@blp.route("/<uuid:plan_id>/submit", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@idempotent
@problems(409)
@blp.response(200, PlanView)
def submit_plan(plan_id: UUID) -> PlanView:
    """Submit the draft to the appraiser."""
    return submit.submit_plan(work(), principal(), plan_id)


@blp.route("/<uuid:plan_id>/return", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.AGREERS)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, PlanView)
def return_plan(body: dict[str, Any], plan_id: UUID) -> PlanView:
    """Return it with what should change."""
    return return_to_employee.return_plan(work(), principal(), plan_id, note=body["reason"])


@blp.route("/<uuid:plan_id>/agree", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.AGREERS)
@idempotent
@problems(409)
@blp.arguments(NoteIn)
@blp.response(200, PlanView)
def agree_plan(body: dict[str, Any], plan_id: UUID) -> PlanView:
    """Agree: its needs are planned from now on."""
    return agree.agree_plan(work(), principal(), plan_id, **body)


@blp.route("/<uuid:plan_id>/revise", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@idempotent
@problems(409)
@blp.response(201, PlanView)
def revise_plan(plan_id: UUID) -> PlanView:
    """Begin the next revision of an agreed plan."""
    return revise.revise_plan(work(), principal(), plan_id)
