"""Whether a browser's change comes from our own page (protection against CSRF).

A browser sends the session cookie by itself, so for unsafe methods the cookie alone is no proof. Bearer tokens are
never sent by themselves and need none.
"""

import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """The request's Origin and X-CSRF-Token headers, and the origin under which this system was addressed."""

    origin: str
    csrf_token: str
    own_origin: str


def comes_from_our_page(evidence: Evidence, session_csrf_token: str, public_origins: frozenset[str]) -> bool:
    """Return True for our own Origin, False for a foreign one; without an Origin compare the CSRF token."""
    ours = public_origins or frozenset({evidence.own_origin})
    if evidence.origin:
        return evidence.origin in ours
    return hmac.compare_digest(evidence.csrf_token.encode(), session_csrf_token.encode())
