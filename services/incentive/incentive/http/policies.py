"""Policies of the allowance: drafted, tried, published, never edited after."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from approvals.routes import ProposedIn
from chassis.auth import allow
from chassis.bus.envelope import to_json
from chassis.http import (
    PageQuery,
    ServiceBlueprint,
    expected_version,
    expected_version_if_sent,
    idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Items, Page
from incentive.domain.allowance import inputs_from
from incentive.domain.policy import (
    ChangePolicy,
    PolicyDraft,
    PolicyTemplateView,
    PolicyView,
    PublishPolicy,
    SimulatePolicy,
    SimulationView,
)
from incentive.domain.tukin_rules import rules_from
from incentive.http.access import HR, OVERSIGHT, PREFIX, Relation
from incentive.http.policies_schemas import PolicyIn, SimulationIn
from incentive.http.proposing import proposed
from incentive.use_cases.policies import change, create, read, simulate

blp = ServiceBlueprint("policies", url_prefix=f"{PREFIX}/policies", description="Rules of the allowance")


@blp.route("", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(PolicyIn)
@blp.response(201, PolicyView)
def create_policy(body: dict[str, Any]) -> PolicyView:
    """Draft a policy version."""
    return with_etag(create.create_policy(work(), principal(), _draft(body)))


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[PolicyView])
def list_policies(query: dict[str, Any]) -> Page[PolicyView]:
    """All versions, the oldest first."""
    return read.list_policies(work(), principal(), **query)


@blp.route("/templates", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, Items[PolicyTemplateView])
def list_policy_templates() -> Items[PolicyTemplateView]:
    """Rules of real regulations to start from, each with how well it is verified."""
    return read.list_policy_templates()


@blp.route("/<uuid:policy_id>", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, PolicyView)
def show_policy(policy_id: UUID) -> PolicyView:
    """One version."""
    return with_etag(read.show_policy(work(), principal(), policy_id))


@blp.route("/<uuid:policy_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(PolicyIn)
@blp.response(200, PolicyView)
def change_policy(body: dict[str, Any], policy_id: UUID) -> PolicyView:
    """Rewrite a draft."""
    command = ChangePolicy(policy_id, _draft(body), expected_version())
    return with_etag(change.change_policy(work(), principal(), command))


@blp.route("/<uuid:policy_id>/publish", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@problems(409)
@blp.arguments(ProposedIn)
@blp.response(202, ProposalView)
def publish_policy(body: dict[str, Any], policy_id: UUID) -> ProposalView:
    """Publish a version; months run already are corrected by the next run."""
    command = PublishPolicy(policy_id, expected_version_if_sent())
    return proposed("policy.publish", command, body["proposal_reason"])


@blp.route("/<uuid:policy_id>/simulate", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(SimulationIn)
@blp.response(200, SimulationView)
def simulate_policy(body: dict[str, Any], policy_id: UUID) -> SimulationView:
    """Try a version on a month, on people or on an invented case; it changes nothing."""
    sample = inputs_from(to_json(body["sample"])) if body["sample"] is not None else None
    command = SimulatePolicy(policy_id, body["month"], body["employee_ids"], sample)
    return simulate.simulate_policy(work(), principal(), command)


def _draft(body: dict[str, Any]) -> PolicyDraft:
    return PolicyDraft(**{**body, "rules": rules_from(to_json(body["rules"]))})
