"""What the overviews read across plans, evaluations, objections and follow-ups."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, and_, case, cast, false, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute

from appraisal.domain.early_warnings import RecentPredicates
from appraisal.domain.follow_up import FollowUpRule
from appraisal.domain.obligation import EVALUATIONS, ObligationKind, ObligationState
from appraisal.domain.periods import Period
from appraisal.domain.queue import (
    DialogueWaitingView,
    FollowUpWaitingView,
    ObjectionWaitingView,
    PlanWaitingView,
    ProposalWaitingView,
    RatingWaitingView,
    StatementWaitingView,
)
from appraisal.domain.summary import CycleCounts, EmployeeCount, EvaluationCount, PlanCount
from appraisal.domain.values import UNDISCLOSED, EvaluationState, FollowUpState, PlanState
from appraisal.persistence import models
from appraisal.persistence.obligation_lists import NotDisclosed, completion, ratings_owed
from appraisal.persistence.of_period import of_period
from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from directory.questions import headcounts_on, today

_MOST_WAITING = 200
# Set-based: the last periods of every employee in one statement, newest first. Who has not arrived in
# the directory is shown to those who see the whole agency.
_RECENT_PREDICATES = text(
    "SELECT p.employee_id, s.unit_id, s.superior_id AS appraiser_id, r.recent, "
    "ARRAY(SELECT o.subject FROM obligation o WHERE o.employee_id = p.employee_id "
    "AND o.kind = 'PERIODIC_EVALUATION' AND o.state = 'EXCUSED' AND o.reason = 'ON_LEAVE') AS on_leave, "
    "(SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'state', f.state) ORDER BY f.id), '[]') "
    "FROM follow_up f WHERE f.employee_id = p.employee_id AND f.state = 'OPEN') AS follow_ups "
    "FROM (SELECT DISTINCT employee_id FROM evaluation WHERE kind = 'PERIODIC' AND state = 'FINAL') p "
    "LEFT JOIN directory_stretch s ON s.employee_id = p.employee_id AND s.first_day <= :day "
    "AND (s.last_day IS NULL OR s.last_day >= :day) JOIN LATERAL ("
    "SELECT jsonb_agg(jsonb_build_object('evaluation_id', id, 'predicate', predicate, 'year', year, "
    "'quarter', quarter, 'month', month) ORDER BY year DESC, ends DESC) AS recent FROM ("
    "SELECT id, predicate, year, quarter, month, coalesce(month, 3 * quarter) AS ends FROM evaluation e "
    "WHERE e.employee_id = p.employee_id AND e.kind = 'PERIODIC' AND e.state = 'FINAL' "
    "ORDER BY year DESC, coalesce(month, 3 * quarter) DESC LIMIT :depth) l) r ON r.recent IS NOT NULL "
    "WHERE r.recent #>> '{0,predicate}' = ANY(:weak) "
    "AND (CAST(:units AS uuid[]) IS NULL OR s.unit_id = ANY(CAST(:units AS uuid[])) "
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


def ratings_to_make(
    tx: Transaction, appraiser_id: UUID, in_place: Collection[UUID], time_zone: str
) -> list[RatingWaitingView]:
    """Return the evaluations that the register says somebody owes now, also `in_place` of another."""
    return ratings_owed(tx, appraiser_id, in_place, time_zone, _MOST_WAITING)


def proposals_to_finish(tx: Transaction, appraiser_id: UUID, in_place: Collection[UUID]) -> list[ProposalWaitingView]:
    """Return the proposals about those whom somebody appraises, also `in_place` of another; none that has lapsed."""
    evaluation, owed = models.Evaluation, models.Obligation
    subject = case(
        (evaluation.quarter.is_not(None), func.format("%s-Q%s", evaluation.year, evaluation.quarter)),
        (evaluation.month.is_not(None), func.format("%s-M%s", evaluation.year, func.to_char(evaluation.month, "FM00"))),
        else_=cast(evaluation.year, Text),
    )
    joined = and_(owed.employee_id == evaluation.employee_id, owed.kind.in_(EVALUATIONS), owed.subject == subject)
    query = select(
        evaluation.id.label("evaluation_id"),
        *columns_of(evaluation, ProposalWaitingView),
        owed.due_at,
        func.coalesce(owed.due_at < tx.now, false()).label("late"),
    ).outerjoin(owed, joined)
    query = query.where(
        or_(evaluation.appraiser_id == appraiser_id, among(evaluation.employee_id, in_place)),
        evaluation.state == EvaluationState.PROPOSED,
        owed.state.is_distinct_from(ObligationState.LAPSED),
    )
    return fetch_all(tx, query.order_by(evaluation.id).limit(_MOST_WAITING), ProposalWaitingView)


def objections_to_decide(tx: Transaction, decider_id: UUID) -> list[ObjectionWaitingView]:
    objection = models.Objection
    escalated = objection.escalated_at.is_not(None).label("escalated")
    query = select(objection.id.label("objection_id"), escalated, *columns_of(objection, ObjectionWaitingView))
    query = query.where(objection.decider_id == decider_id, objection.outcome.is_(None))
    return fetch_all(tx, query.order_by(objection.decide_by).limit(_MOST_WAITING), ObjectionWaitingView)


def dialogues_to_answer(tx: Transaction, official: UUID, in_place: Collection[UUID]) -> list[DialogueWaitingView]:
    """Return the dialogues that somebody owes, or in whose place they act, and the late ones of whom they review."""
    owed, evaluation = models.Obligation, models.Evaluation
    late = (owed.due_at < tx.now).label("late")
    query = select(
        evaluation.id.label("evaluation_id"),
        owed.employee_id,
        owed.opens_at.label("requested_at"),
        owed.due_at.label("answer_by"),
        late,
    ).join(evaluation, evaluation.id == owed.matter_id)
    query = query.where(owed.kind == ObligationKind.DIALOGUE, owed.state == ObligationState.OPEN)
    late_below = and_(owed.due_at < tx.now, evaluation.reviewer_id == official)
    query = query.where(or_(owed.owed_by == official, among(owed.employee_id, in_place), late_below))
    return fetch_all(tx, query.order_by(owed.due_at).limit(_MOST_WAITING), DialogueWaitingView)


def objections_to_answer(tx: Transaction, official: UUID, places: Mapping[UUID, UUID]) -> list[StatementWaitingView]:
    """Return the open objections without a statement, the most urgent first: to own ratings, or in another's place.

    `places` names by employee the appraiser for whom they stand in; who decides an objection does not answer it too.
    """
    objection = models.Objection
    query = select(objection.id.label("objection_id"), *columns_of(objection, StatementWaitingView))
    in_place = and_(
        among(objection.employee_id, places),
        among(objection.appraiser_id, set(places.values())),
        objection.decider_id.is_distinct_from(official),
    )
    query = query.where(
        or_(objection.appraiser_id == official, in_place), objection.outcome.is_(None), objection.stated_at.is_(None)
    )
    return fetch_all(tx, query.order_by(objection.statement_by).limit(_MOST_WAITING), StatementWaitingView)


def follow_ups_assigned(tx: Transaction, official: UUID) -> list[FollowUpWaitingView]:
    follow_up = models.FollowUp
    query = select(follow_up.id.label("follow_up_id"), *columns_of(follow_up, FollowUpWaitingView))
    query = query.where(follow_up.assigned_to == official, follow_up.state == FollowUpState.OPEN)
    return fetch_all(tx, query.order_by(follow_up.opened_at).limit(_MOST_WAITING), FollowUpWaitingView)


def count_cycle(tx: Transaction, period: Period, units: Collection[UUID] | None, hidden: NotDisclosed) -> CycleCounts:
    """Count employees, plans, evaluations and obligations by unit: of the whole agency, or of these units.

    What is `hidden` from the reader is not counted: no difference from a list without it is to disclose it.
    """
    plan, evaluation = models.Plan, models.Evaluation
    people = headcounts_on(tx, units, min(today(tx), period.last_day))
    plans = _counted(units, plan.unit_id, plan.state).where(plan.year == period.year)
    counted = _counted(units, evaluation.unit_id, evaluation.state, evaluation.predicate)
    evaluations = counted.where(
        of_period(evaluation, period),
        or_(evaluation.state.not_in(UNDISCLOSED), evaluation.employee_id.is_distinct_from(hidden.employee_id)),
    )
    return CycleCounts(
        [EmployeeCount(unit_id, count) for unit_id, count in people.items()],
        fetch_all(tx, plans, PlanCount),
        fetch_all(tx, evaluations, EvaluationCount),
        completion(tx, period, units, hidden),
    )


def _counted(units: Collection[UUID] | None, *keys: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return a query that counts rows by keys, of which the first is the unit."""
    query = select(*keys, func.count().label("count")).group_by(*keys)
    return query if units is None else query.where(keys[0].in_(units))
