"""The fields of a file that a check reads. What else a file has is covered by its hash alone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from appraisal.domain.extensions import ExtensionCause
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.periods import Period
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.values import (
    BehaviourValue,
    Capacity,
    EvaluationKind,
    EvaluationState,
    Outcome,
    PlanState,
    RatingLevel,
    Receipt,
)
from chassis.views import view_of
from directory.performance import Predicate

Moment = Annotated[datetime, Meta(tz=True)]
Number = Annotated[int, Meta(ge=1, le=1_000_000)]
Count = Annotated[int, Meta(ge=0)]
Year = Annotated[int, Meta(ge=2000, le=2100)]
Quarter = Annotated[int, Meta(ge=1, le=4)]
Month = Annotated[int, Meta(ge=1, le=12)]


@dataclass(frozen=True, kw_only=True)
class RuleSource:
    rule_version: str
    effective_from: date
    legal_source: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class MatrixRule(RuleSource):
    matrix: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RuleInFile(RuleSource):
    kind: str
    value: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Cell:
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate

    @property
    def levels(self) -> tuple[RatingLevel, RatingLevel]:
        return self.work_result, self.behaviour


@dataclass(frozen=True, kw_only=True)
class Rated(Cell):
    work_result_note: str
    behaviour_note: str

    @property
    def rating(self) -> Rating:
        return view_of(Rating, self)

    @property
    def found(self) -> RatingInput:
        return view_of(RatingInput, self)


@dataclass(frozen=True, kw_only=True)
class Revision(Rated):
    revision: Number
    decided_by: UUID
    capacity: Capacity
    reason: str
    order_reference: str
    rule_version: str
    plan_version: Number
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Considered(Cell):
    evaluation_id: UUID
    quarter: Quarter | None
    month: Month | None

    def period(self, year: int) -> Period:
        return Period.of(year, self.quarter, self.month)


@dataclass(frozen=True, kw_only=True)
class SegmentRated(Rated):
    id: UUID
    year: Year
    quarter: Quarter | None
    month: Month | None
    first_day: date
    last_day: date
    capacity: Capacity
    order_reference: str
    rated_at: Moment

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True, kw_only=True)
class PlanOfYear:
    plan_id: UUID
    state: PlanState
    active_version: int


@dataclass(frozen=True, kw_only=True)
class Realisation:
    entries: Count
    evidence_links: Count


@dataclass(frozen=True, kw_only=True)
class FeedbackUsed:
    behaviour_value: BehaviourValue | None
    given_at: Moment


@dataclass(frozen=True, kw_only=True)
class PeriodOfInputs:
    first_day: date
    last_day: date
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Optional is what a later release may show elsewhere."""

    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    plan_id: UUID
    plan_version: Number
    period: PeriodOfInputs
    plans_of_the_year: tuple[PlanOfYear, ...] = ()
    realisation: tuple[Realisation, ...] = ()
    feedback: tuple[FeedbackUsed, ...] = ()
    periodic_evaluations: tuple[Considered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecidedBy:
    employee_id: UUID
    capacity: Capacity
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Finished:
    """Who finished the proposal; an earlier release did not keep by which order."""

    employee_id: UUID
    capacity: Capacity
    order_reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rerouting:
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Order:
    order_id: UUID
    revision: Number
    lowers: bool
    order_reference: str
    proposed_by: UUID
    proposed_capacity: Capacity
    proposed_at: Moment
    approved_by: UUID
    approved_capacity: Capacity
    approved_at: Moment


@dataclass(frozen=True, kw_only=True)
class DeadlineMove:
    deadline: ObligationKind
    cause: ExtensionCause
    outage_id: UUID | None
    due_before: Moment
    due_after: Moment
    set_at: Moment


@dataclass(frozen=True, kw_only=True)
class WithdrawnObjection:
    filed_at: Moment
    withdrawn_at: Moment


@dataclass(frozen=True, kw_only=True)
class Rights:
    text: str
    can_request_dialogue: bool
    can_object: bool
    must_confirm_receipt: bool = False
    issued_at: Moment | None = None
    received_at: Moment | None = None
    receipt: Receipt | None = None
    objection_until: Moment | None = None
    objection_id: UUID | None = None
    filed_at: Moment | None = None
    decide_by: Moment | None = None
    outcome: Outcome | None = None
    rule: RuleSource | None = None
    moved: tuple[DeadlineMove, ...] = ()
    withdrawn_objections: tuple[WithdrawnObjection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Basis:
    revision: Number
    sha256: str
    content: dict[str, Any]
    intact: bool = True


@dataclass(frozen=True, kw_only=True)
class ExplainedSegment:
    segment_rating_id: UUID
    basis: Basis | None = None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    evaluation_id: UUID
    kind: EvaluationKind
    year: Year
    quarter: Quarter | None
    month: Month | None
    state: EvaluationState
    is_final: bool
    predicate: Predicate
    inputs: Inputs
    matrix_cell: Cell
    rule: MatrixRule
    decided_by: DecidedBy
    history: Annotated[tuple[Revision, ...], Meta(min_length=1)]
    rights: Rights
    reroutings: tuple[Rerouting, ...] = ()
    segment_ratings: tuple[SegmentRated, ...] = ()
    segments: tuple[ExplainedSegment, ...] | None = None
    orders: tuple[Order, ...] = ()
    bases: tuple[Basis, ...] = ()
    frozen: bool | None = None
    finished: Finished | None = None

    @property
    def latest(self) -> Revision:
        return self.history[-1]

    @cached_property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True, kw_only=True)
class ExplanationFile:
    """`raw` is the file as it was read, over which its hash is made."""

    format: str
    agency: str
    time_zone: str
    exported_at: Moment
    explanation: Explanation
    rules: tuple[RuleInFile, ...]
    sha256: str
    raw: dict[str, Any] = field(default_factory=dict)
