"""The words of the field, of people and agencies."""

from dataclasses import dataclass
from enum import StrEnum


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
