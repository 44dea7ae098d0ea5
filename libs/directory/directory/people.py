"""Agencies, units and people: the words of the field, and what the events of personnel hold.

Each class names what at least one service stores or asks; a service keeps the columns that its own table has. Words of
an event stay text, so that a new one does not stop those who only store it.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class EmploymentType(StrEnum):
    CPNS = "CPNS"
    PNS = "PNS"
    PPPK = "PPPK"
    PPPK_PW = "PPPK_PW"

    @property
    def is_contract(self) -> bool:
        return self in {EmploymentType.PPPK, EmploymentType.PPPK_PW}


class EmployeeStatus(StrEnum):
    ACTIVE = "ACTIVE"
    UNPAID_LEAVE = "UNPAID_LEAVE"
    STUDY_LEAVE = "STUDY_LEAVE"
    SUSPENDED = "SUSPENDED"
    RETIRED = "RETIRED"
    DECEASED = "DECEASED"
    DISMISSED = "DISMISSED"
    TRANSFERRED = "TRANSFERRED"

    @property
    def has_left(self) -> bool:
        """Return whether the person is in this agency's service no more."""
        return self in {
            EmployeeStatus.RETIRED,
            EmployeeStatus.DECEASED,
            EmployeeStatus.DISMISSED,
            EmployeeStatus.TRANSFERRED,
        }


class PositionKind(StrEnum):
    JPT_UTAMA = "JPT_UTAMA"
    JPT_MADYA = "JPT_MADYA"
    JPT_PRATAMA = "JPT_PRATAMA"
    ADMINISTRATOR = "ADMINISTRATOR"
    PENGAWAS = "PENGAWAS"
    PELAKSANA = "PELAKSANA"
    JF = "JF"


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


@dataclass(frozen=True)
class Agency:
    """An agency, from AgencyChanged."""

    name: str
    time_zone: str
    version: int = 0
    highest_job_class: int | None = None


@dataclass(frozen=True)
class OrgUnit:
    """A unit, from OrgUnitChanged."""

    unit_id: UUID
    code: str
    name: str
    active: bool
    parent_id: UUID | None = None
    leader_id: UUID | None = None
    version: int = 0


@dataclass(frozen=True)
class Employment:
    """A person's employment, from EmployeeChanged."""

    employee_id: UUID
    employment_type: str
    status: str


@dataclass(frozen=True)
class Assignment:
    """Where a person works, in which position, and who appraises and reviews them, from AssignmentChanged."""

    employee_id: UUID
    unit_id: UUID
    position_code: str
    position_kind: str
    position_level: str | None = None
    appraiser_id: UUID | None = None
    reviewer_id: UUID | None = None
