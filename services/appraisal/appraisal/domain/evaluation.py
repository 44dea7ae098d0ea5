"""An evaluation from proposal to final, and who may do what with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from appraisal.domain.errors import EvaluationMoveRefused, ObjectionTooLate, PlanAgreedLate, ReceiptMissing
from appraisal.domain.evaluation_item import EvaluationItem
from appraisal.domain.evaluation_moves import MOVES, OF_ANNUAL, OF_EMPLOYEE, OF_OFFICIALS, OF_PERIODIC, EvaluationMove
from appraisal.domain.periods import Period
from appraisal.domain.plan import Plan
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.segments import DaysInPeriod, Segment
from appraisal.domain.values import (
    UNDISCLOSED,
    Capacity,
    CompletedBy,
    EvaluationKind,
    EvaluationState,
    RatingLevel,
    Receipt,
)
from chassis.indonesian import moment_in_words
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True, kw_only=True)
class EmployeeRating(RatingInput):
    """An appraiser's rating of one employee for a period.

    Of a proposal that it changes it has the `version` that was seen (`ANY_VERSION`: whichever is there), and why.
    """

    employee_id: UUID
    competency_codes: tuple[str, ...] = ()
    order_reference: str = ""
    reason: str = ""
    version: int | None = None
    items: tuple[EvaluationItem, ...] = ()


@dataclass(frozen=True)
class RatedBy:
    """Who appraises, in which capacity, and by which order; HR never without one."""

    official: UUID
    capacity: Capacity
    order_reference: str = ""


@dataclass(frozen=True)
class Reopening:
    """The order that opens a final evaluation again, with its two officers."""

    order_id: UUID
    proposed_by: UUID
    approved_by: UUID


@dataclass(frozen=True)
class RatingSubject:
    """What is rated: the days of a period by an agreed plan. The reviewer is the superior of who appraises."""

    plan: Plan
    days: DaysInPeriod
    segment: Segment
    reviewer_id: UUID | None


@dataclass(frozen=True)
class StateOfYear:
    """Whose annual evaluation is final (`closed`), and whether the agency's year was opened."""

    closed: frozenset[UUID]
    opened: bool


@dataclass(frozen=True)
class RatablePlan:
    """A plan that may be rated, with what the rating is to consider.

    `finished` are the last months of the year's final periodic evaluations.
    """

    plan: Plan
    agreed_in_time: bool
    evaluated: bool
    periodic_ids: tuple[UUID, ...]
    agreed_at: datetime | None = None
    finished: frozenset[int] = frozenset()
    excused: frozenset[str] = frozenset()

    def require_agreed(self, period: Period, *, by_order: bool = False) -> None:
        """Raise PlanNeverActive; PlanAgreedLate when it was agreed after the period, unless an order asks for it."""
        self.plan.agreed()
        if not self.agreed_in_time and not by_order:
            raise PlanAgreedLate(period=str(period))


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
    rating: Rating
    competency_codes: tuple[str, ...]
    revision: int = 1
    version: int = 1
    issued_at: datetime | None = None
    received_at: datetime | None = None
    receipt: Receipt | None = None
    objection_until: datetime | None = None
    final_at: datetime | None = None
    completed_by: CompletedBy | None = None
    rated_capacity: Capacity | None = None
    finished_by: UUID | None = None
    finished_capacity: Capacity | None = None
    finished_order: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    month: int | None = None
    reopened_by_order: UUID | None = None
    order_proposed_by: UUID | None = None
    order_approved_by: UUID | None = None
    former_revision: int | None = None
    former_predicate: Predicate | None = None
    handed_in_at: datetime | None = None
    review_until: datetime | None = None

    @classmethod
    def proposed(
        cls, evaluation_id: UUID, subject: RatingSubject, rating: Rating, competency_codes: tuple[str, ...], by: RatedBy
    ) -> "Evaluation":
        """Make a proposal on the agreed version of the plan. Raise PlanNeverActive."""
        plan, period = subject.plan, subject.days.period
        return cls(
            id=evaluation_id,
            plan_id=plan.id,
            plan_version=plan.agreed(),
            employee_id=plan.employee_id,
            unit_id=subject.segment.unit_id,
            appraiser_id=subject.segment.appraiser_id or by.official,
            reviewer_id=subject.reviewer_id,
            rated_by=by.official,
            rated_capacity=by.capacity,
            kind=period.evaluation_kind,
            year=period.year,
            quarter=period.quarter,
            month=period.month,
            first_day=subject.days.first_day,
            last_day=subject.days.last_day,
            state=EvaluationState.PROPOSED,
            rating=rating,
            competency_codes=competency_codes,
        )

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @property
    def is_proposal(self) -> bool:
        return self.state is EvaluationState.PROPOSED

    @property
    def is_undisclosed(self) -> bool:
        """Return whether the employee neither reads it, nor learns of it, yet."""
        return self.state in UNDISCLOSED

    @property
    def done_at(self) -> datetime | None:
        """Return when its appraiser finished it: a review that comes after that is not held against them."""
        return self.handed_in_at or self.issued_at or self.final_at

    def has_rating(self, rating: Rating, competency_codes: tuple[str, ...]) -> bool:
        return (self.rating, self.competency_codes) == (rating, competency_codes)

    def rerated(
        self, rating: Rating, competency_codes: tuple[str, ...], by: RatedBy, *, other_items: bool = False
    ) -> "Evaluation":
        """Return a proposal with another rating, or other items; the same again changes nothing."""
        if self.has_rating(rating, competency_codes) and not other_items:
            return self
        return self._moved(
            EvaluationMove.RERATE,
            rating=rating,
            competency_codes=competency_codes,
            rated_by=by.official,
            rated_capacity=by.capacity,
            revision=self.revision + 1,
        )

    def finished(self, now: datetime, by: RatedBy, review_until: datetime | None = None) -> "Evaluation":
        """Return a periodic proposal as final, an annual one as issued; with a day for it, either as to be reviewed."""
        if review_until is not None:
            after = self._moved(EvaluationMove.ASK_REVIEW, handed_in_at=now, review_until=review_until)
        else:
            after = self.issued(now) if self.kind is EvaluationKind.ANNUAL else self.finalised(now)
        return replace(after, finished_by=by.official, finished_capacity=by.capacity, finished_order=by.order_reference)

    def confirmed(self, now: datetime) -> "Evaluation":
        """Return what was reviewed as its appraiser finished it: as issued, or as final."""
        if self.kind is EvaluationKind.ANNUAL:
            return self._moved(EvaluationMove.CONFIRM_ISSUE, issued_at=now, review_until=None)
        return self._final(EvaluationMove.CONFIRM_FINAL, now, CompletedBy.APPRAISER, review_until=None)

    def returned(self) -> "Evaluation":
        """Return what was reviewed as a proposal again, which its appraiser is to finish."""
        fields = ("handed_in_at", "review_until", "finished_by", "finished_capacity", "finished_order")
        return self._moved(EvaluationMove.RETURN, **dict.fromkeys(fields))

    def issued(self, now: datetime) -> "Evaluation":
        return self._moved(EvaluationMove.ISSUE, issued_at=now)

    def finalised(self, now: datetime) -> "Evaluation":
        return self._final(EvaluationMove.FINALISE, now, CompletedBy.APPRAISER)

    @property
    def awaits_receipt(self) -> bool:
        return self.state is EvaluationState.ISSUED and self.received_at is None

    def received(self, at: datetime, receipt: Receipt, objection_until: datetime) -> "Evaluation":
        return self._moved(EvaluationMove.RECEIVE, received_at=at, receipt=receipt, objection_until=objection_until)

    def receipt_undone(self) -> "Evaluation":
        """Return it as not received: the days that replaced a receipt fell into an outage."""
        return self._moved(EvaluationMove.RECEIVE, received_at=None, receipt=None, objection_until=None)

    def objected(self, now: datetime, time_zone: str) -> "Evaluation":
        """File within the window (PP 30/2019 Art. 59); its last second still counts."""
        if self.objection_until is not None and now.replace(microsecond=0) > self.objection_until:
            raise ObjectionTooLate(until=moment_in_words(self.objection_until, time_zone))
        self._require(EvaluationMove.OBJECT)
        self._require_receipt()
        return self._moved(EvaluationMove.OBJECT)

    def accepted(self, now: datetime) -> "Evaluation":
        self._require(EvaluationMove.ACCEPT)
        self._require_receipt()
        return self._final(EvaluationMove.ACCEPT, now, CompletedBy.ACCEPTED)

    def window_ended(self, now: datetime) -> bool:
        """Return whether the objection window of an issued evaluation has passed."""
        is_issued = self.state is EvaluationState.ISSUED
        return is_issued and self.objection_until is not None and now > self.objection_until

    def expired(self, now: datetime) -> "Evaluation":
        return self._final(EvaluationMove.EXPIRE, now, CompletedBy.WINDOW_EXPIRED)

    def decided(self, now: datetime, rating: Rating | None) -> "Evaluation":
        """Confirm (no new rating) or change the ratings; the decision is final (PP 30/2019 Art. 59)."""
        changes = {} if rating is None else {"rating": rating, "revision": self.revision + 1}
        return self._final(EvaluationMove.DECIDE, now, CompletedBy.DECIDED, **changes)

    def objection_withdrawn(self, until: datetime | None) -> "Evaluation":
        """Return it as issued, with the window that it had, which may have ended meanwhile.

        `until` is where the window ends with what has moved it since; withdrawing moves it nowhere.
        """
        return self._moved(EvaluationMove.WITHDRAW_OBJECTION, objection_until=until or self.objection_until)

    def require_correctable(self) -> None:
        self._require(EvaluationMove.CORRECT)

    def corrected(self, rating: Rating) -> "Evaluation":
        return self._moved(EvaluationMove.CORRECT, rating=rating, revision=self.revision + 1)

    def reopened(self, rating: Rating, by: "Reopening", now: datetime) -> "Evaluation":
        """Issue a final annual evaluation anew with a lower rating; the former one is in force until it is final.

        The person may object to what is issued (PP 30/2019 Art. 59), and the decider is neither officer of the order.
        """
        return self._moved(
            EvaluationMove.REOPEN,
            rating=rating,
            revision=self.revision + 1,
            issued_at=now,
            received_at=None,
            receipt=None,
            objection_until=None,
            final_at=None,
            completed_by=None,
            reopened_by_order=by.order_id,
            order_proposed_by=by.proposed_by,
            order_approved_by=by.approved_by,
            former_revision=self.revision,
            former_predicate=self.rating.predicate,
        )

    @property
    def in_force(self) -> tuple[int, Predicate] | None:
        """Return revision and predicate of the final rating that counts; None while none has ever been final."""
        if self.state is EvaluationState.FINAL:
            return self.revision, self.rating.predicate
        if self.former_revision is None or self.former_predicate is None:
            return None
        return self.former_revision, self.former_predicate

    def moves(self) -> tuple[EvaluationMove, ...]:
        """Return the moves that are possible now, whoever makes them."""
        return tuple(move for move in EvaluationMove if self._allows(move))

    def moves_of(self, caller: UUID | None) -> tuple[EvaluationMove, ...]:
        """Return the moves of the employee, or to anybody else those of officials."""
        own = OF_EMPLOYEE if caller == self.employee_id else OF_OFFICIALS
        return tuple(move for move in self.moves() if move in own)

    def _allows(self, move: EvaluationMove) -> bool:
        other_kind = OF_PERIODIC if self.kind is EvaluationKind.ANNUAL else OF_ANNUAL
        if self.state is not MOVES[move][0] or move in other_kind:
            return False
        if move is EvaluationMove.RECEIVE:
            return self.awaits_receipt
        is_answer = move in (EvaluationMove.ACCEPT, EvaluationMove.OBJECT, EvaluationMove.EXPIRE)
        return self.received_at is not None or not is_answer

    def _require(self, move: EvaluationMove) -> None:
        other_kind = OF_PERIODIC if self.kind is EvaluationKind.ANNUAL else OF_ANNUAL
        if self.state is not MOVES[move][0] or move in other_kind:
            raise self.refused(in_words(move))

    def refused(self, move: str) -> EvaluationMoveRefused:
        """Return the error for a move, in Indonesian words, that is not possible now; it names those that are."""
        return EvaluationMoveRefused(state=in_words(self.state), move=move, allowed=all_in_words(self.moves()))

    def _require_receipt(self) -> None:
        if self.received_at is None:
            raise ReceiptMissing

    def _moved(self, move: EvaluationMove, **changes: Any) -> "Evaluation":
        self._require(move)
        return replace(self, state=MOVES[move][1], **changes)

    def _final(self, move: EvaluationMove, now: datetime, completed_by: CompletedBy, **changes: Any) -> "Evaluation":
        return self._moved(move, final_at=now, completed_by=completed_by, **changes)


@dataclass(frozen=True)
class RatingRecord:
    """A rating as it was made: by whom, in which capacity and by which rule. Each one is stored and stays."""

    evaluation_id: UUID
    revision: int
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    decided_by: UUID
    capacity: Capacity
    reason: str
    order_reference: str
    rule_version: str
    plan_version: int
    considered: tuple[UUID, ...]
    at: datetime

    @classmethod
    def of(
        cls,
        evaluation: Evaluation,
        decided_by: UUID,
        capacity: Capacity,
        rule_version: str,
        at: datetime,
        *,
        considered: tuple[UUID, ...] = (),
        reason: str = "",
        order_reference: str = "",
    ) -> "RatingRecord":
        return view_of(
            cls,
            evaluation.rating,
            evaluation_id=evaluation.id,
            revision=evaluation.revision,
            decided_by=decided_by,
            capacity=capacity,
            reason=reason,
            order_reference=order_reference,
            rule_version=rule_version,
            plan_version=evaluation.plan_version,
            considered=considered,
            at=at,
        )
