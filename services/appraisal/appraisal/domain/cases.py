"""The deadlines of a case: receipt, answer, statement, decision, dialogue and review, as rows of the register."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.objection import Objection
from appraisal.domain.obligation import Obligation, ObligationKind
from appraisal.domain.review import Review


class CaseEnd(StrEnum):
    """Why a deadline of a case ended without its act."""

    DEEMED = "DEEMED_RECEIPT"
    EXPIRED = "WINDOW_EXPIRED"
    REOPENED = "RECEIPT_REOPENED"
    UNRECORDED = "ENDED_BY_EARLIER_RELEASE"
    WITHDRAWN = "OBJECTION_WITHDRAWN"
    DECIDED_WITHOUT = "DECIDED_WITHOUT_STATEMENT"


CASE_KINDS = (
    ObligationKind.RECEIPT,
    ObligationKind.ANSWER,
    ObligationKind.STATEMENT,
    ObligationKind.DECISION,
    ObligationKind.DIALOGUE,
    ObligationKind.REVIEW,
)


def receipt_of(evaluation: Evaluation, due_at: datetime | None) -> Obligation:
    """The employee is to confirm an issued document; `due_at` is when it counts as received without that."""
    return _of(evaluation, ObligationKind.RECEIPT, evaluation.employee_id, evaluation.issued_at, due_at)


def answer_of(evaluation: Evaluation, until: datetime) -> Obligation:
    """The employee may object, or accept, from the receipt on (PP 30/2019 Art. 59)."""
    return _of(evaluation, ObligationKind.ANSWER, evaluation.employee_id, evaluation.received_at, until)


def statement_of(evaluation: Evaluation, objection: Objection) -> Obligation:
    """The appraiser owes the objection an answer."""
    return _of_objection(
        evaluation, objection, ObligationKind.STATEMENT, objection.appraiser_id, objection.statement_by
    )


def decision_of(evaluation: Evaluation, objection: Objection) -> Obligation:
    """The decider owes the employee a decision; nobody can act until there is one."""
    return _of_objection(evaluation, objection, ObligationKind.DECISION, objection.decider_id, objection.decide_by)


def review_of(evaluation: Evaluation, review: Review, reviewer_id: UUID | None, until: datetime) -> Obligation:
    """The reviewer owes the appraiser a confirmation or a return; nobody can act until there is one."""
    return Obligation(
        kind=ObligationKind.REVIEW,
        employee_id=evaluation.employee_id,
        subject=str(review.id),
        unit_id=evaluation.unit_id,
        owed_by=reviewer_id,
        owed_to=evaluation.appraiser_id,
        opens_at=review.asked_at,
        due_at=until,
        original_due_at=until,
        matter_id=evaluation.id,
    )


def dialogue_of(evaluation: Evaluation, entry_id: UUID, asked_at: datetime, due_at: datetime) -> Obligation:
    """The appraiser owes an answer to a request for a dialogue; each request has its own."""
    return Obligation(
        kind=ObligationKind.DIALOGUE,
        employee_id=evaluation.employee_id,
        subject=str(entry_id),
        unit_id=evaluation.unit_id,
        owed_by=evaluation.appraiser_id,
        owed_to=evaluation.employee_id,
        opens_at=asked_at,
        due_at=due_at,
        original_due_at=due_at,
        matter_id=evaluation.id,
    )


def _of(
    evaluation: Evaluation, kind: ObligationKind, owed_by: UUID, opens_at: datetime | None, due_at: datetime | None
) -> Obligation:
    return Obligation(
        kind=kind,
        employee_id=evaluation.employee_id,
        subject=str(evaluation.id),
        unit_id=evaluation.unit_id,
        owed_by=owed_by,
        owed_to=evaluation.appraiser_id,
        opens_at=opens_at,
        due_at=due_at,
        original_due_at=due_at,
        matter_id=evaluation.id,
    )


def _of_objection(
    evaluation: Evaluation, objection: Objection, kind: ObligationKind, owed_by: UUID | None, due_at: datetime | None
) -> Obligation:
    return Obligation(
        kind=kind,
        employee_id=objection.employee_id,
        subject=str(objection.id),
        unit_id=evaluation.unit_id,
        owed_by=owed_by,
        owed_to=objection.employee_id,
        opens_at=objection.filed_at,
        due_at=due_at,
        original_due_at=due_at,
        matter_id=objection.id,
    )
