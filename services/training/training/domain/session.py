"""Sessions of a course: their dates, and the seats that enrolments take and free."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.course import Course
from training.domain.errors import (
    EnrolmentWindowClosed,
    SeatsBelowTaken,
    SessionClosed,
    SessionEndsLater,
    SessionHasBegun,
    SessionNotBegun,
)

LONGEST_DAYS = 366


class SessionState(StrEnum):
    OPEN = "OPEN"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class SessionTerms:
    """What is announced: without an end a session lasts one day, without a window one may enrol until it begins."""

    seats: int
    starts_on: date
    ends_on: date | None
    enrol_opens_on: date | None
    enrol_closes_on: date | None
    place: str
    trainer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class AnnounceSession(SessionTerms):
    course_code: str


@dataclass(frozen=True, kw_only=True)
class ChangeSession(SessionTerms):
    session_id: UUID
    expected_version: int | None


@dataclass(frozen=True, kw_only=True)
class TrainingSession:
    """A session of a course. Whoever moves its seats holds the lock on its row, so none is given twice."""

    id: UUID
    course_code: str
    jp: int
    seats: int
    taken: int = 0
    starts_on: date
    ends_on: date
    enrol_opens_on: date
    enrol_closes_on: date
    place: str
    trainer_id: UUID | None
    state: SessionState = SessionState.OPEN
    version: int = 1

    @classmethod
    def announced(cls, session_id: UUID, course: Course, terms: SessionTerms, today: date) -> "TrainingSession":
        """Make a session with the course's JP of today. Raise CourseClosed, or InvalidInput for its dates."""
        course.require_active()
        opens_on = terms.enrol_opens_on or min(today, terms.starts_on)
        ends_on, closes_on = terms.ends_on or terms.starts_on, terms.enrol_closes_on or terms.starts_on
        _require_order(terms.starts_on, ends_on, opens_on, closes_on)
        return cls(
            id=session_id,
            course_code=course.code,
            jp=course.jp,
            seats=terms.seats,
            starts_on=terms.starts_on,
            ends_on=ends_on,
            enrol_opens_on=opens_on,
            enrol_closes_on=closes_on,
            place=terms.place,
            trainer_id=terms.trainer_id,
        )

    def changed(self, terms: SessionTerms) -> "TrainingSession":
        """Return it with other terms. Raise SessionClosed, SeatsBelowTaken, or InvalidInput for its dates."""
        self.require_open()
        if terms.seats < self.taken:
            raise SeatsBelowTaken(taken=self.taken, seats=terms.seats)
        opens_on = terms.enrol_opens_on or self.enrol_opens_on
        ends_on, closes_on = terms.ends_on or terms.starts_on, terms.enrol_closes_on or terms.starts_on
        _require_order(terms.starts_on, ends_on, opens_on, closes_on)
        days = {"ends_on": ends_on, "enrol_opens_on": opens_on, "enrol_closes_on": closes_on}
        return view_of(TrainingSession, terms, self, **days)

    def called_off(self, seats_freed: int) -> "TrainingSession":
        self.require_open()
        return replace(self, state=SessionState.CANCELLED, taken=self.taken - seats_freed)

    def with_seats_taken(self, number: int) -> "TrainingSession":
        return replace(self, taken=self.taken + number)

    def require_open(self) -> None:
        if self.state is not SessionState.OPEN:
            raise SessionClosed

    def require_enrolment(self, today: date, *, by_hr: bool) -> None:
        """Raise SessionClosed or EnrolmentWindowClosed; HR may add people until the session ends."""
        self.require_open()
        is_open = self.enrol_opens_on <= today <= self.enrol_closes_on
        if not (is_open or (by_hr and today <= self.ends_on)):
            raise EnrolmentWindowClosed(opens_on=self.enrol_opens_on, closes_on=self.enrol_closes_on)

    def require_withdrawal(self, today: date, *, by_hr: bool) -> None:
        """Raise SessionHasBegun unless HR withdraws somebody."""
        if today >= self.starts_on and not by_hr:
            raise SessionHasBegun(starts_on=self.starts_on)

    def require_begun(self, today: date) -> None:
        self.require_open()
        if today < self.starts_on:
            raise SessionNotBegun(starts_on=self.starts_on)

    def require_ended(self, today: date) -> None:
        self.require_open()
        if today < self.ends_on:
            raise SessionEndsLater(ends_on=self.ends_on)

    def has_free_seat(self, waiting: int) -> bool:
        """A free seat goes to whoever asks, unless somebody has been waiting for it."""
        return self.taken < self.seats and waiting == 0

    def promotable(self, waiting: int, today: date) -> int:
        """Return how many of the waiting move up; nobody is promoted into a session that has begun."""
        return 0 if today > self.starts_on else max(0, min(self.seats - self.taken, waiting))

    def days_until(self, today: date) -> list[date]:
        """Return the days of the session that have come."""
        return [day for day in days_between(self.starts_on, self.ends_on) if day <= today]

    def days_to_mark(self, day: date | None, today: date) -> list[date]:
        """Return the day, or without one every day so far. Raise InvalidInput for a day outside the session."""
        if day is None:
            return self.days_until(today)
        last = min(self.ends_on, today)
        if not self.starts_on <= day <= last:
            expected = f"tanggal antara {self.starts_on} dan {last}"
            raise InvalidInput(errors=[FieldError("day", "day_outside_session", day, expected)])
        return [day]


@dataclass(frozen=True, kw_only=True)
class SessionView(TrainingSession):
    course_title: str
    seats_free: int
    waiting: int

    @classmethod
    def of(cls, session: TrainingSession, course_title: str, waiting: int) -> "SessionView":
        return view_of(
            cls, session, course_title=course_title, waiting=waiting, seats_free=session.seats - session.taken
        )


def days_between(first: date, last: date) -> list[date]:
    """Return the days from the first to the last, both included."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _require_order(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> None:
    faults = []
    if ends_on < starts_on:
        faults.append(FieldError("ends_on", "dates_out_of_order", ends_on, f"tanggal paling awal {starts_on}"))
    elif closes_on > ends_on:
        faults.append(FieldError("enrol_closes_on", "dates_out_of_order", closes_on, f"tanggal paling akhir {ends_on}"))
    if opens_on > closes_on:
        faults.append(FieldError("enrol_opens_on", "dates_out_of_order", opens_on, f"tanggal paling akhir {closes_on}"))
    if (ends_on - starts_on).days > LONGEST_DAYS:
        faults.append(FieldError("ends_on", "session_too_long", ends_on, "sesi paling lama satu tahun"))
    if faults:
        raise InvalidInput(errors=faults)


@dataclass(frozen=True)
class ListSessions:
    """`enrolling`: only those that take enrolments today."""

    page: PageRequest
    course_code: str | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    enrolling: bool = False
