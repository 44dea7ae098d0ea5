"""One-time codes on paper or in a message: sixty bits, without letters that look alike."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.domain.account import Account, Purpose

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


@dataclass(frozen=True)
class OneTimeCode:
    """An activation or reset code, of which only the digest is stored. `of_two`: a second person has agreed to it."""

    digest: bytes
    agency_id: str
    account_id: UUID
    purpose: Purpose
    expires_at: datetime
    used_at: datetime | None
    created_at: datetime
    created_by: str
    of_two: bool = False

    @classmethod
    def issued(
        cls, digest: bytes, account: Account, now: datetime, expires_at: datetime, by: str, *, of_two: bool = False
    ) -> "OneTimeCode":
        """Return a new code for what the account needs now. Raise AccountClosed."""
        return cls(digest, account.agency_id, account.id, account.code_purpose, expires_at, None, now, by, of_two)

    def is_usable(self, purpose: Purpose, now: datetime) -> bool:
        return self.purpose == purpose and self.used_at is None and self.expires_at > now


def make_code(choose: Callable[[str], str]) -> str:
    """Return a new code in groups of four letters; `choose` picks one letter (secrets.choice)."""
    letters = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def normalise_code(typed: str) -> str:
    """Return a typed code in its stored spelling: capital letters, look-alikes replaced, no hyphens."""
    return typed.strip().upper().translate(_LOOKALIKES)


def code_digest(typed: str) -> bytes:
    """Return what is stored of a code; a fast hash is enough for random letters."""
    return hashlib.sha256(normalise_code(typed).encode()).digest()
