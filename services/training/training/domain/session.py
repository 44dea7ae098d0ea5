"""Sessions of a course: who may still enrol, who gets a seat, who waits, and who has attended enough."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class SessionState(StrEnum):
    OPEN = "OPEN"
    CANCELLED = "CANCELLED"


class EnrolmentState(StrEnum):
    CONFIRMED = "CONFIRMED"
    WAITING = "WAITING"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"


ABSENT_STATUSES = frozenset({"UNPAID_LEAVE", "SUSPENDED", "RETIRED"})


@dataclass(frozen=True)
class Window:
    """Both days inclusive, in the agency's time zone."""

    opens_on: date
    closes_on: date

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today <= self.closes_on


def place(seats: int, taken: int, waiting: int) -> EnrolmentState:
    """A free seat goes to whoever asks, unless somebody has been waiting for it."""
    return EnrolmentState.CONFIRMED if taken < seats and waiting == 0 else EnrolmentState.WAITING


def promotable(seats: int, taken: int, waiting: int, *, today: date, starts_on: date) -> int:
    """How many of the waiting move up; nobody is promoted into a session that has begun."""
    return 0 if today > starts_on else max(0, min(seats - taken, waiting))


def days_of(starts_on: date, ends_on: date) -> list[date]:
    return [starts_on + timedelta(days=step) for step in range((ends_on - starts_on).days + 1)]


def attended_enough(present: int, held: int, minimum_percent: int) -> bool:
    """The share of the days held on which the person was there reaches the agency's minimum; no mark is no presence."""
    return held > 0 and present * 100 >= held * minimum_percent
