"""The catalogue of courses."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from chassis.http.jobs import JobStarted
from training.http.access import EVERYBODY, HR, IF_MATCH, PREFIX
from training.http.catalogue_schemas import (
    CourseArgs,
    CourseChange,
    CourseIn,
    CourseKindsOut,
    CourseOut,
    ImportFile,
    SessionIn,
    SessionOut,
)
from training.http.pages import after_code, one_page
from training.use_cases import list_courses as catalogue
from training.use_cases import save_course as courses
from training.use_cases import save_session as sessions
from training.use_cases.import_catalogue import COURSES, start_import

blp = ServiceBlueprint("courses", url_prefix=PREFIX, description="Catalogue of courses")


@blp.route("/course-kinds", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, CourseKindsOut)
def get_course_kinds() -> Any:
    """The forms of competence development, classical and not."""
    return {"items": catalogue.list_kinds(work(), principal())}


@blp.route("/courses", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(CourseArgs, location="query")
@blp.response(200, page_of(CourseOut))
def get_courses(args: dict[str, Any]) -> Any:
    """Search the catalogue."""
    rows = catalogue.list_courses(
        work(),
        principal(),
        text=args["text"],
        competency_code=args["competency_code"],
        kind_code=args["kind_code"],
        active=args["active"],
        after=after_code(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"], "code")


@blp.route("/courses", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(CourseIn)
@blp.response(201, CourseOut)
def add_course(body: dict[str, Any]) -> Any:
    """Put a course into the catalogue."""
    found = courses.add_course(work(), principal(), body)
    etag(found["version"])
    return found


@blp.route("/courses/<string:course_code>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, CourseOut)
def get_course(course_code: str) -> Any:
    """One course."""
    found = catalogue.show_course(work(), principal(), course_code)
    etag(found["version"])
    return found


@blp.route("/courses/<string:course_code>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(CourseChange)
@blp.response(200, CourseOut)
def change_course(body: dict[str, Any], course_code: str) -> Any:
    """Change a course, or take it out of the offer."""
    found = courses.change_course(work(), principal(), course_code, body, expected_version())
    etag(found["version"])
    return found


@blp.route("/courses/<string:course_code>/sessions", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(SessionIn)
@blp.response(201, SessionOut)
def announce_session(body: dict[str, Any], course_code: str) -> Any:
    """Announce a session; without a window one may enrol from today until the session begins."""
    found = sessions.announce_session(work(), principal(), course_code, body)
    etag(found["version"])
    return found


@blp.route("/imports/courses", methods=["POST"])
@allow(*HR)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_courses(files: dict[str, Any]) -> dict[str, UUID]:
    """Import courses from CSV: code, title, kind_code, jp or minutes, level, competency_codes (by |), provider."""
    return {"job_id": start_import(work(), principal(), COURSES, files["file"].read())}
