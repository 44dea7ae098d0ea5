"""Competencies, standards of posts, assessments."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from training.domain.competency import (
    AddCompetency,
    AssessmentView,
    ChangeCompetency,
    Competency,
    ListCompetencies,
    ListStandards,
    PersonCompetenciesView,
    RecordAssessment,
    SetStandard,
    StandardView,
)
from training.http.access import EVERYBODY, HR, PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.competencies_schemas import (
    AssessmentIn,
    CompetenciesQuery,
    CompetencyChangeIn,
    CompetencyIn,
    StandardIn,
    StandardsQuery,
)
from training.http.proposing import proposed
from training.use_cases.assessments.record import record_assessment
from training.use_cases.competencies.add import add_competency
from training.use_cases.competencies.change import change_competency
from training.use_cases.competencies.read import list_competencies, show_person_competencies
from training.use_cases.standards.read import list_standards

blp = ServiceBlueprint("competencies", url_prefix=PREFIX, description="Competencies, standards and assessments")


@blp.route("/competencies", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(CompetenciesQuery, location="query")
@blp.response(200, Page[Competency])
def get_competencies(query: dict[str, Any]) -> Page[Competency]:
    """The dictionary of competencies; the national ones are there from the start."""
    return list_competencies(work(), principal(), ListCompetencies(**query))


@blp.route("/competencies", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(CompetencyIn)
@blp.response(201, Competency)
def post_competency(body: dict[str, Any]) -> Competency:
    """Add a competency of the agency's own."""
    return with_etag(add_competency(work(), principal(), AddCompetency(**body)))


@blp.route("/competencies/<string:competency_code>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(CompetencyChangeIn)
@blp.response(200, Competency)
def put_competency(body: dict[str, Any], competency_code: str) -> Competency:
    """Change name, kind or definition, or take it out of use."""
    return with_etag(
        change_competency(work(), principal(), ChangeCompetency(competency_code, expected_version(), **body))
    )


@blp.route("/standards", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(StandardsQuery, location="query")
@blp.response(200, Page[StandardView])
def get_standards(query: dict[str, Any]) -> Page[StandardView]:
    """Standards of posts, newest first; older rows are the history."""
    return list_standards(work(), principal(), ListStandards(**query))


@blp.route("/standards", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@blp.arguments(StandardIn)
@blp.response(202, ProposalView)
def post_standard(body: dict[str, Any]) -> ProposalView:
    """Set the level a post requires from a day on; people in the post are compared with it in the background."""
    reason = body.pop("proposal_reason")
    return proposed("standard.set", SetStandard(**body), reason)


@blp.route("/assessments", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.APPRAISER_OR_HR)
@idempotent
@problems(404)
@blp.arguments(AssessmentIn)
@blp.response(201, AssessmentView)
def post_assessment(body: dict[str, Any]) -> AssessmentView:
    """Record a person's level in a competency; a gap to the standard raises a need at once."""
    return record_assessment(work(), principal(), RecordAssessment(**body))


@blp.route("/employees/<uuid:employee_id>/competencies", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@blp.response(200, PersonCompetenciesView)
def get_person_competencies(employee_id: UUID) -> PersonCompetenciesView:
    """Required level, actual level and gap of a person, with the rows they were read from."""
    return show_person_competencies(work(), principal(), employee_id)
