"""Eligibility for promotion, raise and medal."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from incentive.domain.attestation import AttestCareer
from incentive.domain.eligibility_findings import EligibilityView, EligiblePersonView, ListEligibility, RefreshView
from incentive.http.access import HR, OVERSIGHT, OWN_READERS, PREFIX, Relation
from incentive.http.eligibility_schemas import AttestationIn, EligibilityQuery
from incentive.http.proposing import proposed
from incentive.use_cases.eligibility import list_people, read, refresh

blp = ServiceBlueprint("eligibility", url_prefix=f"{PREFIX}/eligibility", description="Eligibility")


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(EligibilityQuery, location="query")
@blp.response(200, Page[EligiblePersonView])
def list_eligibility(query: dict[str, Any]) -> Page[EligiblePersonView]:
    """Who is eligible, or misses a certain condition, as last assessed."""
    return list_people.list_eligibility(work(), principal(), ListEligibility(**query))


@blp.route("/refresh", methods=["POST"])
@allow(*HR)
@idempotent
@blp.response(202, RefreshView)
def refresh_eligibility() -> RefreshView:
    """Assess everybody anew, in the background."""
    return refresh.refresh_eligibility(work(), principal())


@blp.route("/<uuid:employee_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@blp.response(200, EligibilityView)
def show_eligibility(employee_id: UUID) -> EligibilityView:
    """Every condition with value, requirement and source, as of today."""
    return read.show_eligibility(work(), principal(), employee_id)


@blp.route("/<uuid:employee_id>/attestation", methods=["PUT"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@problems(409)
@blp.arguments(AttestationIn)
@blp.response(202, ProposalView)
def attest_career(body: dict[str, Any], employee_id: UUID) -> ProposalView:
    """Attest a vacancy, the competency test, proof of development, the last periodic raise."""
    reason = body.pop("proposal_reason")
    return proposed("career.attest", AttestCareer(employee_id, **body), reason)
