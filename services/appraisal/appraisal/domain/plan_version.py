"""A version of a plan: its content under a number, with a hash, and by whom it was submitted and agreed."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from appraisal.domain.plan_content import Content
from appraisal.domain.values import Capacity


class VersionState(StrEnum):
    """What became of a version; the one in force is that which the plan names as `active_version`."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    AGREED = "AGREED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class PlanVersion:
    """One version. While it is a draft its content changes; from its submission on it is as it was submitted."""

    plan_id: UUID
    number: int
    content: Content
    sha256: str
    state: VersionState
    submitted_by: UUID | None = None
    submitted_at: datetime | None = None
    agreed_by: UUID | None = None
    agreed_at: datetime | None = None
    agreed_capacity: Capacity | None = None

    @property
    def is_offered(self) -> bool:
        """Return whether others may rely on it: it is submitted, or was agreed."""
        return self.state in {VersionState.SUBMITTED, VersionState.AGREED}

    @classmethod
    def drafted(cls, plan_id: UUID, number: int, content: Content) -> "PlanVersion":
        return cls(plan_id, number, content, digest_of(content), VersionState.DRAFT)


def digest_of(content: Content) -> str:
    """Return the SHA-256 of a content, in hexadecimal, over its canonical JSON in UTF-8.

    That is the form in which PostgreSQL writes jsonb: the keys of an object by length and then by bytes, a space after
    each comma and colon, nothing escaped but what JSON requires.
    """
    ordered = _ordered(msgspec.to_builtins(content))
    return sha256(json.dumps(ordered, ensure_ascii=False, separators=(", ", ": ")).encode()).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return {key: _ordered(value[key]) for key in keys}
    return [_ordered(one) for one in value] if isinstance(value, list | tuple) else value
