"""The parts of a request that views need besides its caller."""

from datetime import timedelta
from typing import cast
from uuid import UUID

import jwt
from flask import Response, after_this_request, current_app, request

from gateway.dependencies import IdentityServices
from gateway.domain.client_info import ClientInfo
from gateway.domain.devices import KEPT
from gateway.domain.errors import OriginRefused
from gateway.domain.session import OpenedSessionView
from gateway.persistence.token_lookup import TokenLookup
from gateway.settings import Settings

SESSION_COOKIE, DEVICE_COOKIE = "suar_session", "suar_device"


def services() -> IdentityServices:
    return cast("IdentityServices", current_app.extensions["suar_services"])


def token_lookup() -> TokenLookup:
    return cast("TokenLookup", current_app.extensions["suar_token_lookup"])


def client_info() -> ClientInfo:
    """Return where the request comes from, as the edge reports it."""
    address = request.headers.get("X-Real-IP") or request.remote_addr or "local"
    notes = request.headers.get("X-Device-Cookie", "")
    return ClientInfo(address[:64], request.headers.get("User-Agent", "")[:200], notes)


def cookie_name(name: str) -> str:
    """Return the name under which a browser keeps a cookie; with TLS no page of another host may set it."""
    settings = cast("Settings", current_app.extensions["suar_settings"])
    return f"__Host-{name}" if settings.cookie_secure else name


def session_id() -> UUID | None:
    """Return the session of the internal token, whose signature the chassis has verified already."""
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    sid = jwt.decode(token, options={"verify_signature": False}).get("sid")
    return UUID(sid) if sid else None


def require_own_origin() -> None:
    """Raise OriginRefused where a page that is not ours would sign somebody in; programs send no Origin."""
    sent = request.headers.get("Origin", "")
    scheme = request.headers.get("X-Forwarded-Proto", request.scheme)
    own = f"{scheme}://{request.headers.get('X-Forwarded-Host', request.host)}"
    if sent and sent not in (services().public_origins or {own}):
        raise OriginRefused


def with_cookie(opened: OpenedSessionView) -> OpenedSessionView:
    """Send the session to a browser also as a cookie that no script can read and no other site can use.

    A second cookie notes that the account has signed in from this browser.
    """
    now = services().now()
    note = services().key.with_note(client_info().device_notes, opened.account.account_id, now)
    _set_cookie(SESSION_COOKIE, opened.token, opened.expires_at - now)
    _set_cookie(DEVICE_COOKIE, note, KEPT)
    return opened


def _set_cookie(name: str, value: str, age: timedelta) -> None:
    settings = cast("Settings", current_app.extensions["suar_settings"])

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            cookie_name(name),
            value,
            max_age=int(age.total_seconds()),
            path="/",
            secure=settings.cookie_secure,
            httponly=True,
            samesite="Strict",
        )
        return response


def delete_cookie() -> None:
    """Delete the session's cookie in the browser."""
    settings = cast("Settings", current_app.extensions["suar_settings"])

    @after_this_request
    def _clear(response: Response) -> Response:
        response.delete_cookie(
            cookie_name(SESSION_COOKIE), path="/", secure=settings.cookie_secure, httponly=True, samesite="Strict"
        )
        return response
