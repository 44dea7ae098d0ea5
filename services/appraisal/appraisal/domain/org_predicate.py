"""The organisation predicate of a unit for a period: set anew each time, the latest counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.periods import Period
from appraisal.domain.values import OrgPredicate
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


class SetterCapacity(StrEnum):
    LEADER_ABOVE = "LEADER_ABOVE"
    HR = "HR"


@dataclass(frozen=True)
class SetOrgPredicate:
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    predicate: OrgPredicate
    reason: str = ""

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True)
class OrgPredicateRecord:
    id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    predicate: OrgPredicate
    set_by: UUID
    capacity: SetterCapacity
    reason: str
    set_at: datetime
    replaced_at: Annotated[datetime | None, Meta(description="since when the agency has other periods: no more")]

    @classmethod
    def set(
        cls, record_id: UUID, command: SetOrgPredicate, set_by: UUID, capacity: SetterCapacity, now: datetime
    ) -> "OrgPredicateRecord":
        named = {"id": record_id, "set_by": set_by, "capacity": capacity, "set_at": now, "replaced_at": None}
        return view_of(cls, command, **named)


def require_reason(capacity: SetterCapacity, reason: str) -> None:
    """The leader of the unit above sets it (SE MenPANRB 3/2023); HR may on their behalf, with the reason."""
    if capacity is SetterCapacity.HR and not reason.strip():
        expected = "alasan, karena ditetapkan pengelola kinerja atas nama pimpinan"
        raise InvalidInput(errors=[FieldError("reason", "reason_required", reason, expected)])


@dataclass(frozen=True)
class OrgPredicatesView:
    """Every organisation predicate that a unit ever had, newest first."""

    items: tuple[OrgPredicateRecord, ...]
