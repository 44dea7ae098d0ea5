"""People as training sees them on a day, and whose rows a list shows."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from directory.timelines import LEFT_SERVICE, Stretch

ABSENT_STATUSES = frozenset({"UNPAID_LEAVE", "SUSPENDED", *LEFT_SERVICE})


@dataclass(frozen=True)
class Employee:
    """A person today; None is what is not known, and everything of who is not there yet."""

    employee_id: UUID
    position_code: str | None
    position_level: str | None
    appraiser_id: UUID | None

    @classmethod
    def of(cls, employee_id: UUID, stretch: Stretch | None, appraiser_id: UUID | None) -> "Employee":
        if stretch is None:
            return cls(employee_id, None, None, appraiser_id)
        return cls(employee_id, stretch.position_code, stretch.position_level, appraiser_id)


@dataclass(frozen=True)
class Scope:
    """Whose rows a list shows: those of these people, or, without any named, the whole agency's."""

    people: frozenset[UUID] | None


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment of a day in a time zone."""
    return datetime.combine(day, time(), ZoneInfo(time_zone))
