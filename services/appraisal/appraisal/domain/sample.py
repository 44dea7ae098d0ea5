"""A sample: evaluations of a period that an inspector draws by lot for a recorded reason, reads, and concludes."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from appraisal.domain.oversight_errors import NothingToSample, SampleMoveRefused
from appraisal.domain.periods import Period
from appraisal.domain.sampling import ALGORITHM, Draw, SampleSize, Stratum
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate


class SampleState(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class SampleMove(StrEnum):
    READ = "READ"
    CLOSE = "CLOSE"


MOVES: dict[SampleState, dict[SampleMove, SampleState]] = {
    SampleState.OPEN: {SampleMove.READ: SampleState.OPEN, SampleMove.CLOSE: SampleState.CLOSED},
    SampleState.CLOSED: {},
}


@dataclass(frozen=True, kw_only=True)
class DrawSample:
    """`unit_id` stands for the unit with all below it, None for the whole agency; without a seed one is made."""

    year: int
    quarter: int | None
    month: int | None
    unit_id: UUID | None
    wanted: SampleSize
    by_predicate: bool
    seed: str
    reason: str
    order_reference: str

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True)
class DrawnBy:
    """Who draws, and when; `seed` is the one given, or the one made for the draw."""

    inspector: UUID
    at: datetime
    seed: str


@dataclass(frozen=True)
class Sample:
    id: UUID
    year: int
    quarter: int | None
    month: int | None
    unit_id: UUID | None
    size: int | None
    share: Decimal | None
    by_predicate: bool
    algorithm: str
    seed: str
    seed_given: bool
    population: int
    population_hash: str
    drawn: int
    strata: tuple[Stratum, ...]
    reason: str
    order_reference: str
    drawn_by: UUID
    drawn_at: datetime
    state: SampleState = SampleState.OPEN
    conclusion: str = ""
    closed_by: UUID | None = None
    closed_at: datetime | None = None
    version: int = 1

    @classmethod
    def made(cls, sample_id: UUID, command: DrawSample, found: Draw, by: DrawnBy) -> "Sample":
        """Make a sample of what was drawn. Raise NothingToSample."""
        if not found.members:
            raise NothingToSample(period=str(command.period))
        return view_of(
            cls,
            command,
            command.wanted,
            found,
            id=sample_id,
            algorithm=ALGORITHM,
            seed=by.seed,
            seed_given=bool(command.seed),
            drawn=len(found.members),
            drawn_by=by.inspector,
            drawn_at=by.at,
            state=SampleState.OPEN,
            conclusion="",
            closed_by=None,
            closed_at=None,
            version=1,
        )

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    def require(self, move: SampleMove) -> SampleState:
        """Return where a move leads. Raise SampleMoveRefused."""
        target = MOVES[self.state].get(move)
        if target is None:
            raise SampleMoveRefused(state=self.state, move=move, allowed=", ".join(MOVES[self.state]) or "-")
        return target

    def closed(self, by: UUID, conclusion: str, now: datetime) -> "Sample":
        """Return it with its conclusion. Raise SampleMoveRefused."""
        state = self.require(SampleMove.CLOSE)
        return replace(self, state=state, conclusion=conclusion, closed_by=by, closed_at=now)


@dataclass(frozen=True)
class SampleMember:
    """An evaluation of a sample; `position` is its place by rank, from 1."""

    sample_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    predicate: Predicate
    position: int


@dataclass(frozen=True)
class SampleReading:
    """That an inspector has read somebody's evaluation within a sample."""

    id: UUID
    sample_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    read_by: UUID
    read_at: datetime


@dataclass(frozen=True)
class CloseSample:
    sample_id: UUID
    conclusion: str
    expected_version: int | None


@dataclass(frozen=True)
class ListSamples:
    page: PageRequest
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    state: SampleState | None = None
    drawn_by: UUID | None = None
