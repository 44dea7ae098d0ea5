"""Sign-in, sessions and the own account."""

from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_public
from chassis.errors import NotFound
from chassis.http import ServiceBlueprint, not_idempotent, principal, problems, work
from chassis.pagination import Items
from gateway.domain.account_views import OwnAccountView
from gateway.domain.session import EndedSessionsView, OpenedSessionView, SessionView
from gateway.http.access import ANY_PERSON, ANYBODY
from gateway.http.current import client_info, delete_cookie, require_own_origin, services, session_id, with_cookie
from gateway.http.sessions_schemas import PasswordIn, RedeemIn, SignInIn
from gateway.use_cases.accounts.read_own import read_own_account
from gateway.use_cases.passwords.change import ChangePassword, change_password
from gateway.use_cases.passwords.redeem_code import RedeemCode, redeem_code
from gateway.use_cases.sessions.end import end_other_sessions, end_session
from gateway.use_cases.sessions.read import list_sessions
from gateway.use_cases.sessions.sign_in import SignIn, sign_in

SESSION_UNSTORED = "the answer holds a token, which is not stored"

blp = ServiceBlueprint("sessions", url_prefix="/api/v1/identity", description="Sign-in and sessions")


@blp.route("/sessions", methods=["POST"])
@allow_public(reason="here one signs in")
@not_idempotent(reason=SESSION_UNSTORED)
@problems(401, 403, 409)
@blp.arguments(SignInIn)
@blp.response(201, OpenedSessionView)
def open_session(body: dict[str, Any]) -> OpenedSessionView:
    """Sign in: an opaque token, in the body and as a cookie"""
    require_own_origin()
    return with_cookie(sign_in(work(), services(), client_info(), SignIn(**body)))


@blp.route("/activations", methods=["POST"])
@allow_public(reason="the code proves who it is")
@not_idempotent(reason=SESSION_UNSTORED)
@problems(401, 403)
@blp.arguments(RedeemIn)
@blp.response(201, OpenedSessionView)
def activate(body: dict[str, Any]) -> OpenedSessionView:
    """Set the first password with an activation code, and be signed in"""
    require_own_origin()
    return with_cookie(redeem_code(work(), services(), client_info(), RedeemCode("ACTIVATION", **body)))


@blp.route("/password-resets", methods=["POST"])
@allow_public(reason="the code proves who it is")
@not_idempotent(reason=SESSION_UNSTORED)
@problems(401, 403)
@blp.arguments(RedeemIn)
@blp.response(201, OpenedSessionView)
def reset_password(body: dict[str, Any]) -> OpenedSessionView:
    """Set a new password with a reset code; all other sessions end"""
    require_own_origin()
    return with_cookie(redeem_code(work(), services(), client_info(), RedeemCode("RESET", **body)))


@blp.route("/me", methods=["GET"])
@allow(*ANYBODY, relation="self")
@problems(404)
@blp.response(200, OwnAccountView)
def who_am_i() -> OwnAccountView:
    """Who the caller is, with the CSRF token of the present session"""
    return read_own_account(work(), services(), principal(), session_id())


@blp.route("/password", methods=["PUT"])
@allow(*ANY_PERSON, relation="self")
@problems(404)
@blp.arguments(PasswordIn)
@blp.response(204)
def put_password(body: dict[str, Any]) -> None:
    """Change one's own password; all other sessions end"""
    change_password(work(), services(), principal(), ChangePassword(client_info(), session_id(), **body))


@blp.route("/sessions", methods=["GET"])
@allow(*ANYBODY, relation="own sessions")
@blp.response(200, Items[SessionView])
def get_sessions() -> Items[SessionView]:
    """One's own living sessions"""
    return list_sessions(work(), services(), principal(), session_id())


@blp.route("/sessions/current", methods=["DELETE"])
@allow(*ANYBODY, relation="own session")
@problems(404)
@blp.response(204)
def sign_out() -> None:
    """Sign out"""
    delete_cookie()
    current = session_id()
    if current is None:
        raise NotFound(object="sesi", id="current")
    end_session(work(), services(), principal(), current)


@blp.route("/sessions/others", methods=["DELETE"])
@allow(*ANYBODY, relation="own sessions")
@blp.response(200, EndedSessionsView)
def sign_out_elsewhere() -> EndedSessionsView:
    """End all of one's own sessions but this one"""
    return end_other_sessions(work(), services(), principal(), session_id())


@blp.route("/sessions/<uuid:session>", methods=["DELETE"])
@allow(*ANYBODY, relation="own session")
@blp.response(204)
def end_one_session(session: UUID) -> None:
    """End one of one's own sessions"""
    end_session(work(), services(), principal(), session)
