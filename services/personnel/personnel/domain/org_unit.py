"""An organisational unit: its code, its place in the tree, its leader."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.pagination import PageRequest
from personnel.domain.values import given


@dataclass(frozen=True)
class CreateOrgUnit:
    code: str
    name: str
    parent_id: UUID | None = None
    leader_id: UUID | None = None


@dataclass(frozen=True)
class ChangeOrgUnit:
    """Fields that are UNSET stay as they are."""

    unit_id: UUID
    expected_version: int | None
    code: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    parent_id: UUID | UnsetType | None = UNSET
    leader_id: UUID | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


@dataclass(frozen=True)
class ListOrgUnits:
    """`below` starts the tree at one unit; `as_of` shows it as it was on a day; `inactive` shows closed units too."""

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
    imported: ImportedUnit | None = None

    def changed(self, command: ChangeOrgUnit) -> "OrgUnit":
        """Return the unit with what the command gives; a leader set by hand replaces one that a file named."""
        changes = given(command, "code", "name", "parent_id", "leader_id", "active")
        after = replace(self, **changes)
        return after if after.leader_id == self.leader_id else replace(after, leader_nip=None)


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
