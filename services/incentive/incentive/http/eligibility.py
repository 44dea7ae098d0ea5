"""Eligibility for promotion, raise and medal; talent."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, page_of, principal, problems, work
from incentive.http import career_schemas as shapes
from incentive.http.access import EVERYBODY, HR, NOT_OWN, OVERSIGHT, OWN, PREFIX
from incentive.http.fields import by_id, one_page, position
from incentive.use_cases import attest_career as attesting
from incentive.use_cases import list_eligibility as listing
from incentive.use_cases import rate_talent as talent
from incentive.use_cases import refresh_eligibility as refreshing
from incentive.use_cases import show_eligibility as showing

blp = ServiceBlueprint("eligibility", url_prefix=PREFIX, description="Eligibility and talent")


@blp.route("/eligibility", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(shapes.EligibilityQuery, location="query")
@blp.response(200, page_of(shapes.EligibleOut))
def list_eligibility(args: dict[str, Any]) -> dict[str, Any]:
    """Who is eligible, or misses a certain condition, as last assessed."""
    query = listing.ListEligibility(
        args["kind"], args["eligible"], args["unit_id"], args["missing"], position(args, by_id), args["limit"] + 1
    )
    found = listing.list_eligibility(work(), principal(), query)
    return one_page(found, args["limit"], lambda row: {"id": row["employee_id"]})


@blp.route("/eligibility/refresh", methods=["POST"])
@allow(*HR)
@blp.response(202, shapes.PeopleOut)
def refresh_eligibility() -> dict[str, int]:
    """Assess everybody anew, in the background."""
    return refreshing.refresh_eligibility(work(), principal())


@blp.route("/eligibility/<uuid:employee_id>", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@blp.response(200, shapes.EligibilityOut)
def show_eligibility(employee_id: UUID) -> dict[str, Any]:
    """Every condition with value, requirement and source, as of today."""
    return showing.show_eligibility(work(), principal(), employee_id)


@blp.route("/eligibility/<uuid:employee_id>/attestation", methods=["PUT"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(shapes.AttestationIn)
@blp.response(200, shapes.AttestationOut)
def attest_career(body: dict[str, Any], employee_id: UUID) -> attesting.AttestationView:
    """Attest a vacancy, the competency test, proof of development, the last periodic raise."""
    return attesting.attest_career(work(), principal(), attesting.AttestCareer(employee_id=employee_id, **body))


@blp.route("/talent/<uuid:employee_id>", methods=["PUT"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(shapes.TalentIn)
@blp.response(200, shapes.TalentOut)
def rate_talent(body: dict[str, Any], employee_id: UUID) -> dict[str, Any]:
    """Enter the talent panel's view of a person's potential in a year."""
    return talent.rate_talent(work(), principal(), talent.RateTalent(employee_id=employee_id, **body))


@blp.route("/talent/<uuid:employee_id>", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@problems(409)
@blp.arguments(shapes.TalentQuery, location="query")
@blp.response(200, shapes.TalentOut)
def show_talent(args: dict[str, Any], employee_id: UUID) -> dict[str, Any]:
    """The box of a person in a year."""
    return talent.show_talent(work(), principal(), employee_id, args["year"])
