"""Rate subordinates for a quarter or for the year: propose, or finish in the same step; one person or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.distribution import DistributionGuard
from appraisal.domain.errors import EvaluationExists, PlanMissing
from appraisal.domain.evaluation import EmployeeRating, Evaluation, RatablePlan, RatingRecord
from appraisal.domain.evaluation_views import EvaluationView, RatingOutcomesView, RatingOutcomeView
from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity, EvaluationState
from appraisal.persistence.evaluations import (
    evaluations_of,
    insert_evaluations,
    insert_ratings,
    load_ratable,
    update_evaluation,
)
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import load_guard
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.issue import issue_evaluation
from appraisal.use_cases.follow_ups.open import open_follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.errors import AppError, FieldError
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.performance import Predicate


@dataclass(frozen=True)
class RateEmployees:
    """Ratings of one period; with `finish` they become final, or are issued when the period is a year."""

    period: Period
    ratings: Sequence[EmployeeRating]
    finish: bool = True


@dataclass(frozen=True)
class Rated:
    """One employee's new rating: to be inserted where nothing was before, else to replace a proposal."""

    before: Evaluation | None
    after: Evaluation
    record: RatingRecord | None
    earlier: Sequence[Predicate]

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


def rate_employee(work: UnitOfWork, actor: Principal, command: RateEmployees) -> EvaluationView:
    """Rate one person; the same rating again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        batch = _load(tx, actor, command)
        (saved,) = _save(tx, actor, batch, [_rate(tx, actor, batch, command.ratings[0])])
        return EvaluationView.of(saved)


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
    """Read all that the ratings need, each in one statement. Raise RatingWindowClosed."""
    self_of(actor)
    period = command.period
    setting = load_setting(tx, period)
    setting.require_open(period)
    people = [found.employee_id for found in command.ratings]
    plans = load_ratable(tx, people, period)
    again = [employee_id for employee_id in people if employee_id not in plans or plans[employee_id].evaluated]
    existing = evaluations_of(tx, again, period) if again else {}
    units = {item.plan.unit_id for item in plans.values()} | {item.unit_id for item in existing.values()}
    rule = setting.rules.distribution(period.last_day)
    guard = load_guard(tx, rule, period, units=units, rated=people)
    return Batch(command, setting, plans, existing, guard)


def _rate(tx: Transaction, actor: Principal, batch: Batch, found: EmployeeRating) -> Rated:
    """Return the rating; it is unchanged when the evaluation already has the same rating."""
    period, finish = batch.command.period, batch.command.finish
    existing, plan = batch.existing.get(found.employee_id), batch.plans.get(found.employee_id)
    _require_appraiser(actor, period, existing, plan, found.employee_id)
    rating, rule_version = batch.setting.rate(period, found)
    codes, rater = tuple(found.competency_codes), self_of(actor)
    if existing is not None:
        is_same = existing.has_rating(rating, codes)
        if is_same and not (finish and existing.is_proposal):
            return Rated(existing, existing, None, ())
        if not existing.is_proposal or plan is None:
            raise EvaluationExists(period=str(period), evaluation_id=existing.id)
        after = existing.rerated(rating, codes, rater)
    else:
        assert plan is not None
        is_same, after = False, Evaluation.proposed(new_id(), plan.plan, period, rating, codes, rater)
    if finish:
        batch.guard.admit(after.unit_id, rating.predicate)
        after = after.finished(tx.now)
    considered = plan.periodic_ids
    record = RatingRecord.of(after, rater, Capacity.APPRAISER, rule_version, tx.now, considered=considered)
    return Rated(existing, after, None if is_same else record, plan.earlier)


def _require_appraiser(
    actor: Principal, period: Period, existing: Evaluation | None, plan: RatablePlan | None, employee_id: UUID
) -> None:
    """Raise Forbidden for anybody but the appraiser, or PlanMissing, PlanClosed or PlanNeverActive."""
    if existing is not None:
        require_one_of(actor, [existing.appraiser_id])
    elif plan is not None:
        require_one_of(actor, [plan.plan.appraiser_id])
        plan.plan.in_force()
    else:
        fault = FieldError("employee_id", "plan_missing", str(employee_id), "pegawai dengan SKP yang sudah ditetapkan")
        raise PlanMissing(errors=[fault], employee_id=employee_id, year=period.year)


def _save(tx: Transaction, actor: Principal, batch: Batch, rated: Sequence[Rated]) -> list[Evaluation]:
    """Write the ratings and return the evaluations; each finished one has its consequences."""
    fresh = [(item.after, item.record) for item in rated if item.before is None and item.record is not None]
    inserted = insert_evaluations(tx, [after for after, _ in fresh], [record for _, record in fresh])
    if len(inserted) != len(fresh):
        raise EvaluationExists(period=str(batch.command.period), evaluation_id="-")
    insert_ratings(tx, [item.record for item in rated if item.before is not None and item.record is not None])
    saved = []
    for item in rated:
        evaluation = item.after
        if item.before is not None and not item.is_unchanged:
            evaluation = update_evaluation(tx, item.before, item.after)
        if not item.is_unchanged:
            _publish(tx, actor, batch.setting, evaluation, item.earlier)
        saved.append(evaluation)
    return saved


def _publish(
    tx: Transaction, actor: Principal, setting: AgencySetting, evaluation: Evaluation, earlier: Sequence[Predicate]
) -> None:
    if evaluation.state is EvaluationState.FINAL:
        finalise_evaluation(tx, evaluation, str(actor.employee_id))
        open_follow_up(tx, setting, evaluation, earlier)
    elif evaluation.state is EvaluationState.ISSUED:
        issue_evaluation(tx, setting, evaluation)
    action = "evaluation_" + evaluation.state.lower()
    audit.record(tx, actor, action, "evaluation", evaluation.id, employee_id=evaluation.employee_id)
