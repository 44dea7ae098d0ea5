"""Sessions: enrolment, attendance, certificates."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from training.domain.enrolment import BatchView, EnrolmentView, ListEnrolments
from training.domain.session import ChangeSession, ListSessions, SessionView
from training.http.access import EVERYBODY, HR, PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.courses_schemas import SessionIn
from training.http.fields import ForPersonIn, MoveReasonIn
from training.http.sessions_schemas import AttendanceIn, CertificatesIn, EnrolmentsQuery, SessionsQuery
from training.use_cases.enrolments import cancel
from training.use_cases.enrolments import enrol as enrolment
from training.use_cases.enrolments.read import list_enrolments, list_participants
from training.use_cases.sessions.call_off import call_off_session
from training.use_cases.sessions.change import change_session
from training.use_cases.sessions.issue_certificates import IssueCertificates, issue_certificates
from training.use_cases.sessions.mark_attendance import MarkAttendance, mark_attendance
from training.use_cases.sessions.read import list_sessions, show_session

blp = ServiceBlueprint("sessions", url_prefix=PREFIX, description="Sessions and enrolments")


@blp.route("/sessions", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(SessionsQuery, location="query")
@blp.response(200, Page[SessionView])
def get_sessions(query: dict[str, Any]) -> Page[SessionView]:
    """Sessions, newest first."""
    return list_sessions(work(), principal(), ListSessions(**query))


@blp.route("/sessions/<uuid:session_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, SessionView)
def get_session(session_id: UUID) -> SessionView:
    """One session with its free seats."""
    return with_etag(show_session(work(), principal(), session_id))


@blp.route("/sessions/<uuid:session_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(SessionIn)
@blp.response(200, SessionView)
def put_session(body: dict[str, Any], session_id: UUID) -> SessionView:
    """Change dates, place or seats; with more seats the waiting move up."""
    command = ChangeSession(session_id=session_id, expected_version=expected_version(), **body)
    return with_etag(change_session(work(), principal(), command))


@blp.route("/sessions/<uuid:session_id>/cancel", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, SessionView)
def cancel_session(body: dict[str, Any], session_id: UUID) -> SessionView:
    """Call a session off; all who are enrolled are released."""
    return call_off_session(work(), principal(), session_id, **body)


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(ForPersonIn)
@blp.response(201, EnrolmentView)
def post_enrolment(body: dict[str, Any], session_id: UUID) -> EnrolmentView:
    """Take a seat, or a place on the waiting list when there is none."""
    return enrolment.enrol(work(), principal(), session_id, **body)


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["GET"])
@allow(*READERS, relation=Relation.PARTICIPANT_READERS)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[EnrolmentView])
def get_participants(query: dict[str, Any], session_id: UUID) -> Page[EnrolmentView]:
    """Who is in a session."""
    return list_participants(work(), principal(), session_id, **query)


@blp.route("/sessions/<uuid:session_id>/attendance", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.TRAINERS)
@idempotent
@problems(409)
@blp.arguments(AttendanceIn)
@blp.response(200, BatchView)
def post_attendance(body: dict[str, Any], session_id: UUID) -> BatchView:
    """Mark who was there, many in one call; each item has its own outcome. A later mark corrects an earlier one."""
    return mark_attendance(work(), principal(), MarkAttendance(session_id, **body))


@blp.route("/sessions/<uuid:session_id>/certificates", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(CertificatesIn)
@blp.response(200, BatchView)
def post_certificates(body: dict[str, Any], session_id: UUID) -> BatchView:
    """Issue certificates, many in one call; each item has its own outcome, and a repeat books nothing twice."""
    return issue_certificates(work(), principal(), IssueCertificates(session_id, **body))


@blp.route("/enrolments", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(EnrolmentsQuery, location="query")
@blp.response(200, Page[EnrolmentView])
def get_enrolments(query: dict[str, Any]) -> Page[EnrolmentView]:
    """Enrolments: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    return list_enrolments(work(), principal(), ListEnrolments(**query))


@blp.route("/enrolments/<uuid:enrolment_id>/cancel", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, EnrolmentView)
def cancel_enrolment(body: dict[str, Any], enrolment_id: UUID) -> EnrolmentView:
    """Free the seat; the longest waiting moves up."""
    return cancel.cancel_enrolment(work(), principal(), enrolment_id, **body)
