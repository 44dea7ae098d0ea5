"""Enumerations of this service, as events and JSON carry them."""

from enum import StrEnum


class Predicate(StrEnum):
    """Predikat kinerja, best first; the order of the members is the order of merit."""

    VERY_GOOD = "VERY_GOOD"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR_MISCONDUCT = "POOR_MISCONDUCT"
    VERY_POOR = "VERY_POOR"

    def at_least(self, floor: "Predicate") -> bool:
        order = list(Predicate)
        return order.index(self) <= order.index(floor)


class EmploymentType(StrEnum):
    CPNS = "CPNS"
    PNS = "PNS"
    PPPK = "PPPK"
    PPPK_PW = "PPPK_PW"


class EmployeeStatus(StrEnum):
    ACTIVE = "ACTIVE"
    UNPAID_LEAVE = "UNPAID_LEAVE"
    STUDY_LEAVE = "STUDY_LEAVE"
    SUSPENDED = "SUSPENDED"
    RETIRED = "RETIRED"


class PositionKind(StrEnum):
    JPT_UTAMA = "JPT_UTAMA"
    JPT_MADYA = "JPT_MADYA"
    JPT_PRATAMA = "JPT_PRATAMA"
    ADMINISTRATOR = "ADMINISTRATOR"
    PENGAWAS = "PENGAWAS"
    PELAKSANA = "PELAKSANA"
    JF = "JF"


class PositionLevel(StrEnum):
    PEMULA = "PEMULA"
    TERAMPIL = "TERAMPIL"
    MAHIR = "MAHIR"
    PENYELIA = "PENYELIA"
    AHLI_PERTAMA = "AHLI_PERTAMA"
    AHLI_MUDA = "AHLI_MUDA"
    AHLI_MADYA = "AHLI_MADYA"
    AHLI_UTAMA = "AHLI_UTAMA"


class PeriodKind(StrEnum):
    """The length of an evaluation period."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class CircumstanceKind(StrEnum):
    """What personnel data do not contain and pay depends on, entered by HR."""

    MPP_LEAVE = "MPP_LEAVE"
    BLU_REMUNERATION = "BLU_REMUNERATION"
    STUDY_LEAVE = "STUDY_LEAVE"


class StudyLevel(StrEnum):
    S2_S3 = "S2_S3"
    S1_DIPLOMA = "S1_DIPLOMA"


class PenaltyLevel(StrEnum):
    """Tingkat hukuman disiplin (PP 94/2021): ringan, sedang, berat."""

    LIGHT = "LIGHT"
    MODERATE = "MODERATE"
    SEVERE = "SEVERE"


class EligibilityKind(StrEnum):
    RANK_PROMOTION = "RANK_PROMOTION"
    LEVEL_PROMOTION = "LEVEL_PROMOTION"
    PERIODIC_RAISE = "PERIODIC_RAISE"
    SERVICE_MEDAL = "SERVICE_MEDAL"


PNS_GRADES: tuple[str, ...] = tuple(
    f"{roman}/{letter}"
    for roman, letters in (("I", "abcd"), ("II", "abcd"), ("III", "abcd"), ("IV", "abcde"))
    for letter in letters
)
