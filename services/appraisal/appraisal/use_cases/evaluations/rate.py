"""Rate subordinates for a month, a quarter or the year: propose, or finish in the same step; one person or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from appraisal.authorisation import official_on, self_of
from appraisal.domain.capacity import OfficialToday
from appraisal.domain.distribution_guard import DistributionGuard
from appraisal.domain.errors import EvaluationExists, PlanMissing
from appraisal.domain.evaluation import EmployeeRating, Evaluation, RatablePlan, RatedBy, RatingRecord, RatingSubject
from appraisal.domain.evaluation_item import EvaluationItem, ItemSources
from appraisal.domain.evaluation_views import EvaluationView, RatingOutcomesView, RatingOutcomeView
from appraisal.domain.obligation import subject_of
from appraisal.domain.offices import Offices
from appraisal.domain.order_of_periods import require_periods_done
from appraisal.domain.periods import Period
from appraisal.domain.rating_basis import RatedRevision
from appraisal.domain.rating_evidence import version_rated
from appraisal.domain.rerating import require_rerating
from appraisal.domain.review import HandedIn, Reviewing
from appraisal.domain.review_errors import EvaluationInReview
from appraisal.domain.segments import DaysInPeriod, Excuse, Segment
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity, EvaluationState
from appraisal.persistence.evaluation_items import insert_items, recorded_of, standing_items
from appraisal.persistence.evaluations import (
    evaluations_of,
    insert_evaluations,
    insert_ratings,
    load_ratable,
    update_evaluation,
)
from appraisal.persistence.extensions import require_window
from appraisal.persistence.offices import load_offices
from appraisal.persistence.people import days_in_period, superiors_of
from appraisal.persistence.periods import setting_of
from appraisal.persistence.plan_versions import contents_of
from appraisal.use_cases.distributions.hold import hold_distribution
from appraisal.use_cases.evaluations.freeze import freeze_ratings
from appraisal.use_cases.evaluations.publish import publish_finished
from appraisal.use_cases.obligations.keep import keep_finished_evaluations
from appraisal.use_cases.reviews.ask import ask_reviews, load_reviewing
from chassis.auth import Principal, need_other
from chassis.errors import AppError, FieldError
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.answers import Answers


@dataclass(frozen=True)
class RateEmployees:
    """Ratings of one period; with `finish` they become final, or are issued when the period is a year."""

    period: Period
    ratings: Sequence[EmployeeRating]
    finish: bool = True

    def having_seen(self, version: int | None) -> "RateEmployees":
        """Return it with the version of the proposal that was seen of the one person."""
        return replace(self, ratings=[replace(one, version=version) for one in self.ratings])


@dataclass(frozen=True)
class Rated:
    """One employee's new rating with its items: to be inserted where nothing was before, else to replace a proposal."""

    before: Evaluation | None
    after: Evaluation
    record: RatingRecord | None
    items: tuple[EvaluationItem, ...] = ()
    further_reason: str = ""
    order_reference: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.after is self.before


@dataclass(frozen=True)
class Batch:
    """All that one request needs to know, read at once whatever the number of people."""

    command: RateEmployees
    setting: AgencySetting
    plans: dict[UUID, RatablePlan]
    existing: dict[UUID, Evaluation]
    guard: DistributionGuard
    official: OfficialToday
    days: Answers[DaysInPeriod]
    segments: dict[UUID, Segment]
    offices: Offices
    reviewers: dict[UUID, UUID]
    sources: ItemSources
    reviewing: Reviewing | None

    def subject(self, plan: RatablePlan) -> RatingSubject:
        """Return what is rated by a plan. Raise NotKnownYet or PeriodWithoutDays.

        The appraiser is who it was on the period's last day, or once gone the superior of today; the reviewer is that
        appraiser's superior of today.
        """
        days = self.days.of(plan.plan.employee_id)
        days.require_enough(0)
        segment = self.segments[plan.plan.employee_id]
        reviewer_id = plan.plan.reviewer_id
        if segment.appraiser_id is not None:
            reviewer_id = self.reviewers.get(segment.appraiser_id)
        return RatingSubject(plan.plan, days, segment, reviewer_id)


def rate_employee(work: UnitOfWork, actor: Principal, command: RateEmployees) -> EvaluationView:
    """Rate one person; the same rating again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        batch = _load(tx, actor, command)
        (saved,) = _save(tx, actor, batch, [_rate(tx, actor, batch, command.ratings[0])])
        return EvaluationView.of(saved, actor.employee_id)


def rate_employees(work: UnitOfWork, actor: Principal, command: RateEmployees) -> RatingOutcomesView:
    """All good items in one transaction; a bad one is refused by itself, and a repeat changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        batch = _load(tx, actor, command)
        outcomes: dict[UUID, RatingOutcomeView] = {}
        rated: list[Rated] = []
        for found in command.ratings:
            if found.employee_id in outcomes:
                continue
            try:
                item = _rate(tx, actor, batch, found)
                outcomes[found.employee_id] = RatingOutcomeView.of(
                    "UNCHANGED" if item.is_unchanged else "DONE", item.after
                )
                rated.append(item)
            except AppError as error:
                outcomes[found.employee_id] = RatingOutcomeView.refused(found.employee_id, error)
        _save(tx, actor, batch, rated)
        return RatingOutcomesView(tuple(outcomes.values()))


def _load(tx: Transaction, actor: Principal, command: RateEmployees) -> Batch:
    """Read all that the ratings need, each in one statement. Raise RatingWindowClosed or PeriodNotInCycle."""
    self_of(actor)
    period = command.period
    setting = setting_of(tx, period)
    people = [found.employee_id for found in command.ratings]
    require_window(tx, setting, period, people)
    plans = load_ratable(tx, people, period, setting.end_of(period))
    again = [employee_id for employee_id in people if employee_id not in plans or plans[employee_id].evaluated]
    existing = evaluations_of(tx, again, period) if again else {}
    days = days_in_period(tx, people, period)
    begun = {one: item.official(setting.today) for one, item in days.known.items() if item.segments}
    bearers: dict[UUID, UUID | None] = {**dict.fromkeys(people), **{one: it.appraiser_id for one, it in begun.items()}}
    bearers |= {one: item.appraiser_id for one, item in existing.items()}
    offices = load_offices(tx, {one: [bearers[one], begun[one].appraiser_id] for one in begun}, setting.today)
    segments = {one: replace(it, appraiser_id=offices.named(one, it.appraiser_id)) for one, it in begun.items()}
    units = {one.unit_id for one in segments.values()} | {item.unit_id for item in existing.values()}
    rule = setting.rules.distribution(period.last_day)
    guard = hold_distribution(tx, actor, rule, period, units=units if command.finish else (), rated=people)
    appraisers = {one.appraiser_id for one in segments.values() if one.appraiser_id}
    reviewers = superiors_of(tx, appraisers, setting.today)
    named = [(one, offices.named(one, bearer)) for one, bearer in bearers.items()]
    official = official_on(tx, actor, named, setting.today)
    sources = _item_sources(tx, command, setting, plans, existing)
    reviewing = load_reviewing(tx, setting, [one.id for one in existing.values()]) if command.finish else None
    return Batch(
        command, setting, plans, existing, guard, official, days, segments, offices, reviewers, sources, reviewing
    )


def _item_sources(
    tx: Transaction,
    command: RateEmployees,
    setting: AgencySetting,
    plans: Mapping[UUID, RatablePlan],
    existing: Mapping[UUID, Evaluation],
) -> ItemSources:
    """Read what the items may be about and rest on; nothing where nobody sends items."""
    period, people = command.period, [found.employee_id for found in command.ratings if found.items]
    if not people:
        return ItemSources(period)
    rated_by = {one: version_rated(existing.get(one), plans.get(one)) for one in people}
    versions = {one: version for one, version in rated_by.items() if version is not None}
    contents = contents_of(tx, set(versions.values()))
    proposals = {existing[one].id: one for one in people if one in existing}
    standing = standing_items(tx, proposals) if proposals else {}
    return ItemSources(
        period,
        contents={one: contents[version] for one, version in versions.items() if version in contents},
        recorded=recorded_of(tx, people, period, setting.span_of(period)),
        standing={proposals[evaluation_id]: items for evaluation_id, items in standing.items()},
    )


def _rate(tx: Transaction, actor: Principal, batch: Batch, found: EmployeeRating) -> Rated:
    """Return the rating; it is unchanged when the evaluation already has the same rating."""
    period, finish = batch.command.period, batch.command.finish
    existing, plan = batch.existing.get(found.employee_id), batch.plans.get(found.employee_id)
    by = _rated_by(actor, batch, found)
    rating, rule_version = batch.setting.rate(period, found)
    codes, items = tuple(found.competency_codes), batch.sources.items(found.employee_id, found.items)
    if existing is not None:
        other_items = batch.sources.are_others(found.employee_id, found.items)
        is_same = existing.has_rating(rating, codes) and not other_items
        if is_same and not (finish and existing.is_proposal):
            return Rated(existing, existing, None)
        if existing.state is EvaluationState.IN_REVIEW:
            raise EvaluationInReview(errors=[_which(existing, EvaluationInReview)], period=str(period))
        if not existing.is_proposal or plan is None:
            raise EvaluationExists(errors=[_which(existing, EvaluationExists)], period=str(period))
        if not is_same:
            require_rerating(existing, found, rating, by)
        after = existing.rerated(rating, codes, by, other_items=other_items)
    else:
        assert plan is not None
        is_same, after = False, Evaluation.proposed(new_id(), batch.subject(plan), rating, codes, by)
    further_reason = ""
    if batch.reviewing is not None:
        after, further_reason = batch.reviewing.finished(after, by, found.reason, tx.now)
        batch.guard.admit(after.unit_id, rating.predicate)
    record = RatingRecord.of(
        after,
        by.official,
        by.capacity,
        rule_version,
        tx.now,
        considered=plan.periodic_ids,
        reason=found.reason,
        order_reference=by.order_reference,
    )
    written = None if is_same else record
    return Rated(existing, after, written, () if is_same else items, further_reason, by.order_reference)


def _which(existing: Evaluation, error: type[AppError]) -> FieldError:
    return FieldError("evaluation_id", error.code, str(existing.id), "periode yang belum dievaluasi")


def _rated_by(actor: Principal, batch: Batch, found: EmployeeRating) -> RatedBy:
    """Return as whom the caller rates. Raise Forbidden, or what keeps the period from being rated."""
    employee_id, period = found.employee_id, batch.command.period
    existing, plan = batch.existing.get(employee_id), batch.plans.get(employee_id)
    if existing is None and plan is None:
        fault = FieldError("employee_id", "plan_missing", str(employee_id), "pegawai dengan SKP yang sudah ditetapkan")
        raise PlanMissing(errors=[fault], year=period.year)
    if found.order_reference and actor.has("hr_officer"):
        need_other(actor, employee_id)
        capacity = Capacity.HR
    elif existing is not None:
        capacity = batch.official.capacity(employee_id, batch.offices.named(employee_id, existing.appraiser_id))
    else:
        assert plan is not None
        capacity = batch.official.capacity(employee_id, batch.subject(plan).segment.appraiser_id)
    if plan is not None and (existing is None or existing.is_proposal):
        _require_owed(batch, plan, capacity, is_new=existing is None)
    return RatedBy(self_of(actor), capacity, found.order_reference)


def _require_owed(batch: Batch, plan: RatablePlan, capacity: Capacity, *, is_new: bool) -> None:
    """Raise PeriodExcused for whom HR has excused; for a new rating also what the plan and the days do not allow.

    By a plan that was agreed after the period only HR rates, by an order: the employee is not to lose by a late paper.
    """
    period, days = batch.command.period, batch.days.of(plan.plan.employee_id)
    least = batch.setting.rules.minimum_days(period.last_day)
    if is_new or not plan.agreed_in_time:
        plan.require_agreed(period, by_order=capacity is Capacity.HR)
    if is_new:
        days.require_enough(least)
        if period.is_year:
            require_periods_done(batch.setting, plan, days)
    if subject_of(period) in plan.excused:
        raise days.excused(Excuse.BY_ORDER, least)


def _save(tx: Transaction, actor: Principal, batch: Batch, rated: Sequence[Rated]) -> list[Evaluation]:
    """Write the ratings and return the evaluations; each finished one has its consequences."""
    fresh = [(item.after, item.record) for item in rated if item.before is None and item.record is not None]
    inserted = insert_evaluations(tx, [after for after, _ in fresh], [record for _, record in fresh])
    if len(inserted) != len(fresh):
        raise EvaluationExists(period=str(batch.command.period))
    insert_ratings(tx, [item.record for item in rated if item.before is not None and item.record is not None])
    made = [RatedRevision(item.after, item.record, item.items) for item in rated if item.record is not None]
    freeze_ratings(tx, actor, batch.setting, made)
    insert_items(tx, {(item.after.id, item.after.revision): item.items for item in rated})
    saved = []
    for item in rated:
        evaluation = item.after
        if item.before is not None and not item.is_unchanged:
            evaluation = update_evaluation(tx, item.before, item.after)
        if not item.is_unchanged:
            publish_finished(tx, actor, batch.setting, evaluation, item.order_reference)
        saved.append(evaluation)
    changed = [(one, item) for one, item in zip(saved, rated, strict=True) if not item.is_unchanged]
    keep_finished_evaluations(tx, [one for one, _ in changed])
    in_review = [HandedIn(one, it.further_reason) for one, it in changed if one.state is EvaluationState.IN_REVIEW]
    ask_reviews(tx, batch.setting, in_review)
    return saved
