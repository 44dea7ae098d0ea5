"""An organisational unit: its code, its place in the tree, its leader, as it stands today."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.pagination import PageRequest
from chassis.views import view_of
from personnel.domain.unit_timeline import UnitRecord, UnitState, UnitStretch
from personnel.domain.values import given


@dataclass(frozen=True)
class CreateOrgUnit:
    """`effective_from` None is today."""

    code: str
    name: str
    parent_id: UUID | None = None
    leader_id: UUID | None = None
    effective_from: date | None = None
    reason: str | None = None
    decision_number: str | None = None


@dataclass(frozen=True)
class ChangeOrgUnit:
    """Fields that are UNSET stay as they are; `effective_from` None is today.

    `replaces_later`: what was recorded of the same fields for days from then until today is set aside.
    """

    unit_id: UUID
    expected_version: int | None
    effective_from: date | None = None
    reason: str | None = None
    decision_number: str | None = None
    replaces_later: bool = False
    code: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    parent_id: UUID | UnsetType | None = UNSET
    leader_id: UUID | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


@dataclass(frozen=True)
class ListOrgUnits:
    """`below` starts the tree at one unit; `as_of` shows any day's, past or to come; `inactive` adds closed units."""

    page: PageRequest
    below: UUID | None = None
    as_of: date | None = None
    inactive: bool = False


@dataclass(frozen=True)
class ImportedUnit:
    """What the last file held of a unit. A parent that was refused is left out: it is validated with the next file."""

    name: str | None = None
    leader: str | None = None
    active: bool | None = None
    parent: str | UnsetType | None = UNSET


@dataclass(frozen=True)
class OrgUnit:
    """A unit as it stands today.

    `leader_nip` is the leader that a file named before that person was known; `imported` holds the last imported
    values, so that a file repeated after a correction by hand does not undo the correction.
    """

    id: UUID
    code: str
    name: str
    parent_id: UUID | None = None
    leader_id: UUID | None = None
    leader_nip: str | None = None
    active: bool = True
    version: int = 0
    timeline_version: int = 0
    imported: ImportedUnit | None = None

    @property
    def state(self) -> UnitState:
        return view_of(UnitState, self)

    def with_state(self, state: UnitState) -> "OrgUnit":
        return replace(self, **{item.name: getattr(state, item.name) for item in fields(UnitState)})

    def led_by_hand(self, command: ChangeOrgUnit) -> "OrgUnit":
        """Return the unit without the leader that a file named, when the command names one."""
        return self if command.leader_id is UNSET else replace(self, leader_nip=None)


def changed_state(before: UnitState, command: ChangeOrgUnit) -> UnitState:
    """Return the state with what the command gives."""
    return replace(before, **given(command, "code", "name", "parent_id", "leader_id", "active"))


@dataclass(frozen=True)
class OrgUnitView:
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool
    version: int
    depth: Annotated[int, Meta(description="0 at the top of what was asked for")]
    path: Annotated[tuple[str, ...], Meta(description="codes from the top to this unit")]


@dataclass(frozen=True)
class WithdrawUnitRecord:
    unit_id: UUID
    record_id: str
    expected_version: int | None
    reason: str


@dataclass(frozen=True)
class CloseOrgUnit:
    unit_id: UUID
    expected_version: int | None
    effective_from: date
    reason: str
    decision_number: str | None = None


@dataclass(frozen=True)
class MergeOrgUnit:
    """`dry_run`: nothing is changed; what would happen, and what hinders it, is counted."""

    unit_id: UUID
    expected_version: int | None
    into_id: UUID
    effective_from: date
    decision_number: str
    reason: str
    dry_run: bool = False


@dataclass(frozen=True)
class MergerObstacle:
    """What hinders a merger, with the way out in Indonesian."""

    code: str
    expected: str


@dataclass(frozen=True)
class MergerView:
    unit_id: UUID
    into_id: UUID
    effective_from: date
    people: Annotated[int, Meta(description="who goes along: there on that day, or planned for a later one")]
    units: Annotated[int, Meta(description="that stand directly below and go along")]
    obstacles: list[MergerObstacle]
    dry_run: bool
    job_id: Annotated[UUID | None, Meta(description="the job that carries it out; null: nothing is changed")]


@dataclass(frozen=True)
class UnitTimelineView:
    """All stretches of a unit, and all that was recorded of it."""

    unit_id: UUID
    version: int
    stretches: list[UnitStretch]
    records: list[UnitRecord]
