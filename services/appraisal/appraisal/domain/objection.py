"""An objection to an annual evaluation (PP 30/2019 Art. 59-60): filed, decided once, and who may decide it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import DeciderNotAllowed, ObjectionAlreadyDecided, ObjectionNeedsDecider
from appraisal.domain.evaluation import Evaluation, RatedBy, may_decide
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.values import Capacity, Outcome, RatingLevel
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


@dataclass(frozen=True)
class FileObjection:
    """The employee's objection: why, with links to evidence."""

    evaluation_id: UUID
    reasons: str
    evidence_links: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecideObjection:
    """The decider's answer; rating levels are part of it when the outcome is CHANGED, and only then."""

    objection_id: UUID
    outcome: Outcome
    reasons: str
    work_result: RatingLevel | None = None
    behaviour: RatingLevel | None = None
    work_result_note: str = ""
    behaviour_note: str = ""

    def changed_rating(self) -> RatingInput | None:
        """Return the changed rating, or None when it is kept. Raise InvalidInput when outcome and levels disagree."""
        if self.outcome is Outcome.KEPT:
            if self.work_result is not None or self.behaviour is not None:
                expected = "kosong, karena penilaian dipertahankan (KEPT)"
                raise InvalidInput(errors=[FieldError("work_result", "rating_not_used", self.work_result, expected)])
            return None
        if self.work_result is None or self.behaviour is None:
            expected = "ABOVE, MEETS, atau BELOW, karena penilaian diubah (CHANGED)"
            levels = {"work_result": self.work_result, "behaviour": self.behaviour}
            missing = [name for name, level in levels.items() if level is None]
            raise InvalidInput(errors=[FieldError(name, "rating_required", None, expected) for name in missing])
        return view_of(RatingInput, self)

    def require_change(self, before: Rating, after: Rating | None) -> None:
        """Raise InvalidInput when a changed rating has the levels of the one before."""
        if after is not None and after.levels == before.levels:
            expected = "penilaian yang berbeda dari semula, atau outcome KEPT"
            raise InvalidInput(errors=[FieldError("outcome", "nothing_changed", self.outcome, expected)])


@dataclass(frozen=True)
class Objection:
    """An objection; without an outcome it is open."""

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None
    reasons: str
    evidence_links: tuple[str, ...]
    filed_at: datetime
    decide_by: datetime
    designated_by: UUID | None = None
    designation_reason: str = ""
    escalated_at: datetime | None = None
    outcome: Outcome | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision_reasons: str = ""
    decided_capacity: Capacity | None = None
    revision: int = 1
    version: int = 1

    @classmethod
    def filed(
        cls, objection_id: UUID, evaluation: Evaluation, command: FileObjection, now: datetime, decide_by: datetime
    ) -> "Objection":
        """Make an objection. It goes to the reviewer (Art. 59); without one who did not rate, HR designates one."""
        return cls(
            id=objection_id,
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            appraiser_id=evaluation.appraiser_id,
            decider_id=evaluation.reviewer_id if may_decide(evaluation, evaluation.reviewer_id) else None,
            reasons=command.reasons,
            evidence_links=tuple(command.evidence_links),
            filed_at=now,
            decide_by=decide_by,
            revision=evaluation.revision,
        )

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def needs_decider(self) -> bool:
        return self.is_open and self.decider_id is None

    def designated(self, evaluation: Evaluation, official: UUID, by: UUID, reason: str) -> "Objection":
        """Return it with another decider. Raise DeciderNotAllowed for who rated, or for a party."""
        self._require_open()
        if not may_decide(evaluation, official) or official == self.appraiser_id:
            raise DeciderNotAllowed
        return replace(self, decider_id=official, designated_by=by, designation_reason=reason)

    def require_decider_named(self, evaluation: Evaluation, official: UUID | None) -> None:
        """Raise ObjectionNeedsDecider for the reviewer who rated: HR must designate somebody else first."""
        if self.needs_decider and official == evaluation.reviewer_id:
            raise ObjectionNeedsDecider

    def decided(
        self, evaluation: Evaluation, outcome: Outcome, by: RatedBy, reasons: str, now: datetime
    ) -> "Objection":
        """Return it decided; the decision admits no second appeal in this procedure (Art. 60).

        Raise ObjectionAlreadyDecided, or DeciderNotAllowed for the employee and for who rated.
        """
        self._require_open()
        if not may_decide(evaluation, by.official):
            raise DeciderNotAllowed
        decided = replace(self, outcome=outcome, decided_by=by.official, decided_at=now, decision_reasons=reasons)
        return replace(decided, decided_capacity=by.capacity)

    def escalated(self, now: datetime) -> "Objection":
        """Return it marked as late; one that is decided or marked already stays as it is."""
        return self if self.escalated_at or not self.is_open else replace(self, escalated_at=now)

    def _require_open(self) -> None:
        if not self.is_open:
            raise ObjectionAlreadyDecided


@dataclass(frozen=True)
class ObjectionView:
    """An objection as its parties, the decider, HR and inspectors read it."""

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None
    revision: Annotated[int, Meta(description="of the evaluation, which is objected to")]
    needs_decider: Annotated[bool, Meta(description="HR must designate an impartial official")]
    designated_by: UUID | None
    designation_reason: str
    reasons: str
    evidence_links: tuple[str, ...]
    filed_at: datetime
    decide_by: datetime
    escalated: bool
    escalated_at: Annotated[datetime | None, Meta(description="when the decision was found to be late")]
    outcome: Outcome | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reasons: str
    decided_capacity: Annotated[Capacity | None, Meta(description="as whom `decided_by` decided")]
    version: int

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionView":
        return view_of(cls, objection, escalated=objection.escalated_at is not None)
