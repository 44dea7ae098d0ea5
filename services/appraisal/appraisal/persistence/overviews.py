"""What the overviews read across plans, evaluations, objections and follow-ups."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.early_warnings import RecentPredicates
from appraisal.domain.follow_up import FollowUpRule
from appraisal.domain.periods import Period
from appraisal.domain.queue import (
    FollowUpWaitingView,
    ObjectionWaitingView,
    PlanWaitingView,
    ProposalWaitingView,
    RatingWaitingView,
)
from appraisal.domain.setting import AgencySetting
from appraisal.domain.summary import CycleCounts, EmployeeCount, EvaluationCount, PlanCount
from appraisal.domain.values import EvaluationState, FollowUpState, PlanState
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from appraisal.persistence.people import days_in_period, headcounts, subordinates_by_superior
from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from directory.questions import today

_MOST_WAITING = 200
# Set-based: the last periods of every employee in one statement; each is an array, newest first. Who has not arrived in
# the directory is shown to those who see the whole agency.
_RECENT_PREDICATES = text(
    "SELECT p.employee_id, s.unit_id, s.superior_id AS appraiser_id, r.predicates, r.evaluation_id, r.year, r.quarter, "
    "r.month, "
    "(SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'state', f.state) ORDER BY f.id), '[]') "
    "FROM follow_up f WHERE f.employee_id = p.employee_id AND f.state = 'OPEN') AS follow_ups "
    "FROM (SELECT DISTINCT employee_id FROM evaluation WHERE kind = 'PERIODIC' AND state = 'FINAL') p "
    "LEFT JOIN directory_stretch s ON s.employee_id = p.employee_id AND s.first_day <= :day "
    "AND (s.last_day IS NULL OR s.last_day >= :day) JOIN LATERAL ("
    "SELECT array_agg(predicate ORDER BY year DESC, ends DESC) AS predicates, "
    "(array_agg(id ORDER BY year DESC, ends DESC))[1] AS evaluation_id, "
    "(array_agg(year ORDER BY year DESC, ends DESC))[1] AS year, "
    "(array_agg(quarter ORDER BY year DESC, ends DESC))[1] AS quarter, "
    "(array_agg(month ORDER BY year DESC, ends DESC))[1] AS month FROM ("
    "SELECT id, predicate, year, quarter, month, coalesce(month, 3 * quarter) AS ends FROM evaluation e "
    "WHERE e.employee_id = p.employee_id AND e.kind = 'PERIODIC' AND e.state = 'FINAL' "
    "ORDER BY year DESC, coalesce(month, 3 * quarter) DESC LIMIT :depth) l) r ON r.predicates IS NOT NULL "
    "WHERE r.predicates[1] = ANY(:weak) AND (CAST(:units AS uuid[]) IS NULL OR s.unit_id = ANY(CAST(:units AS uuid[])) "
    "OR s.superior_id = CAST(:appraiser AS uuid)) ORDER BY p.employee_id LIMIT 500"
)


def recent_predicates(
    tx: Transaction, rule: FollowUpRule, day: date, *, units: Collection[UUID] | None, appraiser_id: UUID | None
) -> list[RecentPredicates]:
    """Return the employees whose last periodic predicate was weak: all, or by their units and appraiser of a day."""
    values = {
        "day": day,
        "depth": rule.repeated_after,
        "weak": [predicate.value for predicate in rule.opens],
        "units": None if units is None else list(units),
        "appraiser": appraiser_id,
    }
    return fetch_all(tx, _RECENT_PREDICATES, RecentPredicates, values)


def plans_to_agree(tx: Transaction, appraiser_id: UUID, in_place: Collection[UUID]) -> list[PlanWaitingView]:
    """Return the submitted plans of those whom somebody appraises, also `in_place` of another."""
    plan = models.Plan
    query = select(plan.id.label("plan_id"), *columns_of(plan, PlanWaitingView)).where(
        or_(plan.appraiser_id == appraiser_id, among(plan.employee_id, in_place)), plan.state == PlanState.SUBMITTED
    )
    return fetch_all(tx, query.order_by(plan.updated_at).limit(_MOST_WAITING), PlanWaitingView)


def plans_to_rate(
    tx: Transaction, appraiser_id: UUID, in_place: Collection[UUID], row: PeriodRow, setting: AgencySetting
) -> list[RatingWaitingView]:
    """Return the agreed plans of a period's year that have no finished evaluation of the period.

    The appraiser is who it was on the period's last day; who has too few days in it is left out.
    """
    plan, evaluation, period = models.Plan, models.Evaluation, row.period
    finished = exists().where(
        evaluation.employee_id == plan.employee_id,
        of_period(evaluation, period),
        evaluation.state != EvaluationState.PROPOSED,
    )
    day = min(setting.today, period.last_day)
    people = subordinates_by_superior(tx, [appraiser_id], day).get(appraiser_id, set()) | set(in_place)
    theirs = or_(plan.appraiser_id == appraiser_id, among(plan.employee_id, people))
    query = select(plan.id, plan.employee_id).where(
        theirs, plan.year == period.year, plan.active_version.is_not(None), ~finished
    )
    found = tx.session.execute(query.order_by(plan.employee_id, plan.state != PlanState.CLOSED, plan.id)).all()
    plans = {one.employee_id: one.id for one in found}
    days = days_in_period(tx, plans, period).known
    least = setting.rules_of(row).minimum_days(period.last_day)
    return [
        RatingWaitingView(plans[one], one, period.year, period.quarter, period.month, row.closes_on)
        for one in sorted(days)
        if days[one].is_enough(least) and (one in in_place or days[one].official(day).appraiser_id == appraiser_id)
    ][:_MOST_WAITING]


def proposals_to_finish(tx: Transaction, appraiser_id: UUID, in_place: Collection[UUID]) -> list[ProposalWaitingView]:
    """Return the proposals about those whom somebody appraises, also `in_place` of another."""
    evaluation = models.Evaluation
    query = select(evaluation.id.label("evaluation_id"), *columns_of(evaluation, ProposalWaitingView)).where(
        or_(evaluation.appraiser_id == appraiser_id, among(evaluation.employee_id, in_place)),
        evaluation.state == EvaluationState.PROPOSED,
    )
    return fetch_all(tx, query.order_by(evaluation.id).limit(_MOST_WAITING), ProposalWaitingView)


def objections_to_decide(tx: Transaction, decider_id: UUID) -> list[ObjectionWaitingView]:
    objection = models.Objection
    escalated = objection.escalated_at.is_not(None).label("escalated")
    query = select(objection.id.label("objection_id"), escalated, *columns_of(objection, ObjectionWaitingView))
    query = query.where(objection.decider_id == decider_id, objection.outcome.is_(None))
    return fetch_all(tx, query.order_by(objection.decide_by).limit(_MOST_WAITING), ObjectionWaitingView)


def follow_ups_assigned(tx: Transaction, official: UUID) -> list[FollowUpWaitingView]:
    follow_up = models.FollowUp
    query = select(follow_up.id.label("follow_up_id"), *columns_of(follow_up, FollowUpWaitingView))
    query = query.where(follow_up.assigned_to == official, follow_up.state == FollowUpState.OPEN)
    return fetch_all(tx, query.order_by(follow_up.opened_at).limit(_MOST_WAITING), FollowUpWaitingView)


def count_cycle(tx: Transaction, period: Period, units: Collection[UUID] | None) -> CycleCounts:
    """Count employees, plans and evaluations by unit: of the whole agency, or of these units."""
    plan, evaluation = models.Plan, models.Evaluation
    people = headcounts(tx, units, min(today(tx), period.last_day))
    plans = _counted(units, plan.unit_id, plan.state).where(plan.year == period.year)
    counted = _counted(units, evaluation.unit_id, evaluation.state, evaluation.predicate)
    evaluations = counted.where(of_period(evaluation, period))
    return CycleCounts(
        [EmployeeCount(unit_id, count) for unit_id, count in people.items()],
        fetch_all(tx, plans, PlanCount),
        fetch_all(tx, evaluations, EvaluationCount),
    )


def _counted(units: Collection[UUID] | None, *keys: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return a query that counts rows by keys, of which the first is the unit."""
    query = select(*keys, func.count().label("count")).group_by(*keys)
    return query if units is None else query.where(keys[0].in_(units))
