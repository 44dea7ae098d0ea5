"""Talent: the panel's rating of potential, and the box that follows from it."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from incentive.domain.talent import RateTalent, TalentView
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.proposing import proposed
from incentive.http.talent_schemas import TalentIn, TalentQuery
from incentive.use_cases.talent import read

blp = ServiceBlueprint("talent", url_prefix=f"{PREFIX}/talent", description="Talent")


@blp.route("/<uuid:employee_id>", methods=["PUT"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@problems(409)
@blp.arguments(TalentIn)
@blp.response(202, ProposalView)
def rate_talent(body: dict[str, Any], employee_id: UUID) -> ProposalView:
    """Enter the talent panel's rating of a person's potential in a year."""
    reason = body.pop("proposal_reason")
    return proposed("talent.rate", RateTalent(employee_id, **body), reason)


@blp.route("/<uuid:employee_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@problems(409)
@blp.arguments(TalentQuery, location="query")
@blp.response(200, TalentView)
def show_talent(query: dict[str, Any], employee_id: UUID) -> TalentView:
    """The box of a person in a year."""
    return read.show_talent(work(), principal(), employee_id, **query)
