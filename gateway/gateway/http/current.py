"""What a view knows about the request beyond its caller."""

from typing import cast
from uuid import UUID

import jwt
from flask import Response, after_this_request, current_app, request

from gateway.domain.people import OpenedSession, Visitor
from gateway.house import House
from gateway.settings import Settings

COOKIE = "suar_session"


def house() -> House:
    return cast("House", current_app.extensions["suar_house"])


def visitor() -> Visitor:
    """Where the request comes from, as the edge says."""
    address = request.headers.get("X-Real-IP") or request.remote_addr or "local"
    return Visitor(address[:64], request.headers.get("User-Agent", "")[:200])


def session_id() -> UUID | None:
    """The session behind the internal token, whose signature the chassis has verified already."""
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    sid = jwt.decode(token, options={"verify_signature": False}).get("sid")
    return UUID(sid) if sid else None


def give_cookie(opened: OpenedSession) -> None:
    """Send the session to a browser as a cookie that no script can read and no other site can use."""
    settings = cast("Settings", current_app.extensions["suar_settings"])
    seconds = int((opened.expires_at - house().now()).total_seconds())

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


def take_cookie() -> None:
    """Let a browser forget its session."""
    settings = cast("Settings", current_app.extensions["suar_settings"])

    @after_this_request
    def _clear(response: Response) -> Response:
        response.delete_cookie(COOKIE, path="/", secure=settings.cookie_secure, httponly=True, samesite="Strict")
        return response
