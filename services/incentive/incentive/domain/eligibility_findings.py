"""Findings of eligibility as they are stored, compared and read."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of
from incentive.domain.career import REASONS, Finding, Reason
from incentive.domain.reference import ReferenceView
from incentive.domain.values import EligibilityKind


@dataclass(frozen=True)
class ListEligibility:
    page: PageRequest
    kind: EligibilityKind
    eligible: bool | None = None
    unit_id: UUID | None = None
    missing: str | None = None


@dataclass(frozen=True)
class StoredFinding:
    """The latest finding about one person and one kind."""

    employee_id: UUID
    kind: EligibilityKind
    eligible: bool
    missing: list[str]
    reasons: list[dict[str, Any]]
    as_of: date
    review_on: date | None
    reference_id: UUID

    @classmethod
    def of(cls, employee_id: UUID, finding: Finding, today: date, reference_id: UUID) -> "StoredFinding":
        reasons = [asdict(reason) for reason in finding.reasons]
        return view_of(cls, finding, employee_id=employee_id, reasons=reasons, as_of=today, reference_id=reference_id)

    def no_later_than(self, day: date | None) -> "StoredFinding":
        """Return it with a review on that day at the latest: the person's employment changes then."""
        if day is None or (self.review_on is not None and self.review_on <= day):
            return self
        return replace(self, review_on=day)

    def same_as(self, other: "StoredFinding") -> bool:
        """Return whether both are equal but for the day of the assessment."""
        return (self.reasons, self.review_on, self.reference_id) == (other.reasons, other.review_on, other.reference_id)

    def differs_in_outcome(self, before: "StoredFinding | None") -> bool:
        return before is None or (before.eligible, before.missing) != (self.eligible, self.missing)


@dataclass(frozen=True)
class EligibilityChange:
    """A change of the outcome: the history behind the current findings."""

    id: UUID
    employee_id: UUID
    kind: EligibilityKind
    eligible: bool
    missing: list[str]
    as_of: date

    @classmethod
    def of(cls, change_id: UUID, finding: StoredFinding) -> "EligibilityChange":
        return view_of(cls, finding, id=change_id)


@dataclass(frozen=True)
class ReasonView(Reason):
    label: str


@dataclass(frozen=True)
class FindingView:
    kind: EligibilityKind
    eligible: bool
    missing: list[str]
    reasons: list[ReasonView]
    as_of: date
    review_on: Annotated[date | None, Meta(description="when time alone may change it")]

    @classmethod
    def of(cls, finding: StoredFinding) -> "FindingView":
        reasons = [ReasonView(label=REASONS[reason["code"]], **reason) for reason in finding.reasons]
        return view_of(cls, finding, reasons=reasons)


@dataclass(frozen=True)
class AppliedReferenceView:
    reference_id: UUID
    version: int
    legal_source: str
    verified: dict[str, Any]

    @classmethod
    def of(cls, reference: ReferenceView) -> "AppliedReferenceView":
        return view_of(cls, reference, reference_id=reference.id, version=reference.number)


@dataclass(frozen=True)
class EligibilityView:
    """Every condition with value, requirement and source."""

    employee_id: UUID
    items: list[FindingView]
    rule: AppliedReferenceView


@dataclass(frozen=True)
class EligiblePersonView:
    employee_id: UUID
    kind: EligibilityKind
    eligible: bool
    missing: list[str]
    as_of: date
    review_on: date | None
    unit_id: UUID | None


@dataclass(frozen=True)
class RefreshView:
    """How many people are assessed anew."""

    people: int
