"""An obligation: who owes what about whom, for which days, by when, and why somebody is excused."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from appraisal.domain.errors import ObligationMoveRefused
from appraisal.domain.periods import Period
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.segments import Excuse
from chassis.pagination import PageRequest


class ObligationKind(StrEnum):
    PLAN = "PLAN"
    PERIODIC_EVALUATION = "PERIODIC_EVALUATION"
    ANNUAL_EVALUATION = "ANNUAL_EVALUATION"
    SEGMENT_RATING = "SEGMENT_RATING"
    RECEIPT = "RECEIPT"
    ANSWER = "ANSWER"
    STATEMENT = "STATEMENT"
    DECISION = "DECISION"
    DIALOGUE = "DIALOGUE"
    REVIEW = "REVIEW"


EVALUATIONS = (ObligationKind.PERIODIC_EVALUATION, ObligationKind.ANNUAL_EVALUATION)
# Those that follow from a person's days by the rules alone, and are computed anew when the days change.
BY_DAYS = (ObligationKind.PLAN, *EVALUATIONS, ObligationKind.SEGMENT_RATING)
# Nobody has this id, and every id comes after it.
NOBODY = UUID(int=0)
WINDOW_CLOSED = "WINDOW_CLOSED"
NO_LONGER_OWED = "NO_LONGER_OWED"
_LAST_SECOND = timedelta(seconds=1)


def kind_of(period: Period) -> ObligationKind:
    return ObligationKind.ANNUAL_EVALUATION if period.is_year else ObligationKind.PERIODIC_EVALUATION


def subject_of(period: Period) -> str:
    """Return the subject of an evaluation of a period: 2026, 2026-Q1, 2026-M03."""
    if period.month is not None:
        return f"{period.year}-M{period.month:02}"
    return str(period.year) if period.quarter is None else f"{period.year}-Q{period.quarter}"


def period_of(subject: str) -> Period:
    """Return the period of an evaluation's subject."""
    year, _, part = subject.partition("-")
    number = int(part[1:]) if part else None
    return Period.of(int(year), month=number) if part.startswith("M") else Period.of(int(year), quarter=number)


def subject_from(subject: str, first_day: date) -> str:
    """Return the subject of the days of a year or a period from `first_day` on."""
    return f"{subject}/{first_day.isoformat()}"


def over_by(now: datetime) -> datetime:
    """Return the moment up to which deadlines are over: the second that a deadline names still counts whole."""
    return now - _LAST_SECOND


class ObligationMove(StrEnum):
    """FULFIL: do what is owed. ASK_EXTENSION: it is too late, and HR may give a later deadline.

    HR: EXTEND, EXCUSE, REINSTATE; RATE days until a move by an order, DESIGNATE a decider where there is
    none, or a reviewer, also where a review is late.
    """

    FULFIL = "FULFIL"
    ASK_EXTENSION = "ASK_EXTENSION"
    EXTEND = "EXTEND"
    EXCUSE = "EXCUSE"
    REINSTATE = "REINSTATE"
    RATE = "RATE"
    DESIGNATE = "DESIGNATE"


class ObligationState(StrEnum):
    """LAPSED: the time has ended, and the law says what follows. CANCELLED: it is owed no longer."""

    OPEN = "OPEN"
    DONE = "DONE"
    EXCUSED = "EXCUSED"
    LAPSED = "LAPSED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """What is owed by the rules and by what has happened.

    As computed, `due_at` is the rule's day, or the end of a period's window; outages and grants extend it when it is
    written (`with_extensions`).

    There is one for each kind, employee and subject. `owed_by` is None where nobody can act: it is on HR's list.
    """

    kind: ObligationKind
    employee_id: UUID
    subject: str
    unit_id: UUID | None = None
    owed_by: UUID | None = None
    owed_to: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    working_days: int | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    state: ObligationState = ObligationState.OPEN
    reason: str = ""
    done_at: datetime | None = None
    matter_id: UUID | None = None

    @property
    def key(self) -> tuple[ObligationKind, UUID, str]:
        return self.kind, self.employee_id, self.subject


@dataclass(frozen=True)
class ExcuseObligation:
    """HR excuses somebody by an order with its number."""

    obligation_id: UUID
    reason: str
    order_reference: str


@dataclass(frozen=True, kw_only=True)
class KeptObligation(Obligation):
    """An obligation as it is stored, with what people did to it."""

    id: UUID
    excused_by: UUID | None
    excuse: str
    order_reference: str
    version: int

    @property
    def year(self) -> int:
        """Return the year of an obligation that follows from a person's days."""
        return int(self.subject[:4])

    def is_overdue(self, now: datetime) -> bool:
        return self.state is ObligationState.OPEN and self.due_at is not None and self.due_at <= over_by(now)

    def excused(self, command: ExcuseObligation, by: UUID) -> "KeptObligation":
        """Return it as excused by an order. Raise ObligationMoveRefused for what is done, or no matter of days."""
        if self.kind not in BY_DAYS or self.state not in {ObligationState.OPEN, ObligationState.LAPSED}:
            raise self._refused()
        return replace(
            self,
            state=ObligationState.EXCUSED,
            reason=Excuse.BY_ORDER,
            excused_by=by,
            excuse=command.reason,
            order_reference=command.order_reference,
        )

    def reinstated(self) -> "KeptObligation":
        """Return it without the order. Raise ObligationMoveRefused when none excused it."""
        if self.excused_by is None:
            raise self._refused()
        return replace(self, state=ObligationState.OPEN, reason="", excused_by=None, excuse="", order_reference="")

    def as_open(self) -> "KeptObligation":
        """Return it as its employee reads it while what fulfilled it is reviewed, of which they must not learn."""
        return replace(self, state=ObligationState.OPEN, done_at=None, matter_id=None)

    def _refused(self) -> ObligationMoveRefused:
        allowed = all_in_words(self.moves)
        return ObligationMoveRefused(kind=in_words(self.kind), state=in_words(self.state), allowed=allowed)

    @property
    def moves(self) -> tuple[ObligationMove, ...]:
        """Return what HR can do with it now."""
        if self.excused_by is not None:
            return (ObligationMove.REINSTATE,)
        is_running = self.kind in BY_DAYS and self.state in {ObligationState.OPEN, ObligationState.LAPSED}
        return (ObligationMove.EXCUSE,) if is_running else ()


@dataclass(frozen=True)
class ListObligations:
    """The filters of a list; `employee_id` is about whom, `owed_by` who must act, `unit` has the units below it too.

    `by_nobody`: what nobody can do, and HR sees to.
    """

    page: PageRequest
    owed_by: UUID | None = None
    employee_id: UUID | None = None
    unit: UUID | None = None
    year: int | None = None
    kind: ObligationKind | None = None
    state: ObligationState | None = None
    overdue: bool | None = None
    by_nobody: bool = False
