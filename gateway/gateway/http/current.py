"""The parts of a request that views need besides its caller."""

from typing import cast
from uuid import UUID

import jwt
from flask import Response, after_this_request, current_app, request

from gateway.dependencies import IdentityServices
from gateway.domain.client_info import ClientInfo
from gateway.domain.session import OpenedSessionView
from gateway.persistence.token_lookup import TokenLookup
from gateway.settings import Settings

COOKIE = "suar_session"


def services() -> IdentityServices:
    return cast("IdentityServices", current_app.extensions["suar_services"])


def token_lookup() -> TokenLookup:
    return cast("TokenLookup", current_app.extensions["suar_token_lookup"])


def client_info() -> ClientInfo:
    """Return where the request comes from, as the edge reports it."""
    address = request.headers.get("X-Real-IP") or request.remote_addr or "local"
    return ClientInfo(address[:64], request.headers.get("User-Agent", "")[:200])


def session_id() -> UUID | None:
    """Return the session of the internal token, whose signature the chassis has verified already."""
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    sid = jwt.decode(token, options={"verify_signature": False}).get("sid")
    return UUID(sid) if sid else None


def with_cookie(opened: OpenedSessionView) -> OpenedSessionView:
    """Send the session to a browser also as a cookie that no script can read and no other site can use."""
    settings = cast("Settings", current_app.extensions["suar_settings"])
    seconds = int((opened.expires_at - services().now()).total_seconds())

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            opened.token,
            max_age=seconds,
            path="/",
            secure=settings.cookie_secure,
            httponly=True,
            samesite="Strict",
        )
        return response

    return opened


def delete_cookie() -> None:
    """Delete the session's cookie in the browser."""
    settings = cast("Settings", current_app.extensions["suar_settings"])

    @after_this_request
    def _clear(response: Response) -> Response:
        response.delete_cookie(COOKIE, path="/", secure=settings.cookie_secure, httponly=True, samesite="Strict")
        return response
