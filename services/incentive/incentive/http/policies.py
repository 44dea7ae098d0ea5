"""Policies of the allowance: drafted, tried, published, never edited after."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.bus.envelope import to_json
from chassis.http import PageArgs, ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from incentive.http.access import HR, IF_MATCH, OVERSIGHT, PREFIX, WRITER
from incentive.http.fields import one_page, position
from incentive.http.policy_schemas import PolicyIn, PolicyOut, SimulationIn, SimulationOut, TemplatesOut
from incentive.use_cases import change_policy as changing
from incentive.use_cases import create_policy as creating
from incentive.use_cases import publish_policy as publishing
from incentive.use_cases import show_policies as reading
from incentive.use_cases import simulate_policy as simulating

blp = ServiceBlueprint("policies", url_prefix=f"{PREFIX}/policies", description="Rules of the allowance")


@blp.route("", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(PolicyIn)
@blp.response(201, PolicyOut)
def create_policy(body: dict[str, Any]) -> reading.PolicyView:
    """Draft a policy version."""
    view = creating.create_policy(work(), principal(), _draft(body))
    etag(view.version)
    return view


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(PolicyOut))
def list_policies(args: dict[str, Any]) -> dict[str, Any]:
    """All versions, the oldest first."""
    after = position(args, lambda told: min(int(told["number"]), 2**31 - 1)) or 0
    found = reading.list_policies(work(), principal(), after, args["limit"] + 1)
    return one_page(found, args["limit"], lambda view: {"number": view.number})


@blp.route("/templates", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, TemplatesOut)
def list_policy_templates() -> dict[str, Any]:
    """Rules of real regulations to start from, each with how well it is verified."""
    return {"items": reading.policy_templates()}


@blp.route("/<uuid:policy_id>", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, PolicyOut)
def show_policy(policy_id: UUID) -> reading.PolicyView:
    """One version."""
    view = reading.show_policy(work(), principal(), policy_id)
    etag(view.version)
    return view


@blp.route("/<uuid:policy_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(PolicyIn)
@blp.response(200, PolicyOut)
def change_policy(body: dict[str, Any], policy_id: UUID) -> reading.PolicyView:
    """Rewrite a draft."""
    view = changing.change_policy(work(), principal(), policy_id, _draft(body), expected_version())
    etag(view.version)
    return view


@blp.route("/<uuid:policy_id>/publish", methods=["POST"])
@allow(*HR, relation=WRITER)
@problems(409)
@blp.response(200, PolicyOut)
def publish_policy(policy_id: UUID) -> reading.PolicyView:
    """Let a version hold; months run already are corrected by the next run."""
    view = publishing.publish_policy(work(), principal(), policy_id)
    etag(view.version)
    return view


@blp.route("/<uuid:policy_id>/simulate", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(SimulationIn)
@blp.response(200, SimulationOut)
def simulate_policy(body: dict[str, Any], policy_id: UUID) -> dict[str, Any]:
    """Try a version on a month, on people or on a made-up case; nothing is kept."""
    sample = to_json(body["sample"]) if body["sample"] is not None else None
    command = simulating.SimulatePolicy(policy_id, body["month"], body["employee_ids"], sample)
    return simulating.simulate_policy(work(), principal(), command)


def _draft(body: dict[str, Any]) -> reading.PolicyDraft:
    return reading.PolicyDraft(**{**body, "rules": to_json(body["rules"])})
