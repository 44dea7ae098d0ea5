"""The routes /api/v1/<service>/proposals: what waits for a second person, and the decision on it."""

from typing import Any
from uuid import UUID

import marshmallow as ma

from approvals import deciding
from approvals.actions import Actions
from approvals.proposal import ListProposals, ProposalReason, ProposalState, ProposalView, ProposedRow
from chassis.auth import allow
from chassis.http import (
    PageQuery,
    Schema,
    ServiceBlueprint,
    expected_version,
    idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.http.fields import optional_choice, text
from chassis.pagination import Page

READERS = ("hr_officer", "inspector")
DECIDERS = ("hr_officer",)
SECOND = "another person than who proposed it, never in a matter of their own or of their line"


class ProposedIn(Schema):
    """The part of a request that says why an action is proposed."""

    proposal_reason = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(max=1000),
        metadata={"description": "why, for the second person and the record"},
    )


class ProposalReasonIn(Schema):
    reason = text(1000)


class ProposalsQuery(PageQuery):
    state = optional_choice(ProposalState)
    action = ma.fields.String(load_default=None, validate=ma.validate.Length(max=100))


def proposals_blueprint(actions: Actions, prefix: str) -> ServiceBlueprint:
    """Return the routes over the actions of a service."""
    blp = ServiceBlueprint("proposals", url_prefix=f"{prefix}/proposals", description="Actions that take two people")

    @blp.route("", methods=["GET"])
    @allow(*READERS)
    @blp.arguments(ProposalsQuery, location="query")
    @blp.response(200, Page[ProposalView])
    def list_proposals(query: dict[str, Any]) -> Page[ProposalView]:
        """Proposals, the newest first, but for those about the reader; `state=PROPOSED` are those that wait."""
        return deciding.list_actions(work(), principal(), actions, ListProposals(**query))

    @blp.route("/<uuid:proposal_id>", methods=["GET"])
    @allow(*READERS, relation="never one about oneself")
    @blp.response(200, ProposalView)
    def show_proposal(proposal_id: UUID) -> ProposalView:
        """One proposal, with what would come of it."""
        return with_etag(deciding.show_action(work(), principal(), proposal_id))

    @blp.route("/<uuid:proposal_id>/rows", methods=["GET"])
    @allow(*READERS, relation="never one about oneself")
    @blp.arguments(PageQuery, location="query")
    @blp.response(200, Page[ProposedRow])
    def list_proposed_rows(query: dict[str, Any], proposal_id: UUID) -> Page[ProposedRow]:
        """The rows of a file that is proposed, but for those about the reader; none where it is no file."""
        return deciding.list_rows(work(), principal(), actions, proposal_id, query["page"])

    _add_decisions(blp, actions)
    return blp


def _add_decisions(blp: ServiceBlueprint, actions: Actions) -> None:
    """Add what is done with a proposal."""

    @blp.route("/<uuid:proposal_id>/approve", methods=["POST"])
    @allow(*DECIDERS, relation=SECOND)
    @idempotent
    @problems(409, 412, 428)
    @blp.arguments(ProposalReasonIn)
    @blp.response(200, ProposalView)
    def approve_proposal(body: dict[str, Any], proposal_id: UUID) -> ProposalView:
        """Approve a proposal: the action is carried out as it was proposed, and `outcome` is what came of it."""
        command = ProposalReason(proposal_id, body["reason"], expected_version())
        return with_etag(deciding.approve_action(work(), principal(), actions, command))

    @blp.route("/<uuid:proposal_id>/reject", methods=["POST"])
    @allow(*DECIDERS, relation=SECOND)
    @idempotent
    @problems(409, 412, 428)
    @blp.arguments(ProposalReasonIn)
    @blp.response(200, ProposalView)
    def reject_proposal(body: dict[str, Any], proposal_id: UUID) -> ProposalView:
        """Reject a proposal, with the reason."""
        command = ProposalReason(proposal_id, body["reason"], expected_version())
        return with_etag(deciding.reject_action(work(), principal(), actions, command))

    @blp.route("/<uuid:proposal_id>/withdraw", methods=["POST"])
    @allow(*DECIDERS, relation="who proposed it")
    @idempotent
    @problems(409, 412, 428)
    @blp.arguments(ProposalReasonIn)
    @blp.response(200, ProposalView)
    def withdraw_proposal(body: dict[str, Any], proposal_id: UUID) -> ProposalView:
        """Take back one's own proposal, with the reason."""
        command = ProposalReason(proposal_id, body["reason"], expected_version())
        return with_etag(deciding.withdraw_action(work(), principal(), actions, command))
