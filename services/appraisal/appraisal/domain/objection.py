"""An objection to an annual evaluation (PP 30/2019 Art. 59-60): filed, answered by the appraiser, decided once.

Until the decision its employee may withdraw it: the right is theirs, and no text that was seen binds them to it.

Which step may follow which stands in `proceedings.py`, who may decide in `deciders.py`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from appraisal.domain.deadlines import ObjectionDeadlines
from appraisal.domain.errors import ObjectionNeedsDecider
from appraisal.domain.evaluation import Evaluation, RatedBy
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.values import Capacity, ObjectionEnd, Outcome, RatingLevel
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
    """An objection; without an outcome it is open. Without `statement_by` the former release has filed it."""

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
    outcome: ObjectionEnd | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision_reasons: str = ""
    decided_capacity: Capacity | None = None
    revision: int = 1
    statement_by: datetime | None = None
    statement: str = ""
    stated_at: datetime | None = None
    stated_by: UUID | None = None
    stated_capacity: Capacity | None = None
    statement_escalated_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""
    version: int = 1

    @classmethod
    def filed(
        cls,
        objection_id: UUID,
        evaluation: Evaluation,
        command: FileObjection,
        now: datetime,
        due: ObjectionDeadlines,
        decider_id: UUID | None,
    ) -> "Objection":
        """Make an objection. It goes to the reviewer (Art. 59); without one who may decide, HR designates one."""
        return cls(
            id=objection_id,
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            appraiser_id=evaluation.appraiser_id,
            decider_id=decider_id,
            reasons=command.reasons,
            evidence_links=tuple(command.evidence_links),
            filed_at=now,
            decide_by=due.decide_by,
            statement_by=due.statement_by,
            revision=evaluation.revision,
        )

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def is_withdrawn(self) -> bool:
        return self.outcome is ObjectionEnd.WITHDRAWN

    @property
    def needs_decider(self) -> bool:
        return self.is_open and self.decider_id is None

    def awaits_statement(self, now: datetime) -> bool:
        """Return whether the appraiser may still answer in time; the second that the deadline names counts whole."""
        if self.stated_at is not None or self.statement_by is None:
            return False
        return now.replace(microsecond=0) <= self.statement_by

    @property
    def statement_is_late(self) -> bool:
        """Return whether the appraiser answered after the deadline; until the decision that is still taken."""
        if self.stated_at is None or self.statement_by is None:
            return False
        return self.stated_at.replace(microsecond=0) > self.statement_by

    def answered(self, statement: str, by: RatedBy, now: datetime) -> "Objection":
        """Return it with the appraiser's statement."""
        return replace(self, statement=statement, stated_at=now, stated_by=by.official, stated_capacity=by.capacity)

    def designated(self, official: UUID, by: UUID, reason: str) -> "Objection":
        return replace(self, decider_id=official, designated_by=by, designation_reason=reason)

    def require_decider_named(self, evaluation: Evaluation, official: UUID | None) -> None:
        """Raise ObjectionNeedsDecider for the reviewer who rated: HR must designate somebody else first."""
        if self.needs_decider and official == evaluation.reviewer_id:
            raise ObjectionNeedsDecider

    def decided(self, outcome: Outcome, by: RatedBy, reasons: str, now: datetime) -> "Objection":
        """Return it decided; the decision admits no second appeal in this procedure (Art. 60)."""
        end = ObjectionEnd(outcome)
        decided = replace(self, outcome=end, decided_by=by.official, decided_at=now, decision_reasons=reasons)
        return replace(decided, decided_capacity=by.capacity)

    def withdrawn(self, reason: str, now: datetime) -> "Objection":
        return replace(self, outcome=ObjectionEnd.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason)

    def escalated(self, now: datetime) -> "Objection":
        """Return it marked as late; one that is decided or marked already stays as it is."""
        return self if self.escalated_at or not self.is_open else replace(self, escalated_at=now)

    def statement_escalated(self, now: datetime) -> "Objection":
        """Return it marked as lacking the statement in time; one with it, or marked already, stays as it is."""
        is_awaited = self.is_open and self.stated_at is None and self.statement_escalated_at is None
        return replace(self, statement_escalated_at=now) if is_awaited else self
