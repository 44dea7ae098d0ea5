"""A version of a plan: its content under a number, with a hash, and by whom it was submitted and agreed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from appraisal.domain.canonical import digest_of
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
