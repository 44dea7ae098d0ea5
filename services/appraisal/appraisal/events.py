"""The facts that the appraisal service says. Their schemas lie in contracts/events/appraisal."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from appraisal.domain.values import CompletedBy, EvaluationKind, FollowUpKind, OrgPredicate, Outcome, Predicate, Rating
from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class AppraisalFact(IntegrationEvent):
    PRODUCER: ClassVar[str] = "appraisal"
    SUBJECT: ClassVar[str] = "employee_id"


@dataclass(frozen=True, kw_only=True)
class PlanActivated(AppraisalFact):
    NAME: ClassVar[str] = "PlanActivated"
    plan_id: UUID
    employee_id: UUID
    year: int
    plan_version: int


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(AppraisalFact):
    NAME: ClassVar[str] = "FeedbackGiven"
    feedback_id: UUID
    plan_id: UUID
    employee_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppraisalIssued(AppraisalFact):
    """An annual evaluation was handed over; it may still be objected to, so nothing may be booked on it for good."""

    NAME: ClassVar[str] = "AppraisalIssued"
    evaluation_id: UUID
    employee_id: UUID
    year: int
    predicate: Predicate
    appraiser_id: UUID
    reviewer_id: UUID | None
    version: int


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(AppraisalFact):
    NAME: ClassVar[str] = "ObjectionFiled"
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    decide_by: datetime


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(AppraisalFact):
    NAME: ClassVar[str] = "ObjectionDecided"
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class AppraisalCompleted(AppraisalFact):
    """An evaluation is final; said once in its life."""

    NAME: ClassVar[str] = "AppraisalCompleted"
    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    work_result: Rating
    behaviour: Rating
    predicate: Predicate
    version: int
    completed_by: CompletedBy


@dataclass(frozen=True, kw_only=True)
class AppraisalCorrected(AppraisalFact):
    """A final evaluation got a new version, by order of a reviewer or of HR."""

    NAME: ClassVar[str] = "AppraisalCorrected"
    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    work_result: Rating
    behaviour: Rating
    predicate: Predicate
    previous_predicate: Predicate
    version: int


@dataclass(frozen=True, kw_only=True)
class FollowUpOpened(AppraisalFact):
    NAME: ClassVar[str] = "FollowUpOpened"
    follow_up_id: UUID
    employee_id: UUID
    kind: FollowUpKind
    evaluation_id: UUID
    competency_codes: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True, kw_only=True)
class OrgPredicateSet(AppraisalFact):
    NAME: ClassVar[str] = "OrgPredicateSet"
    SUBJECT: ClassVar[str] = "unit_id"
    unit_id: UUID
    year: int
    quarter: int | None
    predicate: OrgPredicate
