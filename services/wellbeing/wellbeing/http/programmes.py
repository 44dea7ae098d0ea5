"""Wellness programmes, check-ups done or not, flexible working."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import (
    PageArgs,
    ServiceBlueprint,
    etag,
    idempotent,
    page,
    page_of,
    principal,
    problems,
    require_match,
    work,
)
from wellbeing.use_cases.cancel_enrolment import cancel_enrolment
from wellbeing.use_cases.create_programme import create_programme
from wellbeing.use_cases.decide_arrangement import decide_arrangement
from wellbeing.use_cases.enrol import enrol
from wellbeing.use_cases.list_arrangements import list_arrangements
from wellbeing.use_cases.list_attendance import list_attendance
from wellbeing.use_cases.list_own_enrolments import list_own_enrolments
from wellbeing.use_cases.list_programmes import list_programmes
from wellbeing.use_cases.plan_session import plan_session
from wellbeing.use_cases.programme_view import EnrolmentView, ProgrammeView
from wellbeing.use_cases.read_own_check_up import read_own_check_up
from wellbeing.use_cases.record_attendance import record_attendance
from wellbeing.use_cases.record_check_up import CheckUpView, record_check_up
from wellbeing.use_cases.request_arrangement import ArrangementView, request_arrangement

from .access import EVERYBODY, OFFICER, PREFIX
from .cursors import after_id, of_id
from .programme_schemas import (
    ArrangementIn,
    ArrangementOut,
    AttendanceIn,
    CheckUpIn,
    CheckUpOut,
    DecisionIn,
    EnrolmentOut,
    EnrolmentsOut,
    ProgrammeIn,
    ProgrammeOut,
    SessionIn,
    YearArgs,
)

blp = ServiceBlueprint("programmes", url_prefix=PREFIX, description="Programmes: enrolment and attendance only")


@blp.route("/programmes", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(ProgrammeIn)
@blp.response(201, ProgrammeOut)
def post_programme(body: dict[str, Any]) -> ProgrammeView:
    """Set up a programme."""
    return create_programme(work(), principal(), **body)


@blp.route("/programmes", methods=["GET"])
@allow(*EVERYBODY, *OFFICER)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(ProgrammeOut))
def get_programmes(query: dict[str, Any]) -> dict[str, Any]:
    """List programmes with their sessions and the seats left."""
    views, last = list_programmes(work(), principal(), after=after_id(query["cursor"]), limit=query["limit"])
    return page(views, of_id(last))


@blp.route("/programmes/<uuid:programme_id>/sessions", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(404, 409)
@blp.arguments(SessionIn)
@blp.response(201, ProgrammeOut)
def post_session(body: dict[str, Any], programme_id: UUID) -> ProgrammeView:
    """Plan a session of a programme."""
    return plan_session(work(), principal(), programme_id, **body)


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["POST"])
@allow(*EVERYBODY)
@problems(404, 409)
@blp.response(201, EnrolmentOut)
def post_enrolment(session_id: UUID) -> EnrolmentView:
    """Enrol oneself."""
    return enrol(work(), principal(), session_id)


@blp.route("/sessions/<uuid:session_id>/enrolments", methods=["GET"])
@allow(*OFFICER)
@problems(404)
@blp.response(200, EnrolmentsOut)
def get_session_enrolments(session_id: UUID) -> dict[str, Any]:
    """See who is enrolled, to record attendance."""
    return {"items": list_attendance(work(), principal(), session_id)}


@blp.route("/enrolments", methods=["GET"])
@allow(*EVERYBODY, relation="one's own")
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(EnrolmentOut))
def get_enrolments(query: dict[str, Any]) -> dict[str, Any]:
    """List one's own enrolments."""
    views, last = list_own_enrolments(work(), principal(), after=after_id(query["cursor"]), limit=query["limit"])
    return page(views, of_id(last))


@blp.route("/enrolments/<uuid:enrolment_id>/cancel", methods=["POST"])
@allow(*EVERYBODY, relation="one's own, before the session")
@problems(404, 409)
@blp.response(200, EnrolmentOut)
def post_cancel(enrolment_id: UUID) -> EnrolmentView:
    """Step back from a session."""
    return cancel_enrolment(work(), principal(), enrolment_id)


@blp.route("/enrolments/<uuid:enrolment_id>/attendance", methods=["PUT"])
@allow(*OFFICER)
@problems(404, 409)
@blp.arguments(AttendanceIn)
@blp.response(200, EnrolmentOut)
def put_attendance(body: dict[str, Any], enrolment_id: UUID) -> EnrolmentView:
    """Record or correct whether somebody came."""
    return record_attendance(work(), principal(), enrolment_id, present=body["present"])


@blp.route("/check-ups", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(CheckUpIn)
@blp.response(201, CheckUpOut)
def post_check_up(body: dict[str, Any]) -> CheckUpView:
    """Note that a check-up was done, or not, and when. There is no field for a result."""
    return record_check_up(work(), principal(), CheckUpView(**body))


@blp.route("/check-ups/mine", methods=["GET"])
@allow(*EVERYBODY, relation="one's own")
@blp.arguments(YearArgs, location="query")
@blp.response(200, CheckUpOut)
def get_check_up(query: dict[str, Any]) -> CheckUpView:
    """See whether one's own check-up of a year is noted."""
    return read_own_check_up(work(), principal(), query["year"])


@blp.route("/arrangements", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(ArrangementIn)
@blp.response(201, ArrangementOut)
def post_arrangement(body: dict[str, Any]) -> ArrangementView:
    """Ask for flexible working."""
    return _tagged(request_arrangement(work(), principal(), **body))


@blp.route("/arrangements", methods=["GET"])
@allow(*EVERYBODY, relation="one's own, and those of the people one rates")
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(ArrangementOut))
def get_arrangements(query: dict[str, Any]) -> dict[str, Any]:
    """List requests for flexible working."""
    views, last = list_arrangements(work(), principal(), after=after_id(query["cursor"]), limit=query["limit"])
    return page(views, of_id(last))


@blp.route("/arrangements/<uuid:arrangement_id>/decision", methods=["POST"])
@allow(*EVERYBODY, relation="the person's appraiser; WITHDRAWN: the person")
@problems(404, 409, 412, 428)
@blp.arguments(DecisionIn)
@blp.response(200, ArrangementOut)
def post_decision(body: dict[str, Any], arrangement_id: UUID) -> ArrangementView:
    """Grant, refuse or withdraw; If-Match names the version that was read."""
    return _tagged(decide_arrangement(work(), principal(), arrangement_id, body["decision"], require_match))


def _tagged(view: ArrangementView) -> ArrangementView:
    etag(view.version)
    return view
