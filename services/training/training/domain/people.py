"""Agencies, units and people as personnel's events describe them, and whose rows a list shows."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Jakarta"
ABSENT_STATUSES = frozenset({"UNPAID_LEAVE", "SUSPENDED", "RETIRED"})


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
