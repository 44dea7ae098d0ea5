"""Wellness programmes: their sessions, enrolment and attendance."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from wellbeing.domain.programme import CreateProgramme, EnrolmentsView, EnrolmentView, PlanSession, ProgrammeView
from wellbeing.http.access import EVERYBODY, OFFICER, PREFIX
from wellbeing.http.programmes_schemas import AttendanceIn, ProgrammeIn, SessionIn
from wellbeing.use_cases.enrolments.cancel import cancel_enrolment
from wellbeing.use_cases.enrolments.enrol import enrol
from wellbeing.use_cases.enrolments.list import list_attendance, list_own_enrolments
from wellbeing.use_cases.enrolments.record_attendance import record_attendance
from wellbeing.use_cases.programmes.create import create_programme
from wellbeing.use_cases.programmes.list import list_programmes
from wellbeing.use_cases.programmes.plan_session import plan_session

blp = ServiceBlueprint("programmes", url_prefix=PREFIX, description="Programmes: enrolment and attendance only")


@blp.route("/programmes", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(ProgrammeIn)
@blp.response(201, ProgrammeView)
def post_programme(body: dict[str, Any]) -> ProgrammeView:
    """Set up a programme."""
    return create_programme(work(), principal(), CreateProgramme(**body))


@blp.route("/programmes", methods=["GET"])
@allow(*EVERYBODY, *OFFICER)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[ProgrammeView])
def get_programmes(query: dict[str, Any]) -> Page[ProgrammeView]:
    """List programmes with their sessions and the seats left."""
    return list_programmes(work(), principal(), **query)


@blp.route("/programmes/<uuid:programme_id>/sessions", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(404, 409)
@blp.arguments(SessionIn)
@blp.response(201, ProgrammeView)
def post_session(body: dict[str, Any], programme_id: UUID) -> ProgrammeView:
    """Plan a session of a programme."""
    return plan_session(work(), principal(), PlanSession(programme_id, **body))


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(404, 409)
@blp.response(201, EnrolmentView)
def post_enrolment(session_id: UUID) -> EnrolmentView:
    """Enrol oneself."""
    return enrol(work(), principal(), session_id)


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["GET"])
@allow(*OFFICER)
@problems(404)
@blp.response(200, EnrolmentsView)
def get_session_enrolments(session_id: UUID) -> EnrolmentsView:
    """See who is enrolled, to record attendance."""
    return list_attendance(work(), principal(), session_id)


@blp.route("/enrolments", methods=["GET"])
@allow(*EVERYBODY, relation="one's own")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[EnrolmentView])
def get_enrolments(query: dict[str, Any]) -> Page[EnrolmentView]:
    """List one's own enrolments."""
    return list_own_enrolments(work(), principal(), **query)


@blp.route("/enrolments/<uuid:enrolment_id>/cancel", methods=["POST"])
@allow(*EVERYBODY, relation="one's own, before the session")
@idempotent
@problems(404, 409)
@blp.response(200, EnrolmentView)
def post_cancel(enrolment_id: UUID) -> EnrolmentView:
    """Cancel one's enrolment."""
    return cancel_enrolment(work(), principal(), enrolment_id)


@blp.route("/enrolments/<uuid:enrolment_id>/attendance", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409)
@blp.arguments(AttendanceIn)
@blp.response(200, EnrolmentView)
def put_attendance(body: dict[str, Any], enrolment_id: UUID) -> EnrolmentView:
    """Record or correct whether somebody came."""
    return record_attendance(work(), principal(), enrolment_id, **body)
