"""Agencies, units and people as personnel's events describe them, and whose rows a list shows."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Jakarta"
ABSENT_STATUSES = frozenset({"UNPAID_LEAVE", "SUSPENDED", "RETIRED"})


class PositionLevel(StrEnum):
    """The levels (jenjang) of functional positions."""

    PEMULA = "PEMULA"
    TERAMPIL = "TERAMPIL"
    MAHIR = "MAHIR"
    PENYELIA = "PENYELIA"
    AHLI_PERTAMA = "AHLI_PERTAMA"
    AHLI_MUDA = "AHLI_MUDA"
    AHLI_MADYA = "AHLI_MADYA"
    AHLI_UTAMA = "AHLI_UTAMA"


class EmploymentType(StrEnum):
    CPNS = "CPNS"
    PNS = "PNS"
    PPPK = "PPPK"
    PPPK_PW = "PPPK_PW"


@dataclass(frozen=True)
class Unit:
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool


@dataclass(frozen=True)
class Employment:
    """A person's employment, from EmployeeChanged."""

    employee_id: UUID
    employment_type: str
    status: str


@dataclass(frozen=True)
class Assignment:
    """A person's post and superiors, from AssignmentChanged."""

    employee_id: UUID
    unit_id: UUID
    position_code: str
    position_level: str | None
    appraiser_id: UUID | None
    reviewer_id: UUID | None


@dataclass(frozen=True)
class Employee:
    """A person; what no event has brought yet is None."""

    employee_id: UUID
    employment_type: str | None
    status: str | None
    position_code: str | None
    position_level: str | None
    appraiser_id: UUID | None


@dataclass(frozen=True)
class Scope:
    """Whose rows a list shows: the whole agency's, those of an appraiser's team, or one person's."""

    employee_id: UUID | None = None
    appraiser_id: UUID | None = None
    whole_agency: bool = False


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment of a day in a time zone."""
    return datetime.combine(day, time(), ZoneInfo(time_zone))
