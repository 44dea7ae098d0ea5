"""Non-financial awards, each on the evidence of a final evaluation."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Items, Page
from incentive.domain.award import AwardView, DecideAward, ListAwards, NominateAward, RevokeAward
from incentive.domain.award_rules import AwardKindView
from incentive.http.access import EVERYBODY, HR, NOMINATORS, OWN_READERS, PREFIX, Relation
from incentive.http.awards_schemas import AwardDecisionIn, AwardIn, AwardRevocationIn, AwardsQuery
from incentive.http.proposing import proposed
from incentive.use_cases.awards import nominate, read

blp = ServiceBlueprint("awards", url_prefix=PREFIX, description="Awards")


@blp.route("/award-kinds", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, Items[AwardKindView])
def list_award_kinds() -> Items[AwardKindView]:
    """Kinds of award that hold today."""
    return read.list_award_kinds(work(), principal())


@blp.route("/awards", methods=["POST"])
@allow(*NOMINATORS, relation=Relation.NOMINATORS)
@idempotent
@problems(404, 409)
@blp.arguments(AwardIn)
@blp.response(201, AwardView)
def nominate_award(body: dict[str, Any]) -> AwardView:
    """Nominate somebody, on the evidence of a final evaluation."""
    return with_etag(nominate.nominate_award(work(), principal(), NominateAward(**body)))


@blp.route("/awards", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN_OR_ALL)
@problems(404)
@blp.arguments(AwardsQuery, location="query")
@blp.response(200, Page[AwardView])
def list_awards(query: dict[str, Any]) -> Page[AwardView]:
    """Awards of a person, or of the agency."""
    return read.list_awards(work(), principal(), ListAwards(**query))


@blp.route("/awards/<uuid:award_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN_OR_ALL)
@blp.response(200, AwardView)
def show_award(award_id: UUID) -> AwardView:
    """One award."""
    return with_etag(read.show_award(work(), principal(), award_id))


@blp.route("/awards/<uuid:award_id>/decide", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(AwardDecisionIn)
@blp.response(202, ProposalView)
def decide_award(body: dict[str, Any], award_id: UUID) -> ProposalView:
    """Grant or decline by a numbered decision."""
    reason = body.pop("proposal_reason")
    command = DecideAward(award_id, **body, expected_version=expected_version())
    return proposed("award.decide", command, reason)


@blp.route("/awards/<uuid:award_id>/revoke", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(AwardRevocationIn)
@blp.response(202, ProposalView)
def revoke_award(body: dict[str, Any], award_id: UUID) -> ProposalView:
    """Revoke an award by a numbered decision, such as one whose evaluation has been corrected."""
    reason = body.pop("proposal_reason")
    command = RevokeAward(award_id, **body, expected_version=expected_version())
    return proposed("award.revoke", command, reason)
