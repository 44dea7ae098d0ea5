"""A correction of a final evaluation is an order of two officers: one proposes it, another one decides."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.correction_errors import (
    CorrectionMoveRefused,
    CorrectionNotImpartial,
    CorrectionOutdated,
    SecondOfficerNeeded,
)
from appraisal.domain.deciders import Lines
from appraisal.domain.evaluation import Evaluation, RatedBy
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.two_officers import TwoOfficers
from appraisal.domain.values import Capacity, EvaluationKind, RatingLevel
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate


class CorrectionState(StrEnum):
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class CorrectionMove(StrEnum):
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"


MOVES: dict[CorrectionState, dict[CorrectionMove, CorrectionState]] = {
    CorrectionState.PROPOSED: {
        CorrectionMove.APPROVE: CorrectionState.APPROVED,
        CorrectionMove.REJECT: CorrectionState.REJECTED,
        CorrectionMove.WITHDRAW: CorrectionState.WITHDRAWN,
    },
    CorrectionState.APPROVED: {},
    CorrectionState.REJECTED: {},
    CorrectionState.WITHDRAWN: {},
}

OFFICERS = TwoOfficers(needs_second=SecondOfficerNeeded, of_another=Forbidden)


@dataclass(frozen=True, kw_only=True)
class ProposeCorrection(RatingInput):
    """A new rating of a final evaluation, by an order."""

    evaluation_id: UUID
    reason: str
    order_reference: str


@dataclass(frozen=True)
class EndCorrection:
    """Approve, reject or withdraw an order, with a reason; None as the version accepts any."""

    order_id: UUID
    reason: str
    expected_version: int | None


@dataclass(frozen=True)
class ListCorrections:
    page: PageRequest
    state: CorrectionState | None = None
    evaluation_id: UUID | None = None


@dataclass(frozen=True)
class Officer:
    """Somebody who proposes or ends an order, with who is above them today, and which evaluations they ever rated."""

    id: UUID | None
    is_hr: bool
    lines: Lines
    rated: frozenset[UUID] = frozenset()

    def capacity(self, evaluation: Evaluation, present_reviewer: UUID | None) -> Capacity:
        """Return as whom they correct: the reviewer, or HR. Raise Forbidden."""
        if self.id is not None and self.id in (evaluation.reviewer_id, present_reviewer):
            return Capacity.REVIEWER
        if not self.is_hr:
            raise Forbidden
        return Capacity.HR

    def require_impartial(self, evaluation: Evaluation) -> None:
        """Raise CorrectionNotImpartial for the employee, their subordinates, and those who rated or finished.

        Raise NotKnownYet where it is not known who is above.
        """
        judged = (evaluation.employee_id, evaluation.appraiser_id, evaluation.rated_by, evaluation.finished_by)
        has_judged = self.id in judged or evaluation.id in self.rated
        if self.id is None or has_judged or evaluation.employee_id in self.lines.above(self.id):
            raise CorrectionNotImpartial


@dataclass(frozen=True)
class CorrectionOrder:
    """An order as it is stored: the rating that it gives, and the `revision` of the evaluation that it corrects."""

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    revision: int
    state: CorrectionState
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    rule_version: str
    lowers: bool
    reopens: bool
    reason: str
    order_reference: str
    proposed_by: UUID
    proposed_capacity: Capacity
    proposed_at: datetime
    ended_by: UUID | None = None
    ended_capacity: Capacity | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    version: int = 1

    @classmethod
    def proposed(
        cls,
        order_id: UUID,
        evaluation: Evaluation,
        command: ProposeCorrection,
        rated: tuple[Rating, str],
        by: RatedBy,
        now: datetime,
    ) -> "CorrectionOrder":
        """Make an order. Raise EvaluationMoveRefused for what is not final, and InvalidInput when nothing changes.

        One that lowers an annual evaluation opens it again: the person may object to what is issued anew (PP 30/2019
        Art. 59). The law knows no objection to a periodic one (PermenPANRB 6/2022), so that is a matter of dialogue.
        """
        rating, rule_version = rated
        evaluation.require_correctable()
        if rating == evaluation.rating:
            expected = "penilaian atau catatan yang berbeda dari yang berlaku"
            raise InvalidInput(errors=[FieldError("work_result", "nothing_changed", rating.work_result, expected)])
        lowers = rating.is_below(evaluation.rating)
        return cls(
            id=order_id,
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            revision=evaluation.revision,
            state=CorrectionState.PROPOSED,
            work_result=rating.work_result,
            behaviour=rating.behaviour,
            work_result_note=rating.work_result_note,
            behaviour_note=rating.behaviour_note,
            predicate=rating.predicate,
            rule_version=rule_version,
            lowers=lowers,
            reopens=lowers and evaluation.kind is EvaluationKind.ANNUAL,
            reason=command.reason,
            order_reference=command.order_reference,
            proposed_by=by.official,
            proposed_capacity=by.capacity,
            proposed_at=now,
        )

    @property
    def rating(self) -> Rating:
        return view_of(Rating, self)

    def approved(self, evaluation: Evaluation, by: RatedBy, reason: str, now: datetime) -> "CorrectionOrder":
        """Return it approved. Raise SecondOfficerNeeded for who proposed, CorrectionOutdated after another revision."""
        after = self._ended(CorrectionMove.APPROVE, by, reason, now)
        if evaluation.revision != self.revision:
            raise CorrectionOutdated(revision=evaluation.revision, seen=self.revision)
        return after

    def rejected(self, by: RatedBy, reason: str, now: datetime) -> "CorrectionOrder":
        """Return it rejected. Raise SecondOfficerNeeded for who proposed: they withdraw it."""
        return self._ended(CorrectionMove.REJECT, by, reason, now)

    def withdrawn(self, by: UUID, reason: str, now: datetime) -> "CorrectionOrder":
        """Return it withdrawn by who proposed it. Raise Forbidden for anybody else."""
        OFFICERS.require_proposer(self.proposed_by, by)
        return self._ended(CorrectionMove.WITHDRAW, RatedBy(by, self.proposed_capacity), reason, now)

    def moves(self, caller: UUID | None, *, may_decide: bool) -> tuple[CorrectionMove, ...]:
        """Return what the caller may do with it now."""
        own = caller == self.proposed_by
        return tuple(
            move for move in MOVES[self.state] if (own if move is CorrectionMove.WITHDRAW else may_decide and not own)
        )

    def _ended(self, move: CorrectionMove, by: RatedBy, reason: str, now: datetime) -> "CorrectionOrder":
        if move not in MOVES[self.state]:
            allowed = all_in_words(MOVES[self.state])
            raise CorrectionMoveRefused(state=in_words(self.state), move=in_words(move), allowed=allowed)
        if move is not CorrectionMove.WITHDRAW:
            OFFICERS.require_second(self.proposed_by, by.official)
        return replace(
            self,
            state=MOVES[self.state][move],
            ended_by=by.official,
            ended_capacity=by.capacity,
            ended_at=now,
            end_reason=reason,
        )


@dataclass(frozen=True)
class CorrectionOrderView:
    """An order as its officers, HR and inspectors read it, and the employee once it is approved."""

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    revision: Annotated[int, Meta(description="of the evaluation, which the order corrects")]
    state: CorrectionState
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    lowers: Annotated[bool, Meta(description="the predicate or a level is worse than what is in force")]
    reopens: Annotated[bool, Meta(description="approving issues the evaluation anew; the person may object")]
    reason: str
    order_reference: str
    proposed_by: UUID
    proposed_capacity: Capacity
    proposed_at: datetime
    ended_by: Annotated[UUID | None, Meta(description="who approved, rejected or withdrew it")]
    ended_capacity: Capacity | None
    ended_at: datetime | None
    end_reason: str
    moves: Annotated[tuple[CorrectionMove, ...], Meta(description="what the caller may do now")]
    version: int

    @classmethod
    def of(cls, order: CorrectionOrder, moves: tuple[CorrectionMove, ...]) -> "CorrectionOrderView":
        return view_of(cls, order, moves=moves)


@dataclass(frozen=True)
class AppliedOrderView:
    """An order that was approved: the revision that it gave, and its two officers."""

    order_id: UUID
    revision: Annotated[int, Meta(description="that the order gave")]
    lowers: bool
    order_reference: str
    proposed_by: UUID
    proposed_capacity: Capacity
    proposed_at: datetime
    approved_by: UUID
    approved_capacity: Capacity
    approved_at: datetime

    @classmethod
    def of(cls, order: CorrectionOrder) -> "AppliedOrderView":
        named = {"order_id": order.id, "revision": order.revision + 1, "approved_by": order.ended_by}
        named |= {"approved_capacity": order.ended_capacity, "approved_at": order.ended_at}
        return view_of(cls, order, **named)
