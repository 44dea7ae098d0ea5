"""What an appraiser sees before rating: the plan's results and the values, each with what was recorded on it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.evaluation import Evaluation, RatablePlan
from appraisal.domain.follow_up import FollowUp, FollowUpRowView
from appraisal.domain.periods import Period
from appraisal.domain.plan_content import WorkResult
from appraisal.domain.plan_views import BehaviourView, ContentView
from appraisal.domain.rating_inputs import FeedbackUsedView
from appraisal.domain.segment_rating import RatedSegmentView
from appraisal.domain.values import EvaluationKind, EvaluationState, PlanModel, RatingLevel
from chassis.views import view_of
from directory.performance import Predicate

MOST_FEEDBACK, MOST_LINKS, YEARS_BEFORE = 200, 50, 3


def version_rated(evaluation: Evaluation | None, plan: RatablePlan | None) -> tuple[UUID, int] | None:
    """Return plan and version by which somebody is rated: those of a rating that is there, else the one in force."""
    if evaluation is not None:
        return evaluation.plan_id, evaluation.plan_version
    if plan is None or plan.plan.active_version is None:
        return None
    return plan.plan.id, plan.plan.active_version


@dataclass(frozen=True)
class ReadEvidence:
    employee_id: UUID
    period: Period


@dataclass(frozen=True)
class EntriesSummed:
    """The entries of the log of one result that count in one unit; the links of the last days come first."""

    work_result_id: UUID
    unit: str
    entries: int
    quantity: Decimal | None
    evidence_links: tuple[str, ...]


@dataclass(frozen=True)
class QuantityView:
    unit: str
    quantity: Decimal


@dataclass(frozen=True)
class RealisedView:
    """The log of the period, summed for one result."""

    entries: int
    quantities: Annotated[tuple[QuantityView, ...], Meta(description="one sum for each unit that the entries name")]
    evidence_links: Annotated[tuple[str, ...], Meta(description=f"the last {MOST_LINKS} at most of each unit")]
    links: int

    @classmethod
    def of(cls, found: Sequence[EntriesSummed]) -> "RealisedView":
        return cls(
            entries=sum(one.entries for one in found),
            quantities=tuple(QuantityView(one.unit, one.quantity) for one in found if one.quantity is not None),
            evidence_links=tuple(link for one in found for link in one.evidence_links[:MOST_LINKS]),
            links=sum(len(one.evidence_links) for one in found),
        )


@dataclass(frozen=True)
class ResultEvidenceView(WorkResult):
    """A result of the version in force with its targets, beside what was recorded on it in the period."""

    realised: RealisedView = RealisedView(0, (), (), 0)
    stated: Annotated[str | None, Meta(description="what the person states was achieved; null: nothing yet")] = None
    feedback: tuple[FeedbackUsedView, ...] = ()


@dataclass(frozen=True)
class ValueEvidenceView(BehaviourView):
    feedback: tuple[FeedbackUsedView, ...]


@dataclass(frozen=True)
class OtherEvidenceView:
    """What is on results that the version in force has not: of a former version, or of the plan before a move."""

    realised: RealisedView
    feedback: tuple[FeedbackUsedView, ...]


@dataclass(frozen=True)
class EarlierRatingView:
    evaluation_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    state: EvaluationState
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate
    revision: int
    final_at: datetime | None

    @classmethod
    def of(cls, evaluation: Evaluation) -> "EarlierRatingView":
        return view_of(cls, evaluation, evaluation.rating, evaluation_id=evaluation.id)


@dataclass(frozen=True)
class PersonHistory:
    """What the caller may read of the person beside the period's own evidence; `evaluation_id` is of the period."""

    evaluation_id: UUID | None
    periods: Sequence[Evaluation]
    years: Sequence[Evaluation]
    segment_ratings: Sequence[RatedSegmentView]
    follow_ups: Sequence[FollowUp]

    @classmethod
    def of(
        cls,
        period: Period,
        readable: Iterable[Evaluation],
        segment_ratings: Sequence[RatedSegmentView],
        follow_ups: Sequence[FollowUp],
    ) -> "PersonHistory":
        found = sorted(readable, key=lambda one: (one.period.ends, one.period.is_year))
        now = [one.id for one in found if one.period == period]
        before = [one for one in found if one.period != period]
        periods = [one for one in before if not one.period.is_year]
        years = [one for one in before if one.period.is_year]
        return cls(now[0] if now else None, periods, years, segment_ratings, follow_ups)


@dataclass(frozen=True)
class PeriodEvidence:
    """What was recorded of a person in a period, along the plans of its year."""

    entries: Sequence[EntriesSummed]
    feedback: Sequence[FeedbackUsedView]
    stated: Mapping[UUID, str]

    def on(self, result: WorkResult) -> ResultEvidenceView:
        realised = RealisedView.of([one for one in self.entries if one.work_result_id == result.id])
        feedback = tuple(one for one in self.feedback if one.work_result_id == result.id)
        stated = self.stated.get(result.id)
        return view_of(ResultEvidenceView, result, realised=realised, stated=stated, feedback=feedback)

    def on_value(self, behaviour: BehaviourView) -> ValueEvidenceView:
        feedback = tuple(one for one in self.feedback if one.behaviour_value is behaviour.value)
        return view_of(ValueEvidenceView, behaviour, feedback=feedback)

    def elsewhere(self, results: Collection[WorkResult]) -> OtherEvidenceView:
        known = {None, *(result.id for result in results)}
        realised = RealisedView.of([one for one in self.entries if one.work_result_id not in known])
        return OtherEvidenceView(realised, tuple(one for one in self.feedback if one.work_result_id not in known))


@dataclass(frozen=True)
class RatingEvidenceView:
    """Everything to weigh before somebody is rated for a period; what there is none of is an empty list."""

    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    first_day: date
    last_day: date
    evaluation_id: Annotated[UUID | None, Meta(description="the rating of the period, where the caller may read it")]
    plan_id: Annotated[UUID | None, Meta(description="null: there is no plan by which the period can be rated")]
    plan_version: int | None
    model: PlanModel | None
    results: tuple[ResultEvidenceView, ...]
    values: tuple[ValueEvidenceView, ...]
    elsewhere: OtherEvidenceView
    more_feedback: Annotated[bool, Meta(description=f"true: there is more than the first {MOST_FEEDBACK}")]
    periods: Annotated[tuple[EarlierRatingView, ...], Meta(description="of earlier months or quarters of the year")]
    years: Annotated[tuple[EarlierRatingView, ...], Meta(description=f"annual, of the {YEARS_BEFORE} years before")]
    segment_ratings: Annotated[tuple[RatedSegmentView, ...], Meta(description="by earlier appraisers of the period")]
    open_follow_ups: Annotated[tuple[FollowUpRowView, ...], Meta(description="those that the caller may read")]

    @classmethod
    def of(
        cls,
        command: ReadEvidence,
        version: tuple[UUID, int] | None,
        content: ContentView,
        evidence: PeriodEvidence,
        history: PersonHistory,
    ) -> "RatingEvidenceView":
        plan_id, number = version or (None, None)
        shown = replace(evidence, feedback=evidence.feedback[:MOST_FEEDBACK])
        return view_of(
            cls,
            command,
            command.period,
            evaluation_id=history.evaluation_id,
            plan_id=plan_id,
            plan_version=number,
            model=None if version is None else content.model,
            results=tuple(map(shown.on, content.work_results)),
            values=tuple(map(shown.on_value, content.behaviours)),
            elsewhere=shown.elsewhere(content.work_results),
            more_feedback=len(evidence.feedback) > MOST_FEEDBACK,
            periods=tuple(map(EarlierRatingView.of, history.periods)),
            years=tuple(map(EarlierRatingView.of, history.years)),
            segment_ratings=tuple(history.segment_ratings),
            open_follow_ups=tuple(map(FollowUpRowView.of, history.follow_ups)),
        )
