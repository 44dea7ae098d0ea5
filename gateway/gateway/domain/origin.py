"""Did a browser's change come from our own page? (CSRF)

A browser sends the session cookie by itself, so for unsafe methods the cookie alone proves nothing. Bearer tokens are
never sent by themselves and need no such proof.
"""

import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """What the request shows: its Origin and X-CSRF-Token headers, and the origin under which we were addressed."""

    origin: str
    csrf_token: str
    own_origin: str


def comes_from_our_page(evidence: Evidence, session_csrf_token: str, public_origins: frozenset[str]) -> bool:
    """Refuse a foreign Origin whatever else is shown; take our own; without one ask for the session's own token."""
    ours = public_origins or frozenset({evidence.own_origin})
    if evidence.origin:
        return evidence.origin in ours
    return hmac.compare_digest(evidence.csrf_token.encode(), session_csrf_token.encode())
