"""Calibration: the appraisers of a unit compare their proposals of a period before they finish them.

A suggestion changes nothing: the appraiser rates (PermenPANRB 6/2022), and takes it up or refuses it with a reason.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.calibration_errors import CalibrationMoveRefused, NothingToCalibrate, SuggestionAnswered
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.org_predicate import SetterCapacity
from appraisal.domain.periods import Period
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.values import RatingLevel
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate

LONGEST_DAYS = 60


class CalibrationState(StrEnum):
    """EXPIRED: nobody closed it in time. No state of a session keeps anybody from finishing a proposal."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"


class CalibrationMove(StrEnum):
    SUGGEST = "SUGGEST"
    ADOPT = "ADOPT"
    REFUSE = "REFUSE"
    CLOSE = "CLOSE"


MOVES: dict[CalibrationState, tuple[CalibrationMove, ...]] = {
    CalibrationState.OPEN: tuple(CalibrationMove),
    CalibrationState.CLOSED: (),
    CalibrationState.EXPIRED: (),
}


class SuggestionOutcome(StrEnum):
    ADOPTED = "ADOPTED"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class OpenCalibration:
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    due_on: date
    reason: str

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    def require_due(self, today: date) -> None:
        """Raise InvalidInput for a last day that has passed or is far ahead."""
        if not 0 <= (self.due_on - today).days <= LONGEST_DAYS:
            expected = f"hari ini sampai {LONGEST_DAYS} hari ke depan"
            raise InvalidInput(errors=[FieldError("due_on", "out_of_range", self.due_on.isoformat(), expected)])


@dataclass(frozen=True)
class Calibration:
    """A session; `participants` are the appraisers of the unit's proposals when it was opened."""

    id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    reason: str
    participants: tuple[UUID, ...]
    opened_by: UUID
    capacity: SetterCapacity
    opened_at: datetime
    due_at: datetime
    counts_before: dict[Predicate, int]
    counts_after: dict[Predicate, int] | None = None
    minutes: str = ""
    closed_by: UUID | None = None
    closed_at: datetime | None = None
    version: int = 1

    @classmethod
    def opened(
        cls, session_id: UUID, command: OpenCalibration, by: "OpenedBy", due_at: datetime, proposals: "Proposals"
    ) -> "Calibration":
        """Make a session. Raise NothingToCalibrate where nothing is proposed."""
        if not proposals.appraisers:
            raise NothingToCalibrate(period=str(command.period))
        participants = tuple(sorted(proposals.appraisers))
        return view_of(
            cls,
            command,
            id=session_id,
            participants=participants,
            opened_by=by.official,
            capacity=by.capacity,
            opened_at=by.at,
            due_at=due_at,
            counts_before=proposals.counts,
            counts_after=None,
            minutes="",
            closed_by=None,
            closed_at=None,
            version=1,
        )

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    def state(self, now: datetime) -> CalibrationState:
        if self.closed_at is not None:
            return CalibrationState.CLOSED
        return CalibrationState.EXPIRED if now > self.due_at else CalibrationState.OPEN

    def require(self, move: CalibrationMove, now: datetime) -> None:
        """Raise CalibrationMoveRefused."""
        state = self.state(now)
        if move not in MOVES[state]:
            allowed = all_in_words(MOVES[state])
            raise CalibrationMoveRefused(state=in_words(state), move=in_words(move), allowed=allowed)

    def closed(self, by: UUID, minutes: str, counts: dict[Predicate, int], now: datetime) -> "Calibration":
        """Return it with its minutes. Raise CalibrationMoveRefused."""
        self.require(CalibrationMove.CLOSE, now)
        return replace(self, closed_by=by, closed_at=now, minutes=minutes, counts_after=counts)


@dataclass(frozen=True)
class OpenedBy:
    official: UUID
    capacity: SetterCapacity
    at: datetime


@dataclass(frozen=True)
class Proposals:
    """Who has proposed something in a unit, and how the predicates there are distributed."""

    appraisers: frozenset[UUID]
    counts: dict[Predicate, int]


@dataclass(frozen=True, kw_only=True)
class SuggestRating:
    """`reason` is what the employee reads in the explanation, once the appraiser has taken it up."""

    calibration_id: UUID
    evaluation_id: UUID
    work_result: RatingLevel
    behaviour: RatingLevel
    reason: str


@dataclass(frozen=True, kw_only=True)
class AdoptSuggestion(RatingInput):
    """The appraiser's own rating after a suggestion, which it need not follow in all."""

    calibration_id: UUID
    suggestion_id: UUID


@dataclass(frozen=True)
class Suggestion:
    id: UUID
    calibration_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    work_result: RatingLevel
    behaviour: RatingLevel
    reason: Annotated[str, Meta(description="shown to the employee once it is taken up")]
    suggested_by: UUID
    suggested_at: datetime
    predicate_before: Predicate
    predicate_after: Predicate | None = None
    outcome: SuggestionOutcome | None = None
    answer: Annotated[str, Meta(description="why the appraiser refused it")] = ""
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    version: int = 1

    @classmethod
    def made(
        cls, suggestion_id: UUID, command: SuggestRating, evaluation: Evaluation, by: UUID, now: datetime
    ) -> "Suggestion":
        """Make a suggestion. Raise InvalidInput for the rating that is proposed already."""
        if (command.work_result, command.behaviour) == evaluation.rating.levels:
            expected = "penilaian yang berbeda dari usulan"
            raise InvalidInput(errors=[FieldError("work_result", "nothing_changed", command.work_result, expected)])
        return cls(
            suggestion_id,
            command.calibration_id,
            evaluation.id,
            evaluation.employee_id,
            command.work_result,
            command.behaviour,
            command.reason,
            by,
            now,
            evaluation.rating.predicate,
        )

    def adopted(self, rating: Rating, by: UUID, now: datetime) -> "Suggestion":
        answered = self._answered(SuggestionOutcome.ADOPTED, by, now)
        return replace(answered, predicate_after=rating.predicate)

    def refused(self, answer: str, by: UUID, now: datetime) -> "Suggestion":
        return replace(self._answered(SuggestionOutcome.REFUSED, by, now), answer=answer)

    def _answered(self, outcome: SuggestionOutcome, by: UUID, now: datetime) -> "Suggestion":
        if self.outcome is not None:
            raise SuggestionAnswered(outcome=in_words(self.outcome))
        return replace(self, outcome=outcome, answered_by=by, answered_at=now)


@dataclass(frozen=True)
class CalibrationView:
    """A session; the counts are for HR and the leader, and hidden where they would disclose somebody's predicate."""

    id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    state: CalibrationState
    moves: tuple[CalibrationMove, ...]
    reason: str
    participants: tuple[UUID, ...]
    opened_by: UUID
    capacity: SetterCapacity
    opened_at: datetime
    due_at: datetime
    counts_before: dict[Predicate, int] | None
    counts_after: dict[Predicate, int] | None
    minutes: Annotated[str, Meta(description="empty until it is closed, and for who awaits an own result in it")]
    closed_by: UUID | None
    closed_at: datetime | None
    suggestions: tuple[Suggestion, ...]
    version: int

    @classmethod
    def of(
        cls, session: Calibration, suggestions: Sequence[Suggestion], reader: "Reader", now: datetime
    ) -> "CalibrationView":
        state, shown = session.state(now), reader.sees_counts
        return view_of(
            cls,
            session,
            state=state,
            moves=tuple(move for move in MOVES[state] if move in reader.moves),
            counts_before=session.counts_before if shown else None,
            counts_after=session.counts_after if shown else None,
            minutes=session.minutes if reader.sees_minutes else "",
            suggestions=tuple(one for one in suggestions if one.employee_id != reader.employee_id),
        )


@dataclass(frozen=True)
class Reader:
    """Who reads a session, and what they may do in it. Nobody reads what is suggested about themselves."""

    employee_id: UUID | None
    moves: Collection[CalibrationMove]
    sees_counts: bool
    sees_minutes: bool


@dataclass(frozen=True)
class ListCalibrations:
    page: PageRequest
    unit: UUID | None = None
    year: int | None = None


@dataclass(frozen=True)
class CalibrationHeadView:
    """A session in a list."""

    id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    state: CalibrationState
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    version: int

    @classmethod
    def of(cls, session: Calibration, now: datetime) -> "CalibrationHeadView":
        return view_of(cls, session, state=session.state(now))
