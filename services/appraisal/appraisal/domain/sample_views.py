"""Samples as inspectors read them, and as the people whose evaluations were read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.explanation import ExplanationView
from appraisal.domain.sample import MOVES, Sample, SampleMove, SampleState
from appraisal.domain.sampling import Stratum
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True)
class SampleView:
    """A sample with all that is needed to draw it again."""

    id: UUID
    year: int
    quarter: int | None
    month: int | None
    unit_id: Annotated[UUID | None, Meta(description="with all units below it; null: the whole agency")]
    size: Annotated[int | None, Meta(description="how many were asked for; null: a share")]
    share: Annotated[Decimal | None, Meta(description="which share was asked for; null: a number")]
    by_predicate: bool
    algorithm: Annotated[str, Meta(description="how it was drawn; docs/oversight.md says it step by step")]
    seed: str
    seed_given: Annotated[bool, Meta(description="false: the system has made the seed")]
    population: Annotated[int, Meta(description="finished evaluations that could be drawn")]
    population_hash: Annotated[str, Meta(description="SHA-256 of what it was drawn from")]
    drawn: int
    strata: Annotated[tuple[Stratum, ...], Meta(description="by predicate at the draw")]
    reason: str
    order_reference: str
    drawn_by: UUID
    drawn_at: datetime
    state: SampleState
    moves: tuple[SampleMove, ...]
    conclusion: str
    closed_by: UUID | None
    closed_at: datetime | None
    version: int

    @classmethod
    def of(cls, sample: Sample) -> "SampleView":
        return view_of(cls, sample, moves=tuple(MOVES[sample.state]))


@dataclass(frozen=True)
class SampleMemberView:
    """An evaluation that was drawn."""

    evaluation_id: UUID
    employee_id: UUID
    predicate: Annotated[Predicate, Meta(description="at the draw")]
    position: Annotated[int, Meta(description="by rank, from 1")]
    read_at: Annotated[datetime | None, Meta(description="when an inspector read it last within the sample")]


@dataclass(frozen=True)
class SampledEvaluationView:
    """A member's evaluation as it is now, with its explanation."""

    sample_id: UUID
    evaluation: EvaluationView
    explanation: ExplanationView


@dataclass(frozen=True)
class OwnReadingView:
    """That an inspector has read one's own evaluation within a sample, and on which order."""

    id: UUID
    sample_id: UUID
    evaluation_id: UUID
    read_by: UUID
    read_at: datetime
    order_reference: str
