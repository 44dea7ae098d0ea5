"""Discipline penalties."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items
from incentive.domain.penalty import ImposePenalty, PenaltyView, RevokePenalty
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.fields import PersonQuery
from incentive.http.penalties_schemas import PenaltyIn, RevocationIn
from incentive.http.proposing import proposed
from incentive.use_cases.penalties import read

blp = ServiceBlueprint("penalties", url_prefix=f"{PREFIX}/discipline-penalties", description="Discipline penalties")


@blp.route("", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(404, 409)
@blp.arguments(PenaltyIn)
@blp.response(202, ProposalView)
def impose_penalty(body: dict[str, Any]) -> ProposalView:
    """Enter a discipline penalty as its letter says."""
    reason = body.pop("proposal_reason")
    return proposed("penalty.impose", ImposePenalty(**body), reason)


@blp.route("", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@problems(404)
@blp.arguments(PersonQuery, location="query")
@blp.response(200, Items[PenaltyView])
def list_penalties(query: dict[str, Any]) -> Items[PenaltyView]:
    """A person's penalties."""
    return read.list_penalties(work(), principal(), **query)


@blp.route("/<uuid:penalty_id>/revoke", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(RevocationIn)
@blp.response(202, ProposalView)
def revoke_penalty(body: dict[str, Any], penalty_id: UUID) -> ProposalView:
    """Revoke a penalty by a further letter."""
    reason = body.pop("proposal_reason")
    return proposed("penalty.revoke", RevokePenalty(penalty_id, **body), reason)
