"""Versions of rules that one officer proposes and a second one approves."""

from typing import Any
from uuid import UUID

from appraisal.domain.rule_proposal import DecideProposal, ListProposals, ProposeRule
from appraisal.domain.rule_views import RulePreviewView, RuleProposalRowView, RuleProposalView
from appraisal.http.access import HR, PREFIX, PROPOSAL_READERS, Relation
from appraisal.http.rule_proposals_schemas import ProposalDecisionIn, ProposalsQuery, RuleProposalIn
from appraisal.use_cases.rule_proposals.approve import approve_rule
from appraisal.use_cases.rule_proposals.preview import preview_rule
from appraisal.use_cases.rule_proposals.propose import propose_rule
from appraisal.use_cases.rule_proposals.read import list_rule_proposals, show_rule_proposal
from appraisal.use_cases.rule_proposals.reject import reject_rule
from appraisal.use_cases.rule_proposals.withdraw import withdraw_rule
from chassis.auth import allow
from chassis.http import (
    ServiceBlueprint,
    expected_version,
    idempotent,
    not_idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Page

blp = ServiceBlueprint("rule_proposals", url_prefix=f"{PREFIX}/rules/proposals", description="Proposals of rules")


@blp.route("", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN_CASE)
@idempotent
@blp.arguments(RuleProposalIn)
@blp.response(201, RuleProposalView)
def post_rule_proposal(body: dict[str, Any]) -> RuleProposalView:
    """Propose a dated version of a rule, not before today and within the national limits."""
    return with_etag(propose_rule(work(), principal(), ProposeRule(**body)))


@blp.route("/preview", methods=["POST"])
@allow(*HR)
@not_idempotent(reason="nothing is changed")
@blp.arguments(RuleProposalIn)
@blp.response(200, RulePreviewView)
def post_rule_preview(body: dict[str, Any]) -> RulePreviewView:
    """What such a version would change, without proposing it."""
    return preview_rule(work(), principal(), ProposeRule(**body))


@blp.route("", methods=["GET"])
@allow(*PROPOSAL_READERS)
@blp.arguments(ProposalsQuery, location="query")
@blp.response(200, Page[RuleProposalRowView])
def get_rule_proposals(query: dict[str, Any]) -> Page[RuleProposalRowView]:
    """Proposals, the newest first; with `state=PROPOSED` those that wait for a second officer."""
    return list_rule_proposals(work(), principal(), ListProposals(**query))


@blp.route("/<uuid:proposal_id>", methods=["GET"])
@allow(*PROPOSAL_READERS)
@blp.response(200, RuleProposalView)
def get_rule_proposal(proposal_id: UUID) -> RuleProposalView:
    """One proposal, and what it would change."""
    return with_etag(show_rule_proposal(work(), principal(), proposal_id))


@blp.route("/<uuid:proposal_id>/approve", methods=["POST"])
@allow(*HR, relation=Relation.SECOND_OFFICER)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ProposalDecisionIn)
@blp.response(200, RuleProposalView)
def post_rule_approval(body: dict[str, Any], proposal_id: UUID) -> RuleProposalView:
    """Approve a proposal: the version is in force from its day; opened periods keep the version that they have."""
    command = DecideProposal(proposal_id, expected_version=expected_version(), **body)
    return with_etag(approve_rule(work(), principal(), command))


@blp.route("/<uuid:proposal_id>/reject", methods=["POST"])
@allow(*HR, relation=Relation.SECOND_OFFICER)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ProposalDecisionIn)
@blp.response(200, RuleProposalView)
def post_rule_rejection(body: dict[str, Any], proposal_id: UUID) -> RuleProposalView:
    """Reject a proposal, with a reason."""
    command = DecideProposal(proposal_id, expected_version=expected_version(), **body)
    return with_etag(reject_rule(work(), principal(), command))


@blp.route("/<uuid:proposal_id>/withdraw", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSER)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ProposalDecisionIn)
@blp.response(200, RuleProposalView)
def post_rule_withdrawal(body: dict[str, Any], proposal_id: UUID) -> RuleProposalView:
    """Take back one's own proposal, with a reason."""
    command = DecideProposal(proposal_id, expected_version=expected_version(), **body)
    return with_etag(withdraw_rule(work(), principal(), command))
