"""Devices from which somebody has signed in: a signed note that the browser keeps, one for each account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

AUDIENCE = "suar-device"
KEPT = timedelta(days=180)
# Several people may share a browser; their notes stand in one cookie.
MOST_NOTES = 4
SEPARATOR = "~"


@dataclass(frozen=True)
class Device:
    """One browser, known to one account. It opens nothing: it only is not counted together with strangers."""

    id: UUID
    account_id: UUID

    def claims(self, now: datetime) -> dict[str, Any]:
        until = int((now + KEPT).timestamp())
        return {"aud": AUDIENCE, "sub": str(self.account_id), "device": str(self.id), "exp": until}

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "Device":
        return cls(UUID(claims["device"]), UUID(claims["sub"]))


def notes_of(cookie: str) -> Sequence[str]:
    """Return the signed notes in a cookie."""
    return [note for note in cookie.split(SEPARATOR)[:MOST_NOTES] if note]
