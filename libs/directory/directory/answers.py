"""What the directory answers: who, in which capacity, and that somebody has not arrived yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from chassis.errors import Unavailable
from directory.timelines import Stretch

T = TypeVar("T")


class NotKnownYet(Unavailable):
    """Personnel has not published this here yet. An event whose handler lets it pass is tried again later.

    People read what is awaited, operators in `missing` and in the traceback who: nobody knows a name for the id here.
    """

    code = "not_known_yet"
    title = "Personnel has not published this yet"
    sentence = (
        "Data {object} yang diperlukan belum diterima dari layanan kepegawaian. Sesudah pembaruan sistem, data itu "
        "dikirim bertahap: tunggu beberapa menit, lalu buka lagi."
    )

    def __init__(self, missing: UUID | str, object_name: str = "pegawai atau unit kerja") -> None:
        self.missing = missing
        super().__init__(object=object_name)
        self.add_note(f"missing: {missing}")


@dataclass(frozen=True)
class Answers(Generic[T]):
    """The answers to one question about many. `unknown`: whom it cannot be answered of, and who has not arrived."""

    known: Mapping[UUID, T]
    unknown: Mapping[UUID, UUID]

    def of(self, asked: UUID) -> T:
        """Return the answer of one. Raise NotKnownYet when it depends on somebody who has not arrived."""
        if asked in self.unknown:
            raise NotKnownYet(self.unknown[asked])
        return self.known[asked]


class Capacity(StrEnum):
    """In which capacity somebody has a duty on a day. ACTING: Plt. or Plh."""

    SUPERIOR = "SUPERIOR"
    ACTING = "ACTING"
    DELEGATE = "DELEGATE"
    EXTERNAL = "EXTERNAL"

    @classmethod
    def of(cls, substitution_kind: str | None, *, external: bool) -> "Capacity":
        if substitution_kind is not None:
            return cls.DELEGATE if substitution_kind == "DELEGATION" else cls.ACTING
        return cls.EXTERNAL if external else cls.SUPERIOR


@dataclass(frozen=True)
class Superior:
    """Who has the duty towards a person on a day, and in whose place: the holder's, who is the same without substitute.

    Reachable is an employee in active service on that day, and an external official in office.
    """

    superior_id: UUID
    capacity: Capacity
    reachable: bool
    holder_id: UUID
    holder_reachable: bool
    substitution_id: UUID | None
    substitution_kind: str | None


@dataclass(frozen=True)
class Subordinate:
    """A person towards whom somebody has the duty of a superior on a day, or would have it without the substitute."""

    employee_id: UUID
    status: str
    capacity: Capacity
    holder_id: UUID
    substitute_id: UUID | None


@dataclass(frozen=True)
class LedUnit:
    """A unit that somebody leads on a day, or would lead without the substitute."""

    unit_id: UUID
    capacity: Capacity
    holder_id: UUID
    substitute_id: UUID | None


@dataclass(frozen=True)
class Member:
    """A person in service in a unit on a day."""

    employee_id: UUID
    stretch: Stretch
