"""Claims for what was paid too much."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Items, Page
from incentive.domain.claim import PlanRepayment, ReceiveRepayment
from incentive.domain.claim_views import ClaimDetailView, ClaimView, ListClaims
from incentive.http.access import HR, OVERSIGHT, OWN_READERS, PREFIX, Relation
from incentive.http.claims_schemas import ClaimsQuery, PlanIn, RepaymentIn
from incentive.http.proposing import proposed
from incentive.use_cases.claims import read

blp = ServiceBlueprint("claims", url_prefix=f"{PREFIX}/claims", description="Claims for what was paid too much")


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(ClaimsQuery, location="query")
@blp.response(200, Page[ClaimView])
def list_claims(query: dict[str, Any]) -> Page[ClaimView]:
    """The agency's claims, the oldest first; state OPEN are those that wait for an interview and a plan."""
    return read.list_claims(work(), principal(), ListClaims(**query))


@blp.route("/me", methods=["GET"])
@allow(*OWN_READERS)
@blp.response(200, Items[ClaimDetailView])
def list_own_claims() -> Items[ClaimDetailView]:
    """One's own claims: which lines took something back, what is repaid, and by which plan the rest is."""
    return read.list_own_claims(work(), principal())


@blp.route("/<uuid:claim_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@blp.response(200, ClaimDetailView)
def show_claim(claim_id: UUID) -> ClaimDetailView:
    """One claim with its repayments and the rules of its plan."""
    return with_etag(read.show_claim(work(), principal(), claim_id))


@blp.route("/<uuid:claim_id>/plan", methods=["PUT"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(PlanIn)
@blp.response(202, ProposalView)
def plan_repayment(body: dict[str, Any], claim_id: UUID) -> ProposalView:
    """Plan the instalments once the person has been interviewed; a plan may be made anew."""
    reason = body.pop("proposal_reason")
    command = PlanRepayment(claim_id, **body, expected_version=expected_version())
    return proposed("claim.plan", command, reason)


@blp.route("/<uuid:claim_id>/repayments", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(RepaymentIn)
@blp.response(202, ProposalView)
def receive_repayment(body: dict[str, Any], claim_id: UUID) -> ProposalView:
    """Record what the treasury has received of a claim."""
    reason = body.pop("proposal_reason")
    return proposed("claim.repay", ReceiveRepayment(claim_id, **body), reason)
