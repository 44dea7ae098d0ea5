"""Enrolments in a session, and who was there on which day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import UNSET, UnsetType

from chassis.errors import AppError
from chassis.pagination import PageRequest
from training.domain.errors import EnrolmentClosed


class EnrolmentState(StrEnum):
    CONFIRMED = "CONFIRMED"
    WAITING = "WAITING"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"


# COMPLETED may be reached again: a certificate is issued anew after the one before was revoked.
MOVES: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.WAITING: frozenset({EnrolmentState.CONFIRMED, EnrolmentState.CANCELLED}),
    EnrolmentState.CONFIRMED: frozenset({EnrolmentState.CANCELLED, EnrolmentState.COMPLETED}),
    EnrolmentState.COMPLETED: frozenset({EnrolmentState.COMPLETED}),
    EnrolmentState.CANCELLED: frozenset(),
}


@dataclass(frozen=True)
class Enrolment:
    """A person's place in a session: a seat, or a place on the waiting list."""

    id: UUID
    session_id: UUID
    employee_id: UUID
    state: EnrolmentState
    requested_by: UUID
    enrolled_at: datetime
    confirmed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None

    @classmethod
    def requested(
        cls, enrolment_id: UUID, session_id: UUID, employee_id: UUID, *, by: UUID, now: datetime
    ) -> "Enrolment":
        return cls(enrolment_id, session_id, employee_id, EnrolmentState.WAITING, by, now)

    @property
    def has_seat(self) -> bool:
        return self.state is EnrolmentState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state is EnrolmentState.WAITING

    @property
    def may_cancel(self) -> bool:
        return EnrolmentState.CANCELLED in MOVES[self.state]

    def confirmed(self, now: datetime) -> "Enrolment":
        return replace(self._moved(EnrolmentState.CONFIRMED), confirmed_at=now)

    def cancelled(self, now: datetime, reason: str) -> "Enrolment":
        return replace(self._moved(EnrolmentState.CANCELLED), cancelled_at=now, cancel_reason=reason)

    def completed(self) -> "Enrolment":
        return self._moved(EnrolmentState.COMPLETED)

    def _moved(self, target: EnrolmentState) -> "Enrolment":
        if target not in MOVES[self.state]:
            raise EnrolmentClosed(state=self.state)
        return replace(self, state=target)


@dataclass(frozen=True)
class EnrolmentView:
    id: UUID
    session_id: UUID
    course_code: str
    employee_id: UUID
    state: EnrolmentState
    queue_number: int | None
    starts_on: date
    ends_on: date
    enrolled_at: datetime
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    days_present: int
    days_marked: int


@dataclass(frozen=True)
class AttendanceEntry:
    """A mark for a person; without a day it holds for every day of the session so far."""

    employee_id: UUID
    present: bool
    day: date | None


@dataclass(frozen=True)
class AttendanceMark:
    """Whether somebody was there on a day; a later mark of the same day corrects an earlier one."""

    enrolment_id: UUID
    day: date
    present: bool
    marked_by: UUID
    marked_at: datetime


class BatchOutcome(StrEnum):
    RECORDED = "RECORDED"
    UNCHANGED = "UNCHANGED"
    ISSUED = "ISSUED"
    ALREADY_ISSUED = "ALREADY_ISSUED"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class BatchItemError:
    field: str
    code: str
    value: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class BatchItemView:
    """The result of one item of a batch; a refused one has the code and sentence that a single request would have."""

    employee_id: UUID
    outcome: BatchOutcome
    days: int | UnsetType = UNSET
    record_id: UUID | UnsetType = UNSET
    jp: int | UnsetType = UNSET
    code: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    errors: list[BatchItemError] | UnsetType = UNSET

    @classmethod
    def refused(cls, employee_id: UUID, error: AppError, record_id: UUID | UnsetType = UNSET) -> "BatchItemView":
        return cls(
            employee_id=employee_id,
            outcome=BatchOutcome.REFUSED,
            record_id=record_id,
            code=error.code,
            detail=error.detail,
            errors=[BatchItemError(e.field, e.code, str(e.value), e.expected) for e in error.errors],
        )


@dataclass(frozen=True)
class BatchView:
    items: Sequence[BatchItemView]


def attended_enough(present: int, held: int, minimum_percent: int) -> bool:
    """Return whether the share of the days held on which the person was there reaches the agency's minimum.

    A day without a mark does not count as present.
    """
    return held > 0 and present * 100 >= held * minimum_percent


@dataclass(frozen=True)
class ListEnrolments:
    page: PageRequest
    employee_id: UUID | None = None
    team: bool = False
    state: EnrolmentState | None = None
