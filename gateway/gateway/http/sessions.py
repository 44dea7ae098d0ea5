"""Coming in, being in, going out."""

from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_public
from chassis.errors import NotFound
from chassis.http import ServiceBlueprint, principal, problems, work
from gateway.domain.people import OpenedSession
from gateway.http import schemas
from gateway.http.access import ANY_PERSON, ANYBODY
from gateway.http.current import give_cookie, house, session_id, take_cookie, visitor
from gateway.use_cases.change_password import change_password
from gateway.use_cases.end_session import end_other_sessions, end_session
from gateway.use_cases.list_sessions import list_sessions
from gateway.use_cases.read_me import Me, read_me
from gateway.use_cases.redeem_code import redeem_code
from gateway.use_cases.sign_in import SignIn, sign_in

blp = ServiceBlueprint("sessions", url_prefix="/api/v1/identity", description="Sign-in and sessions")


@blp.route("/sessions", methods=["POST"])
@allow_public(reason="here one signs in")
@problems(401, 403)
@blp.arguments(schemas.SignInIn)
@blp.response(201, schemas.OpenedSessionOut)
def open_session(body: dict[str, Any]) -> OpenedSession:
    """Sign in: an opaque token, in the body and as a cookie"""
    return _with_cookie(sign_in(work(), house(), visitor(), SignIn(**body)))


@blp.route("/activations", methods=["POST"])
@allow_public(reason="the code proves who it is")
@problems(403)
@blp.arguments(schemas.RedeemIn)
@blp.response(201, schemas.OpenedSessionOut)
def activate(body: dict[str, Any]) -> OpenedSession:
    """Set the first password with an activation code, and be signed in"""
    return _with_cookie(redeem_code(work(), house(), visitor(), purpose="ACTIVATION", **body))


@blp.route("/password-resets", methods=["POST"])
@allow_public(reason="the code proves who it is")
@problems(403)
@blp.arguments(schemas.RedeemIn)
@blp.response(201, schemas.OpenedSessionOut)
def reset_password(body: dict[str, Any]) -> OpenedSession:
    """Set a new password with a reset code; all other sessions end"""
    return _with_cookie(redeem_code(work(), house(), visitor(), purpose="RESET", **body))


@blp.route("/me", methods=["GET"])
@allow(*ANYBODY, relation="self")
@problems(404)
@blp.response(200, schemas.MeOut)
def who_am_i() -> Me:
    """Who the caller is, with the CSRF token of the present session"""
    return read_me(work(), house(), principal(), session_id())


@blp.route("/password", methods=["PUT"])
@allow(*ANY_PERSON, relation="self")
@problems(404)
@blp.arguments(schemas.PasswordIn)
@blp.response(204)
def put_password(body: dict[str, Any]) -> None:
    """Change one's own password; all other sessions end"""
    change_password(
        work(),
        house(),
        principal(),
        visitor(),
        session_id=session_id(),
        old=body["old_password"],
        new=body["new_password"],
    )


@blp.route("/sessions", methods=["GET"])
@allow(*ANYBODY, relation="own sessions")
@blp.response(200, schemas.SessionsOut)
def get_sessions() -> dict[str, Any]:
    """One's own living sessions"""
    return {"items": list_sessions(work(), house(), principal(), session_id())}


@blp.route("/sessions/current", methods=["DELETE"])
@allow(*ANYBODY, relation="own session")
@problems(404)
@blp.response(204)
def sign_out() -> None:
    """Sign out"""
    take_cookie()
    current = session_id()
    if current is None:
        raise NotFound(object="sesi", id="current")
    end_session(work(), house(), principal(), current)


@blp.route("/sessions/others", methods=["DELETE"])
@allow(*ANYBODY, relation="own sessions")
@blp.response(200, schemas.EndedOut)
def sign_out_elsewhere() -> dict[str, int]:
    """End all of one's own sessions but this one"""
    return {"ended": end_other_sessions(work(), house(), principal(), session_id())}


@blp.route("/sessions/<uuid:session>", methods=["DELETE"])
@allow(*ANYBODY, relation="own session")
@blp.response(204)
def end_one_session(session: UUID) -> None:
    """End one of one's own sessions"""
    end_session(work(), house(), principal(), session)


def _with_cookie(opened: OpenedSession) -> OpenedSession:
    give_cookie(opened)
    return opened
