"""A review: the next level looks at an extreme rating before the employee reads it, and confirms or returns it.

The appraiser rates (PermenPANRB 6/2022): whoever reviews changes no rating, and returns the same one once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.evaluation import Evaluation, RatedBy
from appraisal.domain.review_errors import ReviewReturnedBefore
from appraisal.domain.review_rule import ReviewRule
from appraisal.domain.values import Capacity, RatingLevel
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


class ReviewOutcome(StrEnum):
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"


@dataclass(frozen=True)
class DecideReview:
    """Confirm or return, with the version of the evaluation that was seen; a return needs its reason."""

    evaluation_id: UUID
    reason: str
    expected_version: int | None


@dataclass(frozen=True)
class DesignateReviewer:
    evaluation_id: UUID
    reviewer_id: UUID
    reason: str


@dataclass(frozen=True)
class Review:
    """One review of one rating; without an outcome it runs. `designated_id`: HR has named who reviews it.

    `further_reason`: why the appraiser keeps to a rating that was returned.
    """

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    revision: int
    work_result: RatingLevel
    behaviour: RatingLevel
    asked_by: UUID
    asked_capacity: Capacity
    asked_at: datetime
    further_reason: str = ""
    asked_order: str = ""
    designated_id: UUID | None = None
    designated_by: UUID | None = None
    designation_reason: str = ""
    escalated_at: datetime | None = None
    for_hr_at: datetime | None = None
    outcome: ReviewOutcome | None = None
    reason: str = ""
    decided_by: UUID | None = None
    decided_capacity: Capacity | None = None
    decided_at: datetime | None = None
    version: int = 1

    @classmethod
    def asked(
        cls, review_id: UUID, evaluation: Evaluation, by: RatedBy, further_reason: str, now: datetime
    ) -> "Review":
        return cls(
            id=review_id,
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            revision=evaluation.revision,
            work_result=evaluation.rating.work_result,
            behaviour=evaluation.rating.behaviour,
            asked_by=by.official,
            asked_capacity=by.capacity,
            asked_at=now,
            further_reason=further_reason,
            asked_order=by.order_reference,
        )

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def levels(self) -> tuple[RatingLevel, RatingLevel]:
        return self.work_result, self.behaviour

    def has_returned(self, evaluation: Evaluation) -> bool:
        """Return whether it returned the rating that an evaluation has; other words for it make no other rating."""
        return self.outcome is ReviewOutcome.RETURNED and self.levels == evaluation.rating.levels

    def confirmed(self, by: RatedBy, reason: str, now: datetime) -> "Review":
        return self._decided(ReviewOutcome.CONFIRMED, by, reason, now)

    def returned(self, by: RatedBy, reason: str, now: datetime, former: Iterable["Review"]) -> "Review":
        """Return it as returned. Raise ReviewReturnedBefore when one of the former returned the same rating."""
        if any(one.outcome is ReviewOutcome.RETURNED and one.levels == self.levels for one in former):
            raise ReviewReturnedBefore
        return self._decided(ReviewOutcome.RETURNED, by, reason, now)

    def designated(self, official: UUID, by: UUID, reason: str) -> "Review":
        return replace(self, designated_id=official, designated_by=by, designation_reason=reason)

    def escalated(self, now: datetime) -> "Review":
        """Return it marked as late; one that is decided or marked already stays as it is."""
        return self if self.escalated_at or not self.is_open else replace(self, escalated_at=now)

    def left_to_hr(self, now: datetime) -> "Review":
        """Return it marked as late for so long that HR is to see to it; likewise."""
        return self if self.for_hr_at or not self.is_open else replace(self, for_hr_at=now)

    def _decided(self, outcome: ReviewOutcome, by: RatedBy, reason: str, now: datetime) -> "Review":
        decided = replace(self, outcome=outcome, reason=reason, decided_at=now)
        return replace(decided, decided_by=by.official, decided_capacity=by.capacity)


def require_further_reason(former: Iterable[Review], evaluation: Evaluation, reason: str) -> str:
    """Return the reason to keep to a rating that was returned, else nothing. Raise InvalidInput where it is missing."""
    if not any(one.has_returned(evaluation) for one in former):
        return ""
    if not reason.strip():
        expected = "alasan tambahan, karena penilaian yang sama sudah dikembalikan oleh peninjau"
        raise InvalidInput(errors=[FieldError("reason", "further_reason_required", reason, expected)])
    return reason


@dataclass(frozen=True)
class Reviewing:
    """What decides today whether what is finished goes to a review, until when, and what was returned before."""

    rule: ReviewRule
    until: datetime
    former: Mapping[UUID, Sequence[Review]]

    def finished(self, before: Evaluation, by: RatedBy, reason: str, now: datetime) -> tuple[Evaluation, str]:
        """Return a proposal as finished, or as handed to its reviewer, with the further reason. Raise InvalidInput."""
        if not self.rule.asks_for(before.kind, before.rating.predicate):
            return before.finished(now, by), ""
        further_reason = require_further_reason(self.former.get(before.id, ()), before, reason)
        return before.finished(now, by, self.until), further_reason


@dataclass(frozen=True)
class HandedIn:
    """An evaluation that its appraiser has finished, and that goes to a review."""

    evaluation: Evaluation
    further_reason: str

    @property
    def by(self) -> RatedBy:
        one = self.evaluation
        official, capacity = one.finished_by or one.rated_by, one.finished_capacity or Capacity.APPRAISER
        return RatedBy(official, capacity, one.finished_order or "")


@dataclass(frozen=True)
class ReviewView:
    """A review in the history of an evaluation."""

    revision: Annotated[int, Meta(description="number of the rating that was reviewed")]
    asked_at: datetime
    asked_capacity: Annotated[Capacity, Meta(description="as whom it was finished")]
    asked_order: Annotated[str, Meta(description="the order by which it was finished")]
    further_reason: Annotated[str, Meta(description="why the appraiser kept to a rating that was returned")]
    designated: Annotated[bool, Meta(description="HR has named who reviews it")]
    outcome: Annotated[ReviewOutcome | None, Meta(description="null: it is not decided yet")]
    reason: str
    decided_by: UUID | None
    decided_capacity: Capacity | None
    decided_at: datetime | None

    @classmethod
    def of(cls, review: Review) -> "ReviewView":
        return view_of(cls, review, designated=review.designated_id is not None)
