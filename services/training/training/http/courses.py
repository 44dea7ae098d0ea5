"""The catalogue of courses."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.http.jobs import JobStarted
from chassis.pagination import Page
from training.domain.course import AddCourse, ChangeCourse, Course, CourseKindsView, ListCourses
from training.domain.session import AnnounceSession, SessionView
from training.http.access import EVERYBODY, HR, PREFIX
from training.http.courses_schemas import CourseChangeIn, CourseIn, CoursesQuery, SessionIn
from training.http.fields import ImportFile
from training.use_cases.courses.add import add_course
from training.use_cases.courses.change import change_course
from training.use_cases.courses.read import list_course_kinds, list_courses, show_course
from training.use_cases.imports.start import COURSES, start_import
from training.use_cases.sessions.announce import announce_session

blp = ServiceBlueprint("courses", url_prefix=PREFIX, description="Catalogue of courses")


@blp.route("/course-kinds", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, CourseKindsView)
def get_course_kinds() -> CourseKindsView:
    """The forms of competence development, classical and not."""
    return list_course_kinds(work(), principal())


@blp.route("/courses", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(CoursesQuery, location="query")
@blp.response(200, Page[Course])
def get_courses(query: dict[str, Any]) -> Page[Course]:
    """Search the catalogue."""
    return list_courses(work(), principal(), ListCourses(**query))


@blp.route("/courses", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(CourseIn)
@blp.response(201, Course)
def post_course(body: dict[str, Any]) -> Course:
    """Add a course to the catalogue."""
    return with_etag(add_course(work(), principal(), AddCourse(**body)))


@blp.route("/courses/<string:course_code>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, Course)
def get_course(course_code: str) -> Course:
    """One course."""
    return with_etag(show_course(work(), principal(), course_code))


@blp.route("/courses/<string:course_code>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(CourseChangeIn)
@blp.response(200, Course)
def put_course(body: dict[str, Any], course_code: str) -> Course:
    """Change a course, or withdraw it from the offer."""
    command = ChangeCourse(code=course_code, expected_version=expected_version(), **body)
    return with_etag(change_course(work(), principal(), command))


@blp.route("/courses/<string:course_code>/sessions", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(SessionIn)
@blp.response(201, SessionView)
def post_session(body: dict[str, Any], course_code: str) -> SessionView:
    """Announce a session; without a window one may enrol from today until the session begins."""
    return with_etag(announce_session(work(), principal(), AnnounceSession(course_code=course_code, **body)))


@blp.route("/imports/courses", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_courses(files: dict[str, Any]) -> JobStarted:
    """Import courses from CSV: code, title, kind_code, jp or minutes, level, competency_codes (by |), provider."""
    return JobStarted(start_import(work(), principal(), kind=COURSES, content=files["file"].read()))
