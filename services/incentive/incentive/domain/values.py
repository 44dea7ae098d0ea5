"""Enumerations of this service, as events and JSON carry them."""

from enum import StrEnum


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
