"""What was recorded about a person until a rating was made, as it stood then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.own_realisation import StatedResult
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.values import BehaviourValue, GiverRole, PlanState, RatingLevel
from directory.performance import Predicate


@dataclass(frozen=True)
class PlanOfYearView:
    plan_id: UUID
    unit_id: UUID
    state: PlanState
    first_day: date | None
    last_day: date | None
    active_version: int


@dataclass(frozen=True)
class LoggedWork:
    """An entry of the daily log, without its words."""

    id: UUID
    work_result_id: UUID
    day: date
    quantity: Decimal | None
    recorded_at: datetime
    has_evidence: bool


@dataclass(frozen=True)
class RealisationView:
    """The daily log of the period, summed for one work result."""

    work_result_id: UUID
    entries: int
    quantity: Decimal | None
    evidence_links: int

    @classmethod
    def of(cls, work_result_id: UUID, entries: Iterable[LoggedWork]) -> "RealisationView":
        found = [one for one in entries if one.work_result_id == work_result_id]
        quantities = [one.quantity for one in found if one.quantity is not None]
        quantity = sum(quantities, Decimal(0)) if quantities else None
        return cls(work_result_id, len(found), quantity, sum(one.has_evidence for one in found))


@dataclass(frozen=True)
class FeedbackUsedView:
    id: UUID
    giver_role: GiverRole
    work_result_id: UUID | None
    behaviour_value: BehaviourValue | None
    text: str
    evidence_link: str | None
    given_at: datetime
    answer: str | None


@dataclass(frozen=True)
class PeriodicConsideredView:
    evaluation_id: UUID
    revision: Annotated[int, Meta(description="of the evaluation when it was considered")]
    quarter: int | None
    month: int | None
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate


@dataclass(frozen=True)
class ExaminationUsed:
    """An examination of which minutes were recorded, with the hash of their words."""

    id: UUID
    recorded_at: datetime
    minutes_sha256: str


@dataclass(frozen=True)
class ObjectionUsed:
    """An objection with the appraiser's statement, where there is one, and its examinations."""

    id: UUID
    revision: int
    stated_at: datetime | None
    statement_sha256: str | None
    examinations: tuple[ExaminationUsed, ...]


@dataclass(frozen=True)
class OwnRealisationUsed:
    """What the person stated of the own results of the period."""

    id: UUID
    version: int
    plan_id: UUID
    items: tuple[StatedResult, ...]
    stated_at: datetime


@dataclass(frozen=True)
class StudyReportUsed:
    """A confirmed report of a term of study leave with days in the period."""

    id: UUID
    version: int
    first_day: date
    last_day: date
    on_schedule: bool
    grade_average: Decimal | None
    confirmed_at: datetime


@dataclass(frozen=True)
class SegmentBasisUsed:
    """The hash of what a rating of days until a move rested on, of one with a basis."""

    segment_rating_id: UUID
    sha256: str


@dataclass(frozen=True)
class RatingInputs:
    """What there is to consider, as it was read at one moment; the log and the feedback are those of the period."""

    plans_of_the_year: tuple[PlanOfYearView, ...]
    progress: tuple[LoggedWork, ...]
    feedback: tuple[FeedbackUsedView, ...]
    periodic_evaluations: tuple[PeriodicConsideredView, ...]
    segment_ratings: tuple[SegmentRating, ...]
    dialogue_ids: tuple[UUID, ...]
    objections: tuple[ObjectionUsed, ...]
    own_realisations: tuple[OwnRealisationUsed, ...] = ()
    study_reports: tuple[StudyReportUsed, ...] = ()
    segment_bases: tuple[SegmentBasisUsed, ...] = ()

    @property
    def realisation(self) -> tuple[RealisationView, ...]:
        """Return the sums of the log by work result."""
        results = sorted({one.work_result_id for one in self.progress})
        return tuple(RealisationView.of(result, self.progress) for result in results)


@dataclass(frozen=True, kw_only=True)
class GatheredInputs(RatingInputs):
    """What there is to consider, with the hash of the plan's version by which it is rated."""

    plan_sha256: str | None
