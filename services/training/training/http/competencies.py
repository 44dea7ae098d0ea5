"""Competencies, standards of posts, assessments."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, page_of, principal, problems, work
from chassis.http.etag import expected_version
from training.http.access import APPRAISER_OR_HR, EVERYBODY, HR, IF_MATCH, PERSON_READERS, PREFIX
from training.http.competency_schemas import (
    AssessmentIn,
    AssessmentOut,
    CompetencyArgs,
    CompetencyChange,
    CompetencyIn,
    CompetencyOut,
    PersonCompetenciesOut,
    StandardArgs,
    StandardIn,
    StandardOut,
)
from training.http.pages import after_code, before_id, one_page
from training.use_cases import save_competency as dictionary
from training.use_cases import set_standard as standards
from training.use_cases.list_competencies import list_competencies
from training.use_cases.record_assessment import record_assessment
from training.use_cases.show_competencies import show_competencies

blp = ServiceBlueprint("competencies", url_prefix=PREFIX, description="Competencies, standards and assessments")


@blp.route("/competencies", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(CompetencyArgs, location="query")
@blp.response(200, page_of(CompetencyOut))
def get_competencies(args: dict[str, Any]) -> Any:
    """The dictionary of competencies; the national ones are there from the start."""
    rows = list_competencies(work(), principal(), kind=args["kind"], after=after_code(args), limit=args["limit"])
    return one_page(rows, args["limit"], "code")


@blp.route("/competencies", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(CompetencyIn)
@blp.response(201, CompetencyOut)
def add_competency(body: dict[str, Any]) -> Any:
    """Add a competency of the agency's own."""
    found = dictionary.add_competency(work(), principal(), body)
    etag(found["version"])
    return found


@blp.route("/competencies/<string:competency_code>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(CompetencyChange)
@blp.response(200, CompetencyOut)
def change_competency(body: dict[str, Any], competency_code: str) -> Any:
    """Change name, kind or definition, or take it out of use."""
    found = dictionary.change_competency(work(), principal(), competency_code, body, expected_version())
    etag(found["version"])
    return found


@blp.route("/standards", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(StandardArgs, location="query")
@blp.response(200, page_of(StandardOut))
def get_standards(args: dict[str, Any]) -> Any:
    """Standards of posts, newest first; older rows are the history."""
    rows = standards.list_standards(
        work(),
        principal(),
        position_code=args["position_code"],
        competency_code=args["competency_code"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("/standards", methods=["POST"])
@allow(*HR)
@blp.arguments(StandardIn)
@blp.response(201, StandardOut)
def set_standard(body: dict[str, Any]) -> Any:
    """Set the level a post asks for from a day on; people in the post are compared with it in the background."""
    return standards.set_standard(work(), principal(), body)


@blp.route("/assessments", methods=["POST"])
@allow("employee", "hr_officer", relation=APPRAISER_OR_HR)
@problems(404)
@blp.arguments(AssessmentIn)
@blp.response(201, AssessmentOut)
def add_assessment(body: dict[str, Any]) -> Any:
    """Record a person's level in a competency; a gap to the standard raises a need at once."""
    return record_assessment(work(), principal(), body.pop("employee_id"), body)


@blp.route("/employees/<uuid:employee_id>/competencies", methods=["GET"])
@allow("employee", "hr_officer", "inspector", relation=PERSON_READERS)
@blp.response(200, PersonCompetenciesOut)
def get_person_competencies(employee_id: UUID) -> Any:
    """Required level, actual level and gap of a person, with the rows they were read from."""
    return show_competencies(work(), principal(), employee_id)
