"""Flexible working arrangements: requested, and decided once; the weekly hours stay due (Perpres 21/2023)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from wellbeing.domain.errors import ArrangementDecided


class Flexibility(StrEnum):
    PLACE = "PLACE"
    TIME = "TIME"
    PLACE_AND_TIME = "PLACE_AND_TIME"


class ArrangementState(StrEnum):
    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


MOVES: Mapping[ArrangementState, tuple[ArrangementState, ...]] = {
    ArrangementState.REQUESTED: (ArrangementState.APPROVED, ArrangementState.REJECTED, ArrangementState.WITHDRAWN),
    ArrangementState.APPROVED: (),
    ArrangementState.REJECTED: (),
    ArrangementState.WITHDRAWN: (),
}


@dataclass(frozen=True)
class RequestArrangement:
    flexibility: Flexibility
    begins_on: date
    ends_on: date

    def require_days(self, today: date) -> None:
        """Raise InvalidInput for days that are past or in the wrong order."""
        faults = []
        if self.begins_on < today:
            faults.append(FieldError("begins_on", "in_the_past", self.begins_on, f"{today} atau sesudahnya"))
        if self.ends_on < self.begins_on:
            expected = f"{self.begins_on} atau sesudahnya"
            faults.append(FieldError("ends_on", "ends_before_begin", self.ends_on, expected))
        if faults:
            raise InvalidInput(errors=faults)


@dataclass(frozen=True)
class DecideArrangement:
    arrangement_id: UUID
    expected_version: int | None
    decision: ArrangementState


@dataclass(frozen=True)
class Arrangement:
    arrangement_id: UUID
    employee_id: UUID
    flexibility: Flexibility
    begins_on: date
    ends_on: date
    weekly_hours: Decimal
    reference_version: str
    state: ArrangementState = ArrangementState.REQUESTED
    decided_by: UUID | None = None
    version: int = 1

    def decided(self, decision: ArrangementState, by: UUID) -> "Arrangement":
        """Return it decided. Raise ArrangementDecided when that was done before."""
        if decision not in MOVES[self.state]:
            raise ArrangementDecided(state=self.state.value)
        return replace(self, state=decision, decided_by=by, version=self.version + 1)


@dataclass(frozen=True)
class ArrangementView:
    arrangement_id: UUID
    employee_id: UUID
    flexibility: Flexibility
    begins_on: date
    ends_on: date
    state: ArrangementState
    weekly_hours: Decimal
    reference_version: str
    version: int

    @classmethod
    def of(cls, arrangement: Arrangement) -> "ArrangementView":
        return view_of(cls, arrangement)
