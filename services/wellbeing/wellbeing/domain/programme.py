"""Wellness programmes: enrolment and attendance, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from wellbeing.domain.errors import EnrolmentClosed, SessionFull, SessionNotBegun, SessionOver


class ProgrammeKind(StrEnum):
    EXERCISE = "EXERCISE"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    NUTRITION = "NUTRITION"
    FINANCIAL_LITERACY = "FINANCIAL_LITERACY"
    FAMILY = "FAMILY"
    MEDICAL_CHECK_UP = "MEDICAL_CHECK_UP"
    OTHER = "OTHER"


class EnrolmentState(StrEnum):
    ENROLLED = "ENROLLED"
    CANCELLED = "CANCELLED"
    ATTENDED = "ATTENDED"
    ABSENT = "ABSENT"


MOVES: Mapping[EnrolmentState, tuple[EnrolmentState, ...]] = {
    EnrolmentState.ENROLLED: (EnrolmentState.CANCELLED, EnrolmentState.ATTENDED, EnrolmentState.ABSENT),
    EnrolmentState.CANCELLED: (),
    EnrolmentState.ATTENDED: (EnrolmentState.ATTENDED, EnrolmentState.ABSENT),
    EnrolmentState.ABSENT: (EnrolmentState.ATTENDED, EnrolmentState.ABSENT),
}


@dataclass(frozen=True)
class CreateProgramme:
    name: str
    kind: ProgrammeKind
    description: str


@dataclass(frozen=True)
class PlanSession:
    programme_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: int


@dataclass(frozen=True)
class Programme:
    programme_id: UUID
    name: str
    kind: ProgrammeKind
    description: str


@dataclass(frozen=True)
class ProgrammeSession:
    session_id: UUID
    programme_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: int

    @classmethod
    def planned(cls, session_id: UUID, command: PlanSession) -> "ProgrammeSession":
        """Return a new session. Raise InvalidInput when it ends before it starts."""
        if command.ends_at <= command.starts_at:
            expected = f"sesudah {command.starts_at}"
            raise InvalidInput(errors=[FieldError("ends_at", "ends_before_start", command.ends_at, expected)])
        return view_of(cls, command, session_id=session_id)

    def require_not_begun(self, now: datetime) -> None:
        """Raise SessionOver: enrolments no longer change."""
        if now >= self.starts_at:
            raise SessionOver

    def require_begun(self, now: datetime) -> None:
        """Raise SessionNotBegun: attendance cannot be recorded yet."""
        if now < self.starts_at:
            raise SessionNotBegun

    def require_seat(self, taken: int) -> None:
        if taken >= self.seats:
            raise SessionFull(seats=self.seats)


@dataclass(frozen=True)
class Enrolment:
    enrolment_id: UUID
    session_id: UUID
    employee_id: UUID
    unit_id: UUID | None
    state: EnrolmentState = EnrolmentState.ENROLLED

    def cancelled(self) -> "Enrolment":
        return self._moved(EnrolmentState.CANCELLED)

    def attended(self, *, present: bool) -> "Enrolment":
        """Return it with attendance recorded or corrected; a cancelled enrolment has none."""
        return self._moved(EnrolmentState.ATTENDED if present else EnrolmentState.ABSENT)

    def _moved(self, target: EnrolmentState) -> "Enrolment":
        if target not in MOVES[self.state]:
            raise EnrolmentClosed(state=self.state.value)
        return replace(self, state=target)


@dataclass(frozen=True)
class SessionView:
    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: int
    seats_left: int

    @classmethod
    def of(cls, session: ProgrammeSession, taken: int) -> "SessionView":
        return view_of(cls, session, seats_left=session.seats - taken)


@dataclass(frozen=True)
class ProgrammeView(Programme):
    sessions: Sequence[SessionView]

    @classmethod
    def of(
        cls, programme: Programme, sessions: Sequence[ProgrammeSession], taken: Mapping[UUID, int]
    ) -> "ProgrammeView":
        shown = [SessionView.of(session, taken.get(session.session_id, 0)) for session in sessions]
        return view_of(cls, programme, sessions=shown)


@dataclass(frozen=True)
class EnrolmentView:
    enrolment_id: UUID
    session_id: UUID
    employee_id: UUID
    state: EnrolmentState

    @classmethod
    def of(cls, enrolment: Enrolment) -> "EnrolmentView":
        return view_of(cls, enrolment)


@dataclass(frozen=True)
class EnrolmentsView:
    items: Sequence[EnrolmentView]
