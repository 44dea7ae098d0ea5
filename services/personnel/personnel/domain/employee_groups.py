"""What a row of a file says of a person, in the groups of fields that change together, and what is remembered of it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from chassis.views import view_of
from personnel.domain.employee_file import EmployeeRow
from personnel.domain.records import Employment, Position


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: str
    email: str | None


@dataclass(frozen=True, kw_only=True)
class DatedPosition(Position):
    position_since: date


Group = Contact | Employment | DatedPosition


@dataclass(frozen=True)
class ImportedEmployee:
    """What is remembered of the last file: a digest of each group, and the superior's number once it was resolved."""

    contact: str | UnsetType = UNSET
    employment: str | UnsetType = UNSET
    position: str | UnsetType = UNSET
    superior: str | UnsetType = UNSET


@dataclass(frozen=True)
class EmployeeGroups:
    contact: Contact
    employment: Employment
    position: DatedPosition

    @classmethod
    def of(cls, row: EmployeeRow, unit_id: UUID) -> "EmployeeGroups":
        """Return the row in groups; `unit_id` is the unit of its code."""
        return cls(view_of(Contact, row), view_of(Employment, row), view_of(DatedPosition, row, unit_id=unit_id))

    @property
    def all(self) -> Sequence[Group]:
        return self.contact, self.employment, self.position

    def remembered(self, superior: str | UnsetType = UNSET) -> ImportedEmployee:
        """Return what a later file is compared with."""
        return ImportedEmployee(_digest(self.contact), _digest(self.employment), _digest(self.position), superior)

    def differing(self, last: ImportedEmployee, now: ImportedEmployee) -> Sequence[Group]:
        """Return the groups in which the last file differs from this one, `now`."""
        digests = (last.contact, now.contact), (last.employment, now.employment), (last.position, now.position)
        return [group for group, (before, after) in zip(self.all, digests, strict=True) if before != after]


def _digest(group: Group) -> str:
    """Return a short digest of a group's values; those that are stored were made of this very text."""
    text = json.dumps(msgspec.to_builtins(group), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()
