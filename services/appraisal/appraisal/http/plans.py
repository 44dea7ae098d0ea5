"""Plans: drafted, submitted, agreed, revised."""

from typing import Any
from uuid import UUID

from appraisal.domain.orphan import OrphanView
from appraisal.domain.plan import ListPlans
from appraisal.domain.plan_content import ContentDraft
from appraisal.domain.plan_views import (
    DraftOutcomesView,
    PlanHeadView,
    PlanMovesView,
    PlanOutcomesView,
    PlanRowView,
    PlanSavedView,
    PlanVersionView,
    PlanView,
    SuperiorResultsView,
)
from appraisal.domain.role_results import RoleResultsView
from appraisal.http.access import APPRAISERS, EVERYBODY, HR, OVERSIGHT, OWN_READERS, PERSON, PREFIX, Relation
from appraisal.http.plan_templates_schemas import PlanDraftsIn
from appraisal.http.plans_schemas import (
    LinksIn,
    PlanContentIn,
    PlanCopyIn,
    PlanIn,
    PlanReasonIn,
    PlansAsReadIn,
    PlansQuery,
    YearQuery,
)
from appraisal.use_cases.overviews.orphans import list_orphans
from appraisal.use_cases.overviews.role_results import show_role_results
from appraisal.use_cases.plans.activate import activate_plan, activate_plans
from appraisal.use_cases.plans.close import close_plan
from appraisal.use_cases.plans.copy import CopyPlan, copy_plan
from appraisal.use_cases.plans.create import CreatePlan, create_plan
from appraisal.use_cases.plans.draft_many import DraftPlans, draft_plans
from appraisal.use_cases.plans.edit import EditPlan, edit_plan
from appraisal.use_cases.plans.link_results import link_results
from appraisal.use_cases.plans.read import (
    list_plans,
    list_superior_results,
    show_own_plan,
    show_plan,
    show_plan_history,
    show_plan_version,
)
from appraisal.use_cases.plans.return_to_employee import return_plan
from appraisal.use_cases.plans.revise import revise_plan
from appraisal.use_cases.plans.submit import submit_plan
from appraisal.use_cases.plans.withdraw import withdraw_plan
from chassis.auth import allow
from chassis.http import (
    PageQuery,
    ServiceBlueprint,
    expected_version,
    expected_version_if_sent,
    idempotent,
    principal,
    problems,
    read_version,
    with_etag,
    work,
)
from chassis.pagination import Page

blp = ServiceBlueprint("plans", url_prefix=PREFIX, description="Yearly performance plans (SKP)")


@blp.route("/plans", methods=["POST"])
@allow(*PERSON, *HR, relation=Relation.OWNER_OR_HR)
@idempotent
@problems(409)
@blp.arguments(PlanIn)
@blp.response(201, PlanSavedView)
def post_plan(body: dict[str, Any]) -> PlanSavedView:
    """Draft a yearly plan with all its results; the superior's plan may still be missing."""
    return with_etag(create_plan(work(), principal(), CreatePlan(**body)))


@blp.route("/plans/copies", methods=["POST"])
@allow(*PERSON, *HR, relation=Relation.OWNER_OR_HR)
@idempotent
@problems(404, 409)
@blp.arguments(PlanCopyIn)
@blp.response(201, PlanSavedView)
def post_copy(body: dict[str, Any]) -> PlanSavedView:
    """Draft a plan as in an earlier year; links, and targets of time that name another year, are left open."""
    return with_etag(copy_plan(work(), principal(), CopyPlan(**body)))


@blp.route("/plans/drafts", methods=["POST"])
@allow(*APPRAISERS, *HR, relation=Relation.DRAFTER)
@idempotent
@problems(404, 409)
@blp.arguments(PlanDraftsIn)
@blp.response(200, DraftOutcomesView)
def post_drafts(command: DraftPlans) -> DraftOutcomesView:
    """Draft the plans of up to 200 people from a template, or from an agreed plan; each has its own outcome.

    Links are made on each plan; targets of time that name another year are left open. Everybody submits their own.
    """
    return draft_plans(work(), principal(), command)


@blp.route("/plans", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; unit_leader: own unit and below; else own subordinates")
@blp.arguments(PlansQuery, location="query")
@blp.response(200, Page[PlanRowView])
def get_plans(query: dict[str, Any]) -> Page[PlanRowView]:
    """List plans, without their content."""
    return list_plans(work(), principal(), ListPlans(**query))


@blp.route("/plans/activate-batch", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@blp.arguments(PlansAsReadIn)
@blp.response(200, PlanOutcomesView)
def post_activate_batch(body: dict[str, Any]) -> PlanOutcomesView:
    """Agree many submitted plans of one's subordinates, each in the version read; each has its own outcome."""
    return activate_plans(work(), principal(), **body)


@blp.route("/plans/<uuid:plan_id>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.PLAN_READERS)
@blp.response(200, PlanView)
def get_plan(plan_id: UUID) -> PlanView:
    """Read a plan with the guides of the seven values: what is in force, and the draft for who edits or agrees it."""
    return with_etag(show_plan(work(), principal(), plan_id))


@blp.route("/plans/<uuid:plan_id>", methods=["PUT"])
@allow(*PERSON, *HR, relation=Relation.OWNER_OR_HR)
@problems(409, 412, 428)
@blp.arguments(PlanContentIn)
@blp.response(200, PlanSavedView)
def put_plan(content: ContentDraft, plan_id: UUID) -> PlanSavedView:
    """Replace the content of a plan that is a draft, returned or under revision."""
    return with_etag(edit_plan(work(), principal(), EditPlan(plan_id, content, expected_version())))


@blp.route("/plans/<uuid:plan_id>/submit", methods=["POST"])
@allow(*PERSON, relation=Relation.OWNER)
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.response(200, PlanHeadView)
def post_submit(plan_id: UUID) -> PlanHeadView:
    """Submit the plan to the appraiser."""
    return with_etag(submit_plan(work(), principal(), plan_id, expected_version=expected_version_if_sent()))


@blp.route("/plans/<uuid:plan_id>/return", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHeadView)
def post_return(body: dict[str, Any], plan_id: UUID) -> PlanHeadView:
    """Return a submitted plan with a reason."""
    version = expected_version_if_sent()
    return with_etag(return_plan(work(), principal(), plan_id, **body, expected_version=version))


@blp.route("/plans/<uuid:plan_id>/activate", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@problems(409, 412, 428)
@blp.response(200, PlanHeadView)
def post_activate(plan_id: UUID) -> PlanHeadView:
    """Agree a submitted plan as it was read: If-Match names that version, and never `*`. It is then in force."""
    return with_etag(activate_plan(work(), principal(), plan_id, version=read_version()))


@blp.route("/plans/<uuid:plan_id>/revise", methods=["POST"])
@allow(*APPRAISERS, relation="the plan's employee or appraiser")
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHeadView)
def post_revise(body: dict[str, Any], plan_id: UUID) -> PlanHeadView:
    """Open an active plan for change; the agreed version stays in force meanwhile."""
    version = expected_version_if_sent()
    return with_etag(revise_plan(work(), principal(), plan_id, **body, expected_version=version))


@blp.route("/plans/<uuid:plan_id>/withdraw", methods=["POST"])
@allow(*APPRAISERS, relation="the plan's employee; of a revision that is not submitted, also the appraiser")
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHeadView)
def post_withdraw(body: dict[str, Any], plan_id: UUID) -> PlanHeadView:
    """Take back a submitted plan, or drop a revision; the version in force goes on."""
    version = expected_version_if_sent()
    return with_etag(withdraw_plan(work(), principal(), plan_id, **body, expected_version=version))


@blp.route("/plans/<uuid:plan_id>/close", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHeadView)
def post_close(body: dict[str, Any], plan_id: UUID) -> PlanHeadView:
    """Close a plan within its year, as on a move to another post; the employee may then draft a new one."""
    version = expected_version_if_sent()
    return with_etag(close_plan(work(), principal(), plan_id, **body, expected_version=version))


@blp.route("/plans/<uuid:plan_id>/links", methods=["POST"])
@allow(*APPRAISERS, relation="the plan's employee or appraiser")
@idempotent
@problems(409, 412, optional_if_match=True)
@blp.arguments(LinksIn)
@blp.response(200, PlanSavedView)
def post_links(body: dict[str, Any], plan_id: UUID) -> PlanSavedView:
    """Link results to the superior's, now that the superior has submitted a plan; no version changes by it."""
    version = expected_version_if_sent()
    return with_etag(link_results(work(), principal(), plan_id, **body, expected_version=version))


@blp.route("/plans/<uuid:plan_id>/history", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.PLAN_READERS)
@blp.response(200, PlanMovesView)
def get_plan_history(plan_id: UUID) -> PlanMovesView:
    """Every move of the plan, with its reason."""
    return show_plan_history(work(), principal(), plan_id)


@blp.route("/plans/<uuid:plan_id>/versions/<int(max=9999):number>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.PLAN_READERS)
@blp.response(200, PlanVersionView)
def get_plan_version(plan_id: UUID, number: int) -> PlanVersionView:
    """A version as it was submitted, with its hash, and who agreed it when."""
    return show_plan_version(work(), principal(), plan_id, number=number)


@blp.route("/orphans", methods=["GET"])
@allow(*HR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[OrphanView])
def get_orphans(query: dict[str, Any]) -> Page[OrphanView]:
    """The open plans that nobody can appraise today, each with the way out."""
    return list_orphans(work(), principal(), **query)


@blp.route("/me/plan", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWNER)
@problems(404)
@blp.arguments(YearQuery, location="query")
@blp.response(200, PlanView)
def get_own_plan(query: dict[str, Any]) -> PlanView:
    """One's own plan of a year."""
    return with_etag(show_own_plan(work(), principal(), **query))


@blp.route("/me/superior-results", methods=["GET"])
@allow(*PERSON, relation="the caller's own appraiser's results")
@blp.arguments(YearQuery, location="query")
@blp.response(200, SuperiorResultsView)
def get_superior_results(query: dict[str, Any]) -> SuperiorResultsView:
    """The superior's work results that one's own may support; empty while there is no such plan."""
    return list_superior_results(work(), principal(), **query)


@blp.route("/units/<uuid:unit_id>/role-results", methods=["GET"])
@allow(*OVERSIGHT, "employee", relation="HR, inspector; unit_leader for own unit and below; the unit's leader")
@blp.arguments(YearQuery, location="query")
@blp.response(200, RoleResultsView)
def get_role_results(query: dict[str, Any], unit_id: UUID) -> RoleResultsView:
    """The role-result matrix of a unit: who supports which of the leader's results, and the gaps."""
    return show_role_results(work(), principal(), unit_id, **query)
