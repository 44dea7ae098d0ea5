"""Days and moments in the words of people: 26 Januari 2027 pukul 23.59 WIT."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """Return a day as people write it: 5 Januari 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, time_zone: str) -> str:
    """Return a moment where the agency is, with the name of its zone: 5 Januari 2027 pukul 23.59 WIB."""
    there = moment.astimezone(ZoneInfo(time_zone))
    return f"{day_in_words(there)} pukul {there:%H.%M} {there.tzname()}"


def zone_name(time_zone: str) -> str:
    """Return the name that people know a zone by: WIB, WITA or WIT."""
    return datetime.now(ZoneInfo(time_zone)).tzname() or time_zone
