"""The events that the appraisal service publishes. Their schemas lie in contracts/events/appraisal."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from appraisal.domain.correction import CorrectionOrder
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.examination import Examination
from appraisal.domain.extensions import ExtensionCause, ExtensionRole
from appraisal.domain.objection import Objection
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.values import (
    Capacity,
    CompletedBy,
    EvaluationKind,
    OrgPredicate,
    Outcome,
    RatingLevel,
)
from appraisal.events.calibrations import CalibrationCalled, RatingSuggested
from appraisal.events.follow_ups import FollowUpClosed, FollowUpOpened
from appraisal.events.reminders import DeadlinesApproaching, DeadlinesOverdue, RemindersOutdated
from appraisal.events.reviews import ReviewAsked, ReviewOverdue, ReviewReturned
from appraisal.events.studies import StudyReportDecided, StudyReportRevoked, StudyRevocationProposed
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of
from directory.performance import Predicate

# Imported for others: events of which each has a file of its own kind.
__all__ = [
    "CalibrationCalled",
    "DeadlinesApproaching",
    "DeadlinesOverdue",
    "FollowUpClosed",
    "FollowUpOpened",
    "RatingSuggested",
    "RemindersOutdated",
    "ReviewAsked",
    "ReviewOverdue",
    "ReviewReturned",
    "StudyReportDecided",
    "StudyReportRevoked",
    "StudyRevocationProposed",
]


@dataclass(frozen=True, kw_only=True)
class PlanActivated(IntegrationEvent, subject="employee_id"):
    plan_id: UUID
    employee_id: UUID
    year: int
    plan_version: int


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(IntegrationEvent, subject="employee_id"):
    feedback_id: UUID
    plan_id: UUID
    employee_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppraisalIssued(IntegrationEvent, subject="employee_id"):
    """An annual evaluation was issued; it may still be objected to, so nothing may be booked on it for good."""

    evaluation_id: UUID
    employee_id: UUID
    year: int
    predicate: Predicate
    appraiser_id: UUID
    reviewer_id: UUID | None
    version: int
    reissued_for: Literal["CORRECTION"] | None
    receipt_rule: Literal["DEEMED"] | None
    deemed_receipt_at: datetime | None

    @classmethod
    def of(cls, evaluation: Evaluation, deemed_receipt_at: datetime | None) -> "AppraisalIssued":
        return view_of(
            cls,
            evaluation,
            evaluation.rating,
            evaluation_id=evaluation.id,
            version=evaluation.revision,
            reissued_for="CORRECTION" if evaluation.reopened_by_order else None,
            receipt_rule="DEEMED" if deemed_receipt_at else None,
            deemed_receipt_at=deemed_receipt_at,
        )


@dataclass(frozen=True, kw_only=True)
class ReceiptAwaited(IntegrationEvent, subject="employee_id"):
    """A document that was issued has not been confirmed yet; `number` counts the reminders."""

    evaluation_id: UUID
    employee_id: UUID
    year: int
    version: int
    number: int
    receipt_rule: Literal["DEEMED"] | None
    deemed_receipt_at: datetime | None

    @classmethod
    def of(cls, evaluation: Evaluation, number: int, deemed_receipt_at: datetime | None) -> "ReceiptAwaited":
        return view_of(
            cls,
            evaluation,
            evaluation_id=evaluation.id,
            version=evaluation.revision,
            number=number,
            receipt_rule="DEEMED" if deemed_receipt_at else None,
            deemed_receipt_at=deemed_receipt_at,
        )


@dataclass(frozen=True, kw_only=True)
class ReceiptDeemed(IntegrationEvent, subject="employee_id"):
    """A document that nobody confirmed counts as received: the days to object run, until the end that is named."""

    evaluation_id: UUID
    employee_id: UUID
    year: int
    objection_until: datetime

    @classmethod
    def of(cls, evaluation: Evaluation) -> "ReceiptDeemed":
        return view_of(cls, evaluation, evaluation_id=evaluation.id)


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(IntegrationEvent, subject="employee_id"):
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    decide_by: datetime

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionFiled":
        return view_of(cls, objection, objection_id=objection.id, reviewer_id=objection.decider_id)


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(IntegrationEvent, subject="employee_id"):
    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    outcome: Outcome

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionDecided":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(IntegrationEvent, subject="employee_id"):
    """An objection was withdrawn before its decision: the evaluation is as it was issued, and its window goes on."""

    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionWithdrawn":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True, kw_only=True)
class AppraisalCompleted(IntegrationEvent, subject="employee_id"):
    """An evaluation is final; published once in its life."""

    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate
    version: int
    completed_by: CompletedBy
    first_day: date | None
    last_day: date | None

    @classmethod
    def of(cls, evaluation: Evaluation) -> "AppraisalCompleted":
        return view_of(cls, evaluation, evaluation.rating, evaluation_id=evaluation.id, version=evaluation.revision)


@dataclass(frozen=True, kw_only=True)
class AppraisalCorrected(IntegrationEvent, subject="employee_id"):
    """A final evaluation has a new version by an order; one that was issued anew has it once it is final."""

    evaluation_id: UUID
    employee_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate
    previous_predicate: Predicate
    version: int

    @classmethod
    def of(cls, evaluation: Evaluation, previous: Predicate) -> "AppraisalCorrected":
        return view_of(
            cls,
            evaluation,
            evaluation.rating,
            evaluation_id=evaluation.id,
            previous_predicate=previous,
            version=evaluation.revision,
        )


@dataclass(frozen=True, kw_only=True)
class OrgPredicateSet(IntegrationEvent, subject="unit_id"):
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    predicate: OrgPredicate


@dataclass(frozen=True, kw_only=True)
class ObjectionEscalated(IntegrationEvent, subject="employee_id"):
    """The decision on an objection is late; `decider_superior_id` is who is above the decider on that day."""

    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    decider_id: UUID | None
    decider_superior_id: UUID | None
    decide_by: datetime

    @classmethod
    def of(cls, objection: Objection, decider_superior_id: UUID | None) -> "ObjectionEscalated":
        return view_of(cls, objection, objection_id=objection.id, decider_superior_id=decider_superior_id)


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(IntegrationEvent, subject="employee_id"):
    """The appraiser has answered an objection; what they wrote is read by the parties alone."""

    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    decider_id: UUID | None

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionAnswered":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True, kw_only=True)
class DeciderDesignated(IntegrationEvent, subject="employee_id"):
    """HR has designated who decides an objection."""

    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    decider_id: UUID | None
    decide_by: datetime

    @classmethod
    def of(cls, objection: Objection) -> "DeciderDesignated":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True, kw_only=True)
class ObjectionStatementOverdue(IntegrationEvent, subject="employee_id"):
    """The appraiser has not answered an objection in time: it may be decided without that."""

    objection_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None
    statement_by: datetime | None

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionStatementOverdue":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True, kw_only=True)
class ExaminationCalled(IntegrationEvent, subject="employee_id"):
    """Somebody is called to an examination of an objection: `employee_id` is who is called, be it a party or not."""

    employee_id: UUID
    objection_id: UUID
    examination_id: UUID
    starts_at: datetime

    @classmethod
    def of(cls, examination: Examination, person: UUID) -> "ExaminationCalled":
        return view_of(cls, examination, employee_id=person, examination_id=examination.id)


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(IntegrationEvent, subject="employee_id"):
    """A deadline was moved: `employee_id` is who is notified, because they owe something (OWES) or wait for it.

    `deadlines` is how many of theirs were moved at once; the one that ends first is named.
    """

    employee_id: UUID
    obligation_id: UUID
    kind: ObligationKind
    role: ExtensionRole
    cause: ExtensionCause
    outage_id: UUID | None
    due_at: datetime
    deadlines: int


class DialogueCause(StrEnum):
    """Why an appraiser owes a dialogue: the person asked for it, or an order has lowered the evaluation."""

    REQUEST = "REQUEST"
    CORRECTION = "CORRECTION"


@dataclass(frozen=True, kw_only=True)
class DialogueRequested(IntegrationEvent, subject="employee_id"):
    dialogue_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    cause: DialogueCause
    answer_by: datetime

    @classmethod
    def of(
        cls, evaluation: Evaluation, dialogue_id: UUID, cause: DialogueCause, answer_by: datetime
    ) -> "DialogueRequested":
        more = {"evaluation_id": evaluation.id, "dialogue_id": dialogue_id, "cause": cause, "answer_by": answer_by}
        return view_of(cls, evaluation, **more)


@dataclass(frozen=True, kw_only=True)
class DialogueEscalated(IntegrationEvent, subject="employee_id"):
    """A dialogue has not ended in time; the reviewer is to see to it."""

    dialogue_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    answer_by: datetime

    @classmethod
    def of(
        cls, evaluation: Evaluation, dialogue_id: UUID, answer_by: datetime, reviewer_id: UUID | None
    ) -> "DialogueEscalated":
        """`reviewer_id`: who reviews today, where the one of that time has left."""
        named = {"evaluation_id": evaluation.id, "dialogue_id": dialogue_id, "reviewer_id": reviewer_id}
        return view_of(cls, evaluation, **named, answer_by=answer_by)


@dataclass(frozen=True, kw_only=True)
class CorrectionProposed(IntegrationEvent, subject="employee_id"):
    """An order to correct a final evaluation waits for a second officer."""

    order_id: UUID
    evaluation_id: UUID
    employee_id: UUID
    reviewer_id: UUID | None
    proposed_capacity: Capacity

    @classmethod
    def of(cls, order: CorrectionOrder, evaluation: Evaluation) -> "CorrectionProposed":
        return view_of(cls, order, evaluation, order_id=order.id)
