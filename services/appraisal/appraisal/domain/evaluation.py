"""An evaluation from proposal to final, and who may do what with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from appraisal.domain.errors import EvaluationMoveRefused, ObjectionTooLate, ReceiptMissing
from appraisal.domain.values import CompletedBy, EvaluationKind, EvaluationState, Predicate, Rating, Receipt


@dataclass(frozen=True)
class Judgement:
    """What a named official found: two ratings with their reasons, and the predicate that follows."""

    work_result: Rating
    behaviour: Rating
    work_result_note: str
    behaviour_note: str
    predicate: Predicate


@dataclass(frozen=True)
class Evaluation:
    id: UUID
    plan_id: UUID
    plan_version: int
    employee_id: UUID
    unit_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    rated_by: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    state: EvaluationState
    judgement: Judgement
    competency_codes: tuple[str, ...]
    revision: int
    version: int
    issued_at: datetime | None = None
    received_at: datetime | None = None
    receipt: Receipt | None = None
    objection_until: datetime | None = None
    final_at: datetime | None = None
    completed_by: CompletedBy | None = None

    @property
    def period(self) -> str:
        return f"{self.year}" if self.quarter is None else f"{self.year} triwulan {self.quarter}"

    def _require(self, move: str, *states: EvaluationState) -> None:
        if self.state not in states:
            raise EvaluationMoveRefused(state=self.state, move=move)

    def rerated(self, judgement: Judgement, competency_codes: tuple[str, ...], rated_by: UUID) -> "Evaluation":
        self._require("RERATE", EvaluationState.PROPOSED)
        return replace(
            self,
            judgement=judgement,
            competency_codes=competency_codes,
            rated_by=rated_by,
            revision=self.revision + 1,
            version=self.version + 1,
        )

    def issued(self, now: datetime) -> "Evaluation":
        self._require("ISSUE", EvaluationState.PROPOSED)
        if self.kind is not EvaluationKind.ANNUAL:
            raise EvaluationMoveRefused(state=self.state, move="ISSUE")
        return replace(self, state=EvaluationState.ISSUED, issued_at=now, version=self.version + 1)

    def received(self, at: datetime, receipt: Receipt, objection_until: datetime) -> "Evaluation":
        self._require("RECEIVE", EvaluationState.ISSUED)
        return replace(self, received_at=at, receipt=receipt, objection_until=objection_until, version=self.version + 1)

    def objected(self, now: datetime) -> "Evaluation":
        """File within the window (PP 30/2019 Art. 59); its last second still counts."""
        if self.objection_until is not None and now.replace(microsecond=0) > self.objection_until:
            raise ObjectionTooLate(until=self.objection_until.isoformat())
        self._require("OBJECT", EvaluationState.ISSUED)
        if self.received_at is None:
            raise ReceiptMissing
        return replace(self, state=EvaluationState.OBJECTED, version=self.version + 1)

    def accepted(self, now: datetime) -> "Evaluation":
        self._require("ACCEPT", EvaluationState.ISSUED)
        if self.received_at is None:
            raise ReceiptMissing
        return _final(self, now, CompletedBy.ACCEPTED)

    def expired(self, now: datetime) -> "Evaluation":
        self._require("EXPIRE", EvaluationState.ISSUED)
        return _final(self, now, CompletedBy.WINDOW_EXPIRED)

    def finalised(self, now: datetime) -> "Evaluation":
        self._require("FINALISE", EvaluationState.PROPOSED)
        if self.kind is not EvaluationKind.PERIODIC:
            raise EvaluationMoveRefused(state=self.state, move="FINALISE")
        return _final(self, now, CompletedBy.APPRAISER)

    def decided(self, now: datetime, judgement: Judgement | None) -> "Evaluation":
        """Keep (no new judgement) or change; the decision is final (PP 30/2019 Art. 59)."""
        self._require("DECIDE", EvaluationState.OBJECTED)
        changed = self if judgement is None else replace(self, judgement=judgement, revision=self.revision + 1)
        return _final(changed, now, CompletedBy.DECIDED)

    def corrected(self, judgement: Judgement) -> "Evaluation":
        self._require("CORRECT", EvaluationState.FINAL)
        return replace(self, judgement=judgement, revision=self.revision + 1, version=self.version + 1)


def may_decide(evaluation: Evaluation, official: UUID | None) -> bool:
    """An objection is never decided by the employee, nor by an official who rated (PP 30/2019 Art. 59)."""
    return official is not None and official not in (
        evaluation.employee_id,
        evaluation.rated_by,
        evaluation.appraiser_id,
    )


def _final(evaluation: Evaluation, now: datetime, how: CompletedBy) -> Evaluation:
    version = evaluation.version + 1
    return replace(evaluation, state=EvaluationState.FINAL, final_at=now, completed_by=how, version=version)
