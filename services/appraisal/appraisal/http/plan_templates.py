"""Templates that plans are drafted from."""

from typing import Any
from uuid import UUID

from appraisal.domain.plan_template import ListTemplates, OfferTemplate, PlanTemplateRowView, PlanTemplateView
from appraisal.http.access import HR, PERSON_OR_OFFICER, PREFIX
from appraisal.http.plan_templates_schemas import PlanTemplateIn, PlanTemplatesQuery
from appraisal.use_cases.plan_templates.edit import edit_template
from appraisal.use_cases.plan_templates.offer import offer_template
from appraisal.use_cases.plan_templates.read import list_plan_templates, show_plan_template
from appraisal.use_cases.plan_templates.withdraw import withdraw_template
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page

blp = ServiceBlueprint("plan_templates", url_prefix=f"{PREFIX}/plan-templates", description="Templates of plans (SKP)")


@blp.route("", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(PlanTemplateIn)
@blp.response(201, PlanTemplateView)
def post_template(command: OfferTemplate) -> PlanTemplateView:
    """Offer a template for some positions, or for every one; targets may be left to whoever drafts from it."""
    return with_etag(offer_template(work(), principal(), command))


@blp.route("", methods=["GET"])
@allow(*PERSON_OR_OFFICER)
@blp.arguments(PlanTemplatesQuery, location="query")
@blp.response(200, Page[PlanTemplateRowView])
def get_templates(query: dict[str, Any]) -> Page[PlanTemplateRowView]:
    """Templates that are offered, the newest first; `own_position=true`: those for the caller's own position."""
    own_position = query.pop("own_position")
    return list_plan_templates(work(), principal(), ListTemplates(**query), own_position=own_position)


@blp.route("/<uuid:template_id>", methods=["GET"])
@allow(*PERSON_OR_OFFICER)
@blp.response(200, PlanTemplateView)
def get_template(template_id: UUID) -> PlanTemplateView:
    """One template with its content."""
    return with_etag(show_plan_template(work(), principal(), template_id))


@blp.route("/<uuid:template_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(PlanTemplateIn)
@blp.response(200, PlanTemplateView)
def put_template(command: OfferTemplate, template_id: UUID) -> PlanTemplateView:
    """Replace a template; plans that were drafted from it stay as they are."""
    return with_etag(edit_template(work(), principal(), template_id, command, expected_version=expected_version()))


@blp.route("/<uuid:template_id>/withdraw", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409, 412, 428)
@blp.response(200, PlanTemplateView)
def post_template_withdrawal(template_id: UUID) -> PlanTemplateView:
    """Offer a template no longer."""
    return with_etag(withdraw_template(work(), principal(), template_id, expected_version=expected_version()))
