"""Somebody acts for an official (Plt., Plh.) or appraises by delegation, for a number of days.

Plh. stands in for an official who is there again soon, Plt. for a post that is vacant (SE BKN 1/SE/I/2021). What an
order may contain is for the appointing official, and is not tested here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.people import EmployeeStatus
from personnel.domain.errors import (
    NothingChanged,
    OwnAppraisal,
    SubstituteNotInService,
    SubstitutionOverlaps,
    SubstitutionWithdrawn,
)
from personnel.domain.records import SuperiorRecord
from personnel.domain.series import in_force, standing
from personnel.domain.timeline import Stretch


class SubstitutionKind(StrEnum):
    PLT = "PLT"
    PLH = "PLH"
    DELEGATION = "DELEGATION"

    @property
    def is_acting(self) -> bool:
        return self is not SubstitutionKind.DELEGATION


class SubstitutionScope(StrEnum):
    """What a substitute does in place of an official."""

    APPRAISE = "APPRAISE"
    REVIEW = "REVIEW"
    LEAD_UNIT = "LEAD_UNIT"


@dataclass(frozen=True)
class RecordSubstitution:
    kind: SubstitutionKind
    in_place_of_id: UUID
    substitute_id: UUID
    first_day: date
    last_day: date | None
    order_number: str
    scope: Sequence[SubstitutionScope]
    employee_ids: Sequence[UUID] | None = None


@dataclass(frozen=True)
class ChangeSubstitution:
    substitution_id: UUID
    expected_version: int | None
    last_day: date | None


@dataclass(frozen=True)
class WithdrawSubstitution:
    substitution_id: UUID
    expected_version: int | None
    reason: str


@dataclass(frozen=True)
class ListSubstitutions:
    """`employee_id`: as substitute or as official; `on`: those that hold on a day."""

    page: PageRequest
    kind: SubstitutionKind | None = None
    employee_id: UUID | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Substitution:
    """`employee_ids` None: all whom the official appraises. Withdrawn: it was never so."""

    id: UUID
    kind: SubstitutionKind
    in_place_of_id: UUID
    substitute_id: UUID
    first_day: date
    last_day: date | None
    order_number: str
    scope: Sequence[SubstitutionScope]
    employee_ids: Sequence[UUID] | None
    recorded_at: datetime
    recorded_by: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawal_reason: str | None = None
    version: int = 1

    @classmethod
    def recorded(cls, substitution_id: UUID, command: RecordSubstitution, by: UUID, now: datetime) -> "Substitution":
        """Return a new substitution. Raise InvalidInput for days, scope or people that do not fit its kind."""
        made = view_of(cls, command, id=substitution_id, recorded_at=now, recorded_by=by, version=1, **_VALID)
        faults = [*made.day_faults(), *made.people_faults()]
        if faults:
            raise InvalidInput(errors=faults)
        return made

    def ending(self, last_day: date | None) -> "Substitution":
        """Return it with another last day. Raise SubstitutionWithdrawn, NothingChanged, InvalidInput."""
        self.require_valid()
        if last_day == self.last_day:
            raise NothingChanged
        after = replace(self, last_day=last_day)
        if faults := after.day_faults():
            raise InvalidInput(errors=faults)
        return after

    def lasts_longer_than(self, other: "Substitution") -> bool:
        return other.last_day is not None and (self.last_day is None or self.last_day > other.last_day)

    def withdrawn(self, by: UUID, reason: str, now: datetime) -> "Substitution":
        """Return it withdrawn: it was never so. Raise SubstitutionWithdrawn."""
        self.require_valid()
        return replace(self, withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason)

    def require_valid(self) -> None:
        """Raise SubstitutionWithdrawn."""
        if self.withdrawn_at is not None:
            raise SubstitutionWithdrawn

    def require_alone(self, others: Collection["Substitution"]) -> None:
        """Raise SubstitutionOverlaps when another one of the same kind holds for the official on one of its days."""
        for other in others:
            if other.id != self.id and self._collides_with(other):
                raise SubstitutionOverlaps(order=other.order_number, first_day=other.first_day)

    def require_of_others(self, superiors: Sequence[SuperiorRecord]) -> None:
        """Raise OwnAppraisal when the substitute, whose superiors these are, would appraise themselves."""
        if SubstitutionScope.APPRAISE not in self.scope:
            return
        named = self.employee_ids
        if self.substitute_id in named if named is not None else self._is_superior_among(superiors):
            raise OwnAppraisal

    def _is_superior_among(self, superiors: Sequence[SuperiorRecord]) -> bool:
        at_start = in_force(superiors, self.first_day)
        later = [one for one in standing(superiors) if self.holds_on(one.effective_from)]
        return any(one.superior_id == self.in_place_of_id for one in [*([at_start] if at_start else []), *later])

    def holds_on(self, day: date) -> bool:
        """Return whether `day` is among its days."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def _collides_with(self, other: "Substitution") -> bool:
        if other.withdrawn_at is not None or (self.kind, self.in_place_of_id) != (other.kind, other.in_place_of_id):
            return False
        same_days = self.holds_on(other.first_day) or other.holds_on(self.first_day)
        return same_days and (self.kind.is_acting or self._shares_people_with(other))

    def _shares_people_with(self, other: "Substitution") -> bool:
        if self.employee_ids is None or other.employee_ids is None:
            return True
        return not set(self.employee_ids).isdisjoint(other.employee_ids)

    def day_faults(self) -> list[FieldError]:
        """Return what is wrong with its days."""
        if self.last_day is None and self.kind is not SubstitutionKind.PLT:
            expected = "Isi hari terakhir; hanya Plt. yang boleh tanpa hari terakhir."
            return [FieldError("last_day", "last_day_missing", None, expected)]
        if self.last_day is not None and self.last_day < self.first_day:
            expected = f"Isi tanggal paling awal {self.first_day}."
            return [FieldError("last_day", "date_too_early", self.last_day, expected)]
        return []

    def people_faults(self) -> list[FieldError]:
        """Return what is wrong with its people and its scope."""
        faults = []
        if self.substitute_id == self.in_place_of_id:
            expected = "Pilih pegawai lain; pejabat tidak menggantikan dirinya sendiri."
            faults.append(FieldError("substitute_id", "substitute_is_official", self.substitute_id, expected))
        if not self.kind.is_acting and SubstitutionScope.LEAD_UNIT in self.scope:
            expected = "Pendelegasian hanya untuk penilaian (APPRAISE, REVIEW)."
            faults.append(FieldError("scope", "scope_not_delegable", SubstitutionScope.LEAD_UNIT, expected))
        return faults


def require_in_service(
    substitution: Substitution, substitute: Sequence[Stretch], before: Substitution | None = None
) -> None:
    """Raise SubstituteNotInService for a day on which the substitute is not active; of one extended, a new day."""
    first_day, last_day = substitution.first_day, substitution.last_day
    if before is not None and before.last_day is not None:
        first_day = before.last_day + timedelta(days=1)
    day = _first_day_off(substitute, first_day, last_day)
    if day is None:
        return
    if day == first_day:
        fault = FieldError("first_day", "substitute_not_in_service", first_day, "Pilih pengganti yang aktif sejak itu.")
    else:
        expected = f"Isi tanggal paling lambat {day - timedelta(days=1)}."
        fault = FieldError("last_day", "substitute_not_in_service", last_day, expected)
    raise SubstituteNotInService(day=day, errors=[fault])


def _first_day_off(substitute: Sequence[Stretch], first_day: date, last_day: date | None) -> date | None:
    """Return the first of these days on which somebody is not in active service, or None."""
    if not substitute or first_day < substitute[0].first_day:
        return first_day
    off = [
        max(first_day, one.first_day)
        for one in substitute
        if one.status is not EmployeeStatus.ACTIVE
        and (one.last_day is None or one.last_day >= first_day)
        and (last_day is None or one.first_day <= last_day)
    ]
    return min(off, default=None)


_VALID = dict.fromkeys(("withdrawn_at", "withdrawn_by", "withdrawal_reason"))


@dataclass(frozen=True)
class SubstitutionView:
    id: UUID
    kind: SubstitutionKind
    in_place_of_id: Annotated[UUID, Meta(description="an employee or an official from outside")]
    substitute_id: UUID
    first_day: date
    last_day: Annotated[date | None, Meta(description="null: until it is ended (Plt. only)")]
    order_number: str
    scope: list[SubstitutionScope]
    employee_ids: Annotated[list[UUID] | None, Meta(description="null: all whom the official appraises")]
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    version: int

    @classmethod
    def of(cls, substitution: Substitution) -> "SubstitutionView":
        people = substitution.employee_ids
        return view_of(
            cls,
            substitution,
            scope=list(substitution.scope),
            employee_ids=None if people is None else list(people),
        )
