"""A deadline as a row of the register, what moves it, and the history of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.deadlines import end_of_day
from appraisal.domain.errors import DeadlineEnded, DeadlineMissing
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.outages import Grant, Outage, Outages, days_between, later
from appraisal.domain.periods import local_date
from appraisal.domain.refusal_words import in_words
from appraisal.domain.values import EvaluationState
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of


class ExtensionCause(StrEnum):
    OUTAGE = "OUTAGE"
    GRANT = "GRANT"
    WITHDRAWAL = "WITHDRAWAL"


class ExtensionRole(StrEnum):
    """Why somebody is notified: they owe the act, or it is about them and they wait for it."""

    OWES = "OWES"
    AWAITS = "AWAITS"


class ExtensionOutcome(StrEnum):
    """REOPENED: it had ended, and runs again. FOR_HR: something final has followed, so a person must look at it."""

    EXTENDED = "EXTENDED"
    REOPENED = "REOPENED"
    FOR_HR = "FOR_HR"


@dataclass(frozen=True)
class GrantExtension:
    """One person's later deadline: until the end of a day, for a reason, where there is one by an order."""

    obligation_id: UUID
    due_on: date
    reason: str
    order_reference: str = ""


@dataclass(frozen=True)
class Deadline:
    """What the register says of one deadline. `case_state` is that of the evaluation, for a receipt and an answer."""

    id: UUID
    kind: ObligationKind
    employee_id: UUID
    subject: str
    owed_by: UUID | None
    owed_to: UUID | None
    state: ObligationState
    opened_at: datetime
    due_at: datetime
    original_due_at: datetime
    matter_id: UUID | None
    done_at: datetime | None
    grants: tuple[Grant, ...] = ()
    case_state: EvaluationState | None = None

    @property
    def is_open(self) -> bool:
        return self.state is ObligationState.OPEN

    @property
    def year(self) -> int:
        """Return the year of a deadline that follows from a person's days."""
        return int(self.subject[:4])

    def due_with(self, outages: Outages) -> datetime:
        """Return when it is due with all outages and grants."""
        return outages.extend(self.original_due_at, self.opened_at, self.grants).due_at

    def is_used(self, due_without: datetime, now: datetime) -> bool:
        """Return whether somebody has acted after a deadline without an outage, or may still act after it."""
        if self.done_at is not None:
            return self.state is ObligationState.DONE and self.done_at > due_without
        return self.is_open and due_without < now <= self.due_at

    def outcome(self, due_at: datetime, now: datetime) -> ExtensionOutcome | None:
        """Return what a later deadline does to this one; None where nothing is left to be gained.

        Where the window to object has ended the evaluation is final. A receipt that was deemed is undone as long as
        nobody has objected to the evaluation and it is not final.
        """
        if self.is_open:
            return ExtensionOutcome.EXTENDED
        if self.state is not ObligationState.LAPSED:
            return None
        if self.kind is ObligationKind.RECEIPT:
            return ExtensionOutcome.REOPENED if self.case_state is EvaluationState.ISSUED else None
        if self.kind is ObligationKind.ANSWER or due_at <= now:
            return ExtensionOutcome.FOR_HR
        return ExtensionOutcome.REOPENED


@dataclass(frozen=True)
class DeadlineExtension:
    """One entry of a deadline's history; `set_by` is the account that recorded the outage or granted the days."""

    id: UUID
    obligation_id: UUID
    cause: ExtensionCause
    outage_id: UUID | None
    outcome: ExtensionOutcome
    days: int
    due_before: datetime
    due_after: datetime
    reason: str
    order_reference: str
    set_by: UUID
    set_at: datetime


@dataclass(frozen=True)
class Move:
    """A deadline, where it is moved to, and its new entry."""

    deadline: Deadline
    entry: DeadlineExtension

    def needs_timer(self, now: datetime) -> bool:
        """Return whether the alarm clock must be set: it has rung already, or would ring too late."""
        if self.entry.outcome is ExtensionOutcome.EXTENDED:
            return self.entry.due_before <= now or self.entry.cause is ExtensionCause.WITHDRAWAL
        return self.entry.outcome is ExtensionOutcome.REOPENED and self.entry.due_after > now


def move_of(
    entry_id: UUID, deadline: Deadline, outages: Outages, outage: Outage, cause: ExtensionCause, now: datetime
) -> Move | None:
    """Return how an outage, or its withdrawal, moves a deadline; None where it does not."""
    due_at, is_withdrawal = deadline.due_with(outages), cause is ExtensionCause.WITHDRAWAL
    is_moved = due_at < deadline.due_at if is_withdrawal else due_at > deadline.due_at
    outcome = deadline.outcome(due_at, now)
    if outcome is None or not is_moved or (is_withdrawal and not deadline.is_open):
        return None
    entry = DeadlineExtension(
        id=entry_id,
        obligation_id=deadline.id,
        cause=cause,
        outage_id=outage.id,
        outcome=outcome,
        days=days_between(deadline.due_at, due_at, outages.time_zone),
        due_before=deadline.due_at,
        due_after=due_at,
        reason=outage.withdrawal_reason if is_withdrawal else outage.reason,
        order_reference="",
        set_by=(outage.withdrawn_by if is_withdrawal else None) or outage.recorded_by,
        set_at=now,
    )
    return Move(deadline, entry)


def granted(
    entry_id: UUID,
    found: Deadline | None,
    command: GrantExtension,
    outages: Outages,
    longest_days: int,
    set_by: UUID,
    now: datetime,
) -> Move:
    """Return one person's deadline with a later end. Raise DeadlineMissing, DeadlineEnded, or InvalidInput.

    It is not shorter than it was, not over already, and at most so many days longer than without any grant.
    """
    if found is None:
        raise DeadlineMissing
    if not found.is_open:
        raise DeadlineEnded(state=in_words(found.state))
    zone = outages.time_zone
    without = outages.extend(found.original_due_at, found.opened_at).due_at
    least = max(local_date(found.due_at, zone), local_date(now, zone))
    most = local_date(later(without, longest_days, zone), zone)
    is_later = command.due_on > local_date(found.due_at, zone) and command.due_on >= local_date(now, zone)
    if not is_later or command.due_on > most:
        expected = f"tanggal setelah {least.isoformat()}, paling lambat {most.isoformat()}"
        code = "too_long" if is_later else "not_longer"
        raise InvalidInput(errors=[FieldError("due_on", code, command.due_on.isoformat(), expected)])
    until = end_of_day(command.due_on, zone)
    days = days_between(found.due_at, until, zone)
    named = {"id": entry_id, "cause": ExtensionCause.GRANT, "outage_id": None, "outcome": ExtensionOutcome.EXTENDED}
    named |= {"days": days, "due_before": found.due_at, "due_after": until, "set_by": set_by, "set_at": now}
    return Move(found, view_of(DeadlineExtension, command, **named))


@dataclass(frozen=True)
class DeadlineView:
    """A deadline with what moved it, oldest first."""

    obligation_id: UUID
    kind: ObligationKind
    employee_id: UUID
    owed_by: UUID | None
    owed_to: UUID | None
    state: ObligationState
    due_at: datetime
    original_due_at: Annotated[datetime, Meta(description="by the rule alone")]
    due: Annotated[str, Meta(description="in words, in the agency's time zone")]
    extensions: tuple[DeadlineExtension, ...]

    @classmethod
    def of(cls, deadline: Deadline, entries: Iterable[DeadlineExtension], due: str) -> "DeadlineView":
        return view_of(cls, deadline, obligation_id=deadline.id, due=due, extensions=tuple(entries))


@dataclass(frozen=True)
class ListMovedDeadlines:
    """The deadlines that an outage moved; with FOR_HR those that HR must look at."""

    outage_id: UUID
    page: PageRequest
    outcome: ExtensionOutcome | None = None


@dataclass(frozen=True)
class MovedDeadline:
    """One deadline that an outage moved; `matter_id` is the evaluation or the objection."""

    id: UUID
    obligation_id: UUID
    kind: ObligationKind
    employee_id: UUID
    owed_by: UUID | None
    matter_id: UUID | None
    outcome: ExtensionOutcome
    cause: ExtensionCause
    days: int
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True)
class OutcomeCount:
    outage_id: UUID
    outcome: ExtensionOutcome
    number: int


@dataclass(frozen=True)
class PersonMoved:
    """Somebody whose deadlines were moved: the one that ends first, and how many they are."""

    employee_id: UUID
    obligation_id: UUID
    kind: ObligationKind
    due_at: datetime
    deadlines: int
