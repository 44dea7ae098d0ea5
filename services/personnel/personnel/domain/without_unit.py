"""People in service who stand in no open unit on a day, and the way out for HR."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of


class UnitGap(StrEnum):
    """NO_POSITION: in service, and the first position is yet to begin. UNIT_TO_COME: the unit is yet to begin."""

    NO_POSITION = "NO_POSITION"
    UNIT_TO_COME = "UNIT_TO_COME"
    UNIT_CLOSED = "UNIT_CLOSED"


_WAY_OUT = {
    UnitGap.NO_POSITION: "Belum ada jabatan sampai {until}. Catat jabatan dan unit kerja pegawai ini mulai {since}.",
    UnitGap.UNIT_TO_COME: "{unit_name} baru berdiri setelah {until}. Catat unit kerja pegawai ini mulai {since}.",
    UnitGap.UNIT_CLOSED: (
        "{unit_name} ditutup. Catat mutasi pegawai ini ke unit aktif mulai {since}, atau gabungkan unit itu ke unit "
        "lain."
    ),
}


@dataclass(frozen=True)
class ListWithoutUnit:
    """`on` None: today."""

    page: PageRequest
    on: date | None = None


@dataclass(frozen=True)
class PersonWithoutUnit:
    """Days on which a person stands in no open unit, as far as the person's stretch of the day goes."""

    employee_id: UUID
    nip: str
    name: str
    gap: UnitGap
    unit_id: UUID | None
    unit_code: str | None
    unit_name: str | None
    since: date
    until: date | None


@dataclass(frozen=True)
class WithoutUnitView(PersonWithoutUnit):
    """`until` null: as far as is known, for ever."""

    way_out: Annotated[str, Meta(description="what HR records so that it ends")]

    @classmethod
    def of(cls, person: PersonWithoutUnit) -> "WithoutUnitView":
        text = _WAY_OUT[person.gap].format(unit_name=person.unit_name, since=person.since, until=person.until)
        return view_of(cls, person, way_out=text)
