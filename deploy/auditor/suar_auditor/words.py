"""Values in the words of the auditor's output."""

from collections.abc import Sequence
from datetime import date, datetime

from appraisal.domain.paper_words import CAPACITIES, PREDICATES, RATINGS
from appraisal.domain.values import Capacity, RatingLevel
from chassis.indonesian import day_in_words, moment_in_words
from directory.performance import Predicate
from suar_auditor.file_format import SegmentRated

NONE = "tidak ada"
_CAPACITIES = {**CAPACITIES, Capacity.APPRAISER: "selaku pejabat penilai", Capacity.EXTERNAL: "selaku pejabat luar"}
# The zones of Indonesia, by the names that people know.
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def predicate(found: Predicate) -> str:
    return f"{PREDICATES[found]} ({found.value})"


def levels(found: Sequence[RatingLevel]) -> str:
    work_result, behaviour = found
    return f"hasil kerja {RATINGS[work_result].lower()}, perilaku {RATINGS[behaviour].lower()}"


def capacity(found: Capacity) -> str:
    return _CAPACITIES.get(found, found.value)


def day(found: date) -> str:
    return day_in_words(found)


def moment(found: datetime | None, time_zone: str) -> str:
    """Return a moment to the second where the agency is, with the name of its zone; WIB, WITA or WIT."""
    if found is None:
        return NONE
    seconds = f".{found:%S}"
    there, _, zone = moment_in_words(found, time_zone).rpartition(" ")
    return f"{there}{seconds} {zone}"


def days_of(segment: SegmentRated) -> str:
    return f"segmen {day(segment.first_day)} sampai {day(segment.last_day)}"


def yes_or_no(found: bool) -> str:
    return "ya" if found else "tidak"
