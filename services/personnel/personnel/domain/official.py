"""An official who is no civil servant of the agency and appraises: a minister, a governor, a regent. No NIP."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from personnel.domain.values import given

# what other services learn of an official; name and address go to messages only
OFFICE, CONTACT = ("office", "first_day", "last_day"), ("name", "email")


@dataclass(frozen=True)
class RecordOfficial:
    name: str
    office: str
    institution: str
    first_day: date
    email: str | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class ChangeOfficial:
    """Fields that are UNSET stay as they are."""

    official_id: UUID
    expected_version: int | None
    name: str | UnsetType = UNSET
    office: str | UnsetType = UNSET
    institution: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    first_day: date | UnsetType = UNSET
    last_day: date | UnsetType | None = UNSET


@dataclass(frozen=True)
class ListOfficials:
    """`on`: those in office on a day."""

    page: PageRequest
    name: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class ExternalOfficial:
    id: UUID
    name: str
    office: str
    institution: str
    email: str | None
    first_day: date
    last_day: date | None
    version: int = 1

    @classmethod
    def recorded(cls, official_id: UUID, command: RecordOfficial) -> "ExternalOfficial":
        """Return a new official. Raise InvalidInput when the last day lies before the first."""
        return view_of(cls, command, id=official_id, version=1).checked()

    def changed(self, command: ChangeOfficial) -> "ExternalOfficial":
        """Return the official with what the command gives. Raise InvalidInput like `recorded`."""
        changes = given(command, "name", "office", "institution", "email", "first_day", "last_day")
        return replace(self, **changes).checked()

    def checked(self) -> "ExternalOfficial":
        """Return the official itself. Raise InvalidInput when the last day lies before the first."""
        if self.last_day is not None and self.last_day < self.first_day:
            expected = f"Isi tanggal paling awal {self.first_day}."
            raise InvalidInput(errors=[FieldError("last_day", "date_too_early", self.last_day, expected)])
        return self

    def differs(self, other: "ExternalOfficial", *names: str) -> bool:
        return any(getattr(self, name) != getattr(other, name) for name in names)


@dataclass(frozen=True)
class OfficialView:
    id: UUID
    name: str
    office: Annotated[str, Meta(description="the office held, such as Gubernur")]
    institution: str
    email: Annotated[str | None, Meta(description="shown to HR officers only")]
    first_day: date
    last_day: Annotated[date | None, Meta(description="null: still in office")]
    version: int

    @classmethod
    def of(cls, official: ExternalOfficial, *, with_email: bool) -> "OfficialView":
        return view_of(cls, official, email=official.email if with_email else None)
