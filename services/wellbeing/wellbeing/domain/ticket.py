"""Reports of working conditions and personal cases, and the states they pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from wellbeing.domain.deadlines import end_of_day
from wellbeing.domain.errors import CaseHandledByAnother, ReportWaitingForAnswer, TicketMoveNotAllowed, TicketNotTaken


class TicketKind(StrEnum):
    """ENVIRONMENT and HAZARD are about a place; PERSONAL is about what people did to a person, and never leaves."""

    ENVIRONMENT = "ENVIRONMENT"
    HAZARD = "HAZARD"
    PERSONAL = "PERSONAL"


class HazardCategory(StrEnum):
    """The fields of office safety and health (Permenkes 48/2016)."""

    SAFETY = "SAFETY"
    OCCUPATIONAL_HEALTH = "OCCUPATIONAL_HEALTH"
    ENVIRONMENT = "ENVIRONMENT"
    SANITATION = "SANITATION"
    ERGONOMICS = "ERGONOMICS"


class PersonalCategory(StrEnum):
    """Forms of harassment (after SE Gubernur DKI Jakarta 7/2021)."""

    PHYSICAL = "PHYSICAL"
    VERBAL = "VERBAL"
    GESTURE = "GESTURE"
    WRITTEN_GRAPHIC = "WRITTEN_GRAPHIC"
    PSYCHOLOGICAL = "PSYCHOLOGICAL"
    COERCION = "COERCION"


class Referral(StrEnum):
    """Where a report may be referred to. Who examines is decided outside this system."""

    WOMEN_CHILD_PROTECTION = "WOMEN_CHILD_PROTECTION"
    INSPECTORATE_WBS = "INSPECTORATE_WBS"
    PERSONNEL_AGENCY = "PERSONNEL_AGENCY"
    MEDICAL = "MEDICAL"
    POLICE = "POLICE"
    BUILDING_MANAGEMENT = "BUILDING_MANAGEMENT"


class TicketState(StrEnum):
    RECEIVED = "RECEIVED"
    TRIAGED = "TRIAGED"
    IN_PROGRESS = "IN_PROGRESS"
    RESOLVED = "RESOLVED"
    REFERRED = "REFERRED"


MOVES: Mapping[TicketState, tuple[TicketState, ...]] = {
    TicketState.RECEIVED: (TicketState.TRIAGED,),
    TicketState.TRIAGED: (TicketState.IN_PROGRESS, TicketState.REFERRED),
    TicketState.IN_PROGRESS: (TicketState.RESOLVED, TicketState.REFERRED),
    TicketState.RESOLVED: (),
    TicketState.REFERRED: (),
}
CLOSED = frozenset({TicketState.RESOLVED, TicketState.REFERRED})
RESOLVE_BY = "resolve_by"
MESSAGES_WAITING = 20
_NOTHING_LEFT = "tidak ada, laporan sudah selesai"


@dataclass(frozen=True)
class ReportHazard:
    category: HazardCategory
    unit_id: UUID
    place: str
    description: str
    danger: bool


@dataclass(frozen=True)
class ReportCase:
    """Who is reported may be named as employee, as unit, or only in words within the description."""

    category: PersonalCategory
    description: str
    danger: bool
    place: str = ""
    reported_employee_ids: Sequence[UUID] = ()
    reported_unit_ids: Sequence[UUID] = ()
    keep_out_employee_ids: Sequence[UUID] = ()


@dataclass(frozen=True)
class MoveTicket:
    """The next step. Triage names the day by which it is to be solved; a referral names where it goes."""

    ticket_id: UUID
    target: TicketState
    note: str
    resolve_by: date | None = None
    referral: Referral | None = None


@dataclass(frozen=True)
class ListTickets:
    page: PageRequest
    state: TicketState | None = None


@dataclass(frozen=True)
class TicketContent:
    """What a report says, whichever way it came in."""

    kind: TicketKind
    category: str
    description: str
    danger: bool = False
    unit_id: UUID | None = None
    place: str = ""

    @classmethod
    def of_hazard(cls, report: ReportHazard) -> "TicketContent":
        return cls(TicketKind.HAZARD, report.category, report.description, report.danger, report.unit_id, report.place)

    @classmethod
    def of_case(cls, report: ReportCase) -> "TicketContent":
        return cls(TicketKind.PERSONAL, report.category, report.description, report.danger, None, report.place)


@dataclass(frozen=True)
class Ticket:
    """A report on its way. An anonymous one has no reporter; `due_rule` names the rule behind the deadline.

    Until it is `released`, with all others of its day, only its reporter sees it.
    """

    ticket_id: UUID
    kind: TicketKind
    category: str
    danger: bool
    unit_id: UUID | None
    place: str
    description: str
    anonymous: bool
    reporter_id: UUID | None
    code_digest: str | None
    received_at: datetime
    due_at: datetime
    due_rule: str
    state: TicketState = TicketState.RECEIVED
    owner_id: UUID | None = None
    referral: Referral | None = None
    escalated_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1
    released: bool = True

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def is_personal(self) -> bool:
        return self.kind is TicketKind.PERSONAL

    def moved(self, step: MoveTicket, now: datetime, today: date, time_zone: str, *, owner_id: UUID | None) -> "Ticket":
        """Return the ticket one step on. Raise TicketMoveNotAllowed; InvalidInput for what the step lacks."""
        if step.target not in MOVES[self.state]:
            possible = ", ".join(MOVES[self.state]) or _NOTHING_LEFT
            raise TicketMoveNotAllowed(state=self.state.value, target=step.target.value, possible=possible)
        faults = _step_faults(step, today)
        if faults:
            raise InvalidInput(errors=faults)
        after = replace(self, state=step.target, owner_id=owner_id, version=self.version + 1)
        if step.resolve_by is not None:
            due_at = end_of_day(step.resolve_by, time_zone)
            after = replace(after, due_at=due_at, due_rule=RESOLVE_BY, escalated_at=None)
        if after.is_closed:
            after = replace(after, closed_at=now, referral=step.referral)
        return after

    def owned_by(self, employee_id: UUID | None) -> "Ticket":
        """Return the ticket with another owner, or with none."""
        return replace(self, owner_id=employee_id, version=self.version + 1)

    def assigned(self, employee_id: UUID) -> "Ticket":
        """Return the ticket of a place with the employee who sees to it. Raise TicketMoveNotAllowed when closed."""
        if self.is_closed:
            raise TicketMoveNotAllowed(state=self.state.value, target="ASSIGNED", possible=_NOTHING_LEFT)
        return self.owned_by(employee_id)

    def taken(self, employee_id: UUID) -> "Ticket":
        """Return the case with its handler; unchanged when this person has it. Raise CaseHandledByAnother."""
        if self.owner_id == employee_id:
            return self
        if self.owner_id is not None:
            raise CaseHandledByAnother
        return self.owned_by(employee_id)

    def require_handler(self, employee_id: UUID | None) -> None:
        """Raise TicketNotTaken, or CaseHandledByAnother unless this is the officer to whom the case is assigned."""
        if self.owner_id is None:
            raise TicketNotTaken
        if employee_id != self.owner_id:
            raise CaseHandledByAnother

    def escalated(self, due_at: datetime, now: datetime) -> "Ticket":
        """Return the ticket marked as late; unchanged when closed, marked before, or due later than `due_at`."""
        if self.is_closed or self.escalated_at or self.due_at > due_at:
            return self
        return replace(self, escalated_at=now, version=self.version + 1)


@dataclass(frozen=True)
class TicketEntry:
    """What happened to a ticket. The reporter is no actor here, named or not."""

    ticket_id: UUID
    at: datetime
    action: str
    state: TicketState
    actor_id: UUID | None
    note: str = ""


def require_message_allowed(unanswered: int) -> None:
    """Raise ReportWaitingForAnswer when a reporter has written too many messages that nobody has answered.

    The limit is counted by report, never by sender, so that nothing about a sender needs to be stored.
    """
    if unanswered >= MESSAGES_WAITING:
        raise ReportWaitingForAnswer(count=MESSAGES_WAITING, retry_after=3600)


def _step_faults(step: MoveTicket, today: date) -> list[FieldError]:
    faults = []
    if step.target is TicketState.TRIAGED and (step.resolve_by is None or step.resolve_by < today):
        expected = f"tanggal penyelesaian, {today} atau sesudahnya"
        faults.append(FieldError("resolve_by", "deadline_needed", step.resolve_by, expected))
    if step.target is not TicketState.TRIAGED and step.resolve_by is not None:
        faults.append(FieldError("resolve_by", "deadline_not_asked", step.resolve_by, "hanya diisi pada TRIAGED"))
    if (step.target is TicketState.REFERRED) is not (step.referral is not None):
        expected = "tujuan rujukan, hanya dan selalu pada REFERRED"
        faults.append(FieldError("referral", "referral_mismatch", step.referral, expected))
    if step.target in CLOSED and not step.note.strip():
        faults.append(FieldError("note", "note_needed", step.note, "catatan singkat apa yang sudah dilakukan"))
    return faults
