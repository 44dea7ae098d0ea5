"""Sessions: enrolment, attendance, certificates."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from training.http.access import (
    EVERYBODY,
    HR,
    IF_MATCH,
    NOT_OWN,
    PARTICIPANT_READERS,
    PERSON_ACTORS,
    PERSON_READERS,
    PREFIX,
    TRAINERS,
)
from training.http.catalogue_schemas import (
    AttendanceIn,
    CertificatesIn,
    EnrolmentArgs,
    EnrolmentOut,
    OutcomesOut,
    SessionArgs,
    SessionIn,
    SessionOut,
)
from training.http.fields import Reason, SomePerson
from training.http.pages import before_id, one_page
from training.use_cases import enrol as enrolments
from training.use_cases import list_enrolments as lists
from training.use_cases import list_sessions as choices
from training.use_cases import save_session
from training.use_cases.issue_certificates import issue_certificates
from training.use_cases.mark_attendance import mark_attendance

blp = ServiceBlueprint("sessions", url_prefix=PREFIX, description="Sessions and enrolments")


@blp.route("/sessions", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(SessionArgs, location="query")
@blp.response(200, page_of(SessionOut))
def get_sessions(args: dict[str, Any]) -> Any:
    """Sessions, newest first."""
    rows = choices.list_sessions(work(), principal(), args, before=before_id(args), limit=args["limit"])
    return one_page(rows, args["limit"])


@blp.route("/sessions/<uuid:session_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, SessionOut)
def get_session(session_id: UUID) -> Any:
    """One session with its free seats."""
    found = choices.show_session(work(), principal(), session_id)
    etag(found["version"])
    return found


@blp.route("/sessions/<uuid:session_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(SessionIn)
@blp.response(200, SessionOut)
def change_session(body: dict[str, Any], session_id: UUID) -> Any:
    """Change dates, place or seats; more seats let the waiting move up."""
    found = save_session.change_session(work(), principal(), session_id, body, expected_version())
    etag(found["version"])
    return found


@blp.route("/sessions/<uuid:session_id>/cancel", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, SessionOut)
def call_off_session(body: dict[str, Any], session_id: UUID) -> Any:
    """Call a session off; all who are enrolled are released."""
    return save_session.call_off_session(work(), principal(), session_id, body["reason"])


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["POST"])
@allow("employee", "hr_officer", relation=PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(SomePerson)
@blp.response(201, EnrolmentOut)
def enrol(body: dict[str, Any], session_id: UUID) -> Any:
    """Take a seat, or a place on the waiting list when there is none."""
    return enrolments.enrol(work(), principal(), session_id, body["employee_id"])


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["GET"])
@allow("employee", "hr_officer", "inspector", relation=PARTICIPANT_READERS)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(EnrolmentOut))
def get_participants(args: dict[str, Any], session_id: UUID) -> Any:
    """Who is in a session."""
    rows = lists.list_participants(work(), principal(), session_id, before=before_id(args), limit=args["limit"])
    return one_page(rows, args["limit"])


@blp.route("/sessions/<uuid:session_id>/attendance", methods=["POST"])
@allow("employee", "hr_officer", relation=TRAINERS)
@problems(409)
@blp.arguments(AttendanceIn)
@blp.response(200, OutcomesOut)
def mark(body: dict[str, Any], session_id: UUID) -> Any:
    """Mark who was there, many in one call; each item has its own outcome. A later mark corrects an earlier one."""
    return {"items": mark_attendance(work(), principal(), session_id, body["entries"])}


@blp.route("/sessions/<uuid:session_id>/certificates", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(CertificatesIn)
@blp.response(200, OutcomesOut)
def certify(body: dict[str, Any], session_id: UUID) -> Any:
    """Issue certificates, many in one call; each item has its own outcome, and a repeat books nothing twice."""
    return {"items": issue_certificates(work(), principal(), session_id, body["items"])}


@blp.route("/enrolments", methods=["GET"])
@allow("employee", "hr_officer", "inspector", relation=PERSON_READERS)
@problems(404)
@blp.arguments(EnrolmentArgs, location="query")
@blp.response(200, page_of(EnrolmentOut))
def get_enrolments(args: dict[str, Any]) -> Any:
    """Enrolments: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    rows = lists.list_enrolments(
        work(),
        principal(),
        employee_id=args["employee_id"],
        team=args["team"],
        state=args["state"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("/enrolments/<uuid:enrolment_id>/cancel", methods=["POST"])
@allow("employee", "hr_officer", relation=PERSON_ACTORS)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, EnrolmentOut)
def cancel_enrolment(body: dict[str, Any], enrolment_id: UUID) -> Any:
    """Give the seat back; the longest waiting moves up."""
    return enrolments.cancel_enrolment(work(), principal(), enrolment_id, body["reason"])
