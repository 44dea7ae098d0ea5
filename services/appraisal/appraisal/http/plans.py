"""Plans: drafted, handed in, agreed, revised."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import (
    APPRAISER,
    EVERYBODY,
    HR,
    IF_MATCH,
    OVERSIGHT,
    OWNER,
    OWNER_OR_HR,
    PERSON,
    PLAN_READERS,
    PREFIX,
)
from appraisal.http.answers import answer, page_answer, start_of
from appraisal.http.plan_schemas import (
    LinksIn,
    PlanContent,
    PlanHead,
    PlanIdsIn,
    PlanIn,
    PlanListArgs,
    PlanMoves,
    PlanOut,
    PlanOutcomes,
    PlanReasonIn,
    PlanRow,
    PlanSaved,
    PlanVersionOut,
    RoleResults,
    SuperiorResults,
    YearArgs,
)
from appraisal.use_cases.activate_plan import activate_plan, activate_plans_at_once
from appraisal.use_cases.close_plan import close_plan
from appraisal.use_cases.create_plan import create_plan
from appraisal.use_cases.edit_plan import edit_plan
from appraisal.use_cases.link_results import link_results
from appraisal.use_cases.list_plans import list_plans
from appraisal.use_cases.return_plan import return_plan
from appraisal.use_cases.revise_plan import revise_plan
from appraisal.use_cases.show_plan import (
    show_own_plan,
    show_plan,
    show_plan_history,
    show_plan_version,
    show_superior_results,
)
from appraisal.use_cases.show_role_results import show_role_results
from appraisal.use_cases.submit_plan import submit_plan
from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version

blp = ServiceBlueprint("plans", url_prefix=PREFIX, description="Yearly performance plans (SKP)")


@blp.route("/plans", methods=["POST"])
@allow(*PERSON, *HR, relation=OWNER_OR_HR)
@idempotent
@problems(409)
@blp.arguments(PlanIn)
@blp.response(201, PlanSaved)
def post_plan(body: dict[str, Any]) -> Response:
    """Draft a yearly plan with all its results; the superior's plan may still be missing."""
    return _tagged(create_plan(work(), principal(), body), 201)


@blp.route("/plans", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; unit_leader: own unit and below; else own subordinates")
@blp.arguments(PlanListArgs, location="query")
@blp.response(200, page_of(PlanRow))
def get_plans(query: dict[str, Any]) -> Response:
    """List plans, without their content."""
    limit = query["limit"]
    return page_answer(list_plans(work(), principal(), query, start_of(query["cursor"]), limit + 1), limit)


@blp.route("/plans/activate-batch", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@blp.arguments(PlanIdsIn)
@blp.response(200, PlanOutcomes)
def post_activate_batch(body: dict[str, Any]) -> Response:
    """Agree many submitted plans of one's subordinates; each has its own outcome."""
    return answer(activate_plans_at_once(work(), principal(), body["plan_ids"]))


@blp.route("/plans/<uuid:plan_id>", methods=["GET"])
@allow(*EVERYBODY, relation=PLAN_READERS)
@blp.response(200, PlanOut)
def get_plan(plan_id: UUID) -> Response:
    """Read a plan with the guides of the seven values."""
    return _tagged(show_plan(work(), principal(), plan_id))


@blp.route("/plans/<uuid:plan_id>", methods=["PUT"])
@allow(*PERSON, *HR, relation=OWNER_OR_HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(PlanContent)
@blp.response(200, PlanSaved)
def put_plan(body: dict[str, Any], plan_id: UUID) -> Response:
    """Replace the content of a plan that is a draft, returned or under revision."""
    return _tagged(edit_plan(work(), principal(), plan_id, body, expected_version()))


@blp.route("/plans/<uuid:plan_id>/submit", methods=["POST"])
@allow(*PERSON, relation=OWNER)
@problems(409, 412)
@blp.response(200, PlanHead)
def post_submit(plan_id: UUID) -> Response:
    """Hand the plan to the appraiser."""
    return _tagged(submit_plan(work(), principal(), plan_id))


@blp.route("/plans/<uuid:plan_id>/return", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@problems(409, 412)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHead)
def post_return(body: dict[str, Any], plan_id: UUID) -> Response:
    """Give a submitted plan back with a reason."""
    return _tagged(return_plan(work(), principal(), plan_id, body["reason"]))


@blp.route("/plans/<uuid:plan_id>/activate", methods=["POST"])
@allow(*PERSON, relation=APPRAISER)
@problems(409, 412)
@blp.response(200, PlanHead)
def post_activate(plan_id: UUID) -> Response:
    """Agree a submitted plan; it is in force from now on."""
    return _tagged(activate_plan(work(), principal(), plan_id))


@blp.route("/plans/<uuid:plan_id>/revise", methods=["POST"])
@allow(*PERSON, relation="the plan's employee or appraiser")
@problems(409, 412)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHead)
def post_revise(body: dict[str, Any], plan_id: UUID) -> Response:
    """Open an active plan for change; the agreed version stays in force meanwhile."""
    return _tagged(revise_plan(work(), principal(), plan_id, body["reason"]))


@blp.route("/plans/<uuid:plan_id>/close", methods=["POST"])
@allow(*HR)
@problems(409, 412)
@blp.arguments(PlanReasonIn)
@blp.response(200, PlanHead)
def post_close(body: dict[str, Any], plan_id: UUID) -> Response:
    """End a plan within its year, as on a move to another post; the employee may then draft a new one."""
    return _tagged(close_plan(work(), principal(), plan_id, body["reason"]))


@blp.route("/plans/<uuid:plan_id>/links", methods=["POST"])
@allow(*PERSON, relation="the plan's employee or appraiser")
@problems(409, 412)
@blp.arguments(LinksIn)
@blp.response(200, PlanSaved)
def post_links(body: dict[str, Any], plan_id: UUID) -> Response:
    """Tie results to the superior's, now that the superior has a plan."""
    return _tagged(link_results(work(), principal(), plan_id, body["links"]))


@blp.route("/plans/<uuid:plan_id>/history", methods=["GET"])
@allow(*EVERYBODY, relation=PLAN_READERS)
@blp.response(200, PlanMoves)
def get_plan_history(plan_id: UUID) -> Response:
    """Every step the plan took, with its reason."""
    return answer(show_plan_history(work(), principal(), plan_id))


@blp.route("/plans/<uuid:plan_id>/versions/<int(max=9999):number>", methods=["GET"])
@allow(*EVERYBODY, relation=PLAN_READERS)
@blp.response(200, PlanVersionOut)
def get_plan_version(plan_id: UUID, number: int) -> Response:
    """A version as it was last handed in."""
    return answer(show_plan_version(work(), principal(), plan_id, number))


@blp.route("/me/plan", methods=["GET"])
@allow(*PERSON, relation=OWNER)
@problems(404)
@blp.arguments(YearArgs, location="query")
@blp.response(200, PlanOut)
def get_own_plan(query: dict[str, Any]) -> Response:
    """One's own plan of a year."""
    return _tagged(show_own_plan(work(), principal(), query["year"]))


@blp.route("/me/superior-results", methods=["GET"])
@allow(*PERSON, relation="the caller's own appraiser's results")
@blp.arguments(YearArgs, location="query")
@blp.response(200, SuperiorResults)
def get_superior_results(query: dict[str, Any]) -> Response:
    """The superior's work results that one's own may support; empty while there is no such plan."""
    return answer(show_superior_results(work(), principal(), query["year"]))


@blp.route("/units/<uuid:unit_id>/role-results", methods=["GET"])
@allow(*OVERSIGHT, "employee", relation="HR, inspector; unit_leader for own unit and below; the unit's leader")
@blp.arguments(YearArgs, location="query")
@blp.response(200, RoleResults)
def get_role_results(query: dict[str, Any], unit_id: UUID) -> Response:
    """The role-result matrix of a unit: who supports which of the leader's results, and the gaps."""
    return answer(show_role_results(work(), principal(), unit_id, query["year"]))


def _tagged(view: dict[str, Any], status: int = 200) -> Response:
    etag(view["version"])
    return answer(view, status)
