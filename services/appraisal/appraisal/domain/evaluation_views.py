"""Evaluations as the API shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from appraisal.domain.batches import ItemError
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_moves import EvaluationMove
from appraisal.domain.values import Capacity, CompletedBy, EvaluationKind, EvaluationState, RatingLevel, Receipt
from chassis.errors import AppError
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True)
class InForceView:
    revision: int
    predicate: Predicate


@dataclass(frozen=True)
class EvaluationView:
    """An evaluation as its parties, HR and inspectors read it."""

    id: UUID
    plan_id: UUID
    plan_version: int
    employee_id: UUID
    unit_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    rated_by: Annotated[UUID, Meta(description="the official who made the appraiser's rating")]
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    state: EvaluationState
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    competency_codes: tuple[str, ...]
    revision: Annotated[int, Meta(description="number of the rating that stands")]
    version: Annotated[int, Meta(description="of the row")]
    issued_at: datetime | None
    received_at: datetime | None
    receipt: Receipt | None
    objection_until: datetime | None
    final_at: datetime | None
    completed_by: CompletedBy | None
    rated_capacity: Annotated[Capacity | None, Meta(description="as whom `rated_by` rated")]
    finished_by: Annotated[UUID | None, Meta(description="who made the proposal final, or issued it")]
    finished_capacity: Capacity | None
    finished_order: Annotated[
        str | None, Meta(description="the order by which it was finished; null: not finished, or of an earlier release")
    ]
    first_day: Annotated[date | None, Meta(description="first day of the period in service; null: the whole period")]
    last_day: date | None
    in_force: Annotated[
        InForceView | None, Meta(description="the final rating that counts, also while another one is issued anew")
    ]
    reopened_by_order: Annotated[UUID | None, Meta(description="the correction order that issued it anew")]
    moves: Annotated[tuple[EvaluationMove, ...], Meta(description="what the employee, or officials, may do now")]
    moves_until: Annotated[
        datetime | None, Meta(description="when the moves of an issued evaluation end; until when a review is owed")
    ]

    @classmethod
    def of(cls, evaluation: Evaluation, caller: UUID | None = None) -> "EvaluationView":
        """Return the view with the moves of the caller: those of the employee, or of officials."""
        return view_of(
            cls,
            evaluation,
            evaluation.rating,
            in_force=None if evaluation.in_force is None else InForceView(*evaluation.in_force),
            moves=evaluation.moves_of(caller),
            moves_until=_moves_until(evaluation),
        )


def _moves_until(evaluation: Evaluation) -> datetime | None:
    if evaluation.state is EvaluationState.ISSUED:
        return evaluation.objection_until
    return evaluation.review_until


@dataclass(frozen=True)
class RatingOutcomeView:
    """What a batch did with the rating of one employee."""

    employee_id: UUID
    outcome: Literal["DONE", "UNCHANGED", "REFUSED"]
    evaluation_id: UUID | None = None
    state: EvaluationState | None = None
    predicate: Predicate | None = None
    error: ItemError | None = None

    @classmethod
    def of(cls, outcome: Literal["DONE", "UNCHANGED"], evaluation: Evaluation) -> "RatingOutcomeView":
        predicate = evaluation.rating.predicate
        return cls(evaluation.employee_id, outcome, evaluation.id, evaluation.state, predicate)

    @classmethod
    def refused(cls, employee_id: UUID, error: AppError) -> "RatingOutcomeView":
        return cls(employee_id, "REFUSED", error=ItemError.of(error))


@dataclass(frozen=True)
class RatingOutcomesView:
    items: tuple[RatingOutcomeView, ...]


@dataclass(frozen=True)
class ListEvaluations:
    page: PageRequest
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    kind: EvaluationKind | None = None
    unit: UUID | None = None
    state: EvaluationState | None = None
    employee_id: UUID | None = None
