"""What an employee finds wrong in their own data: requested, and answered once."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.pagination import PageRequest
from chassis.views import view_of
from personnel.domain.errors import CorrectionAlreadyResolved


class CorrectionStatus(StrEnum):
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class RequestCorrection:
    field: str
    wanted: str
    note: str = ""


@dataclass(frozen=True)
class ResolveCorrection:
    request_id: UUID
    expected_version: int | None
    outcome: CorrectionStatus
    answer: str


@dataclass(frozen=True)
class ListCorrections:
    page: PageRequest
    status: CorrectionStatus | None = None


@dataclass(frozen=True)
class CorrectionRequest:
    id: UUID
    employee_id: UUID
    field: str
    wanted: str
    note: str
    created_at: datetime
    status: CorrectionStatus = CorrectionStatus.OPEN
    version: int = 1
    resolved_at: datetime | None = None
    resolved_by: UUID | None = None
    answer: str | None = None

    def require_open(self) -> None:
        """Raise CorrectionAlreadyResolved."""
        if self.status is not CorrectionStatus.OPEN:
            raise CorrectionAlreadyResolved

    def resolved(self, outcome: CorrectionStatus, answer: str, by: UUID, now: datetime) -> "CorrectionRequest":
        """Return it answered; the correction itself is made by the call that fits it."""
        self.require_open()
        return replace(self, status=outcome, answer=answer, resolved_by=by, resolved_at=now, version=self.version + 1)


@dataclass(frozen=True)
class CorrectionRequestView:
    id: UUID
    employee_id: UUID
    field: str
    wanted: str
    note: str
    status: CorrectionStatus
    version: int
    created_at: datetime
    resolved_at: datetime | None
    answer: str | None

    @classmethod
    def of(cls, request: CorrectionRequest) -> "CorrectionRequestView":
        return view_of(cls, request)
