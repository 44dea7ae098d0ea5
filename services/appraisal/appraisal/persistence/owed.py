"""All that decides what is owed of people in a year, for any number of them in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text

from appraisal.domain.obligation import ObligationKind, subject_from, subject_of
from appraisal.domain.obligations import EmployeeYear, FinishedEvaluation, PlanOfYear, RatedSegment
from appraisal.domain.periods import Period
from appraisal.domain.values import EvaluationState, PlanState
from appraisal.persistence import models
from appraisal.persistence.offices import load_offices
from chassis.records import among
from chassis.unit_of_work import Transaction
from directory import timelines
from directory.models import Stretch
from directory.questions import stretches_each, today
from directory.timelines import LEFT_SERVICE

# Set-based: each plan of these people with the moments of its moves, in one statement.
_PLANS = text(
    "SELECT p.id, p.employee_id, p.state, p.appraiser_id, p.first_day, p.last_day, p.active_version IS NOT NULL, "
    "m.agreed_at, CASE WHEN p.state = 'CLOSED' THEN m.closed_at END FROM plan p LEFT JOIN LATERAL (SELECT "
    "min(at) FILTER (WHERE move = 'ACTIVATE') AS agreed_at, max(at) FILTER (WHERE move = 'CLOSE') AS closed_at "
    "FROM plan_move WHERE plan_id = p.id) m ON true WHERE p.employee_id = ANY(:people) AND p.year = :year "
    "ORDER BY p.employee_id, p.first_day NULLS FIRST, p.id"
)
# Set-based: who in service in a year has no obligations of it yet. NOT EXISTS is an anti-join of two indexes.
_WITHOUT = text(
    "SELECT DISTINCT s.employee_id FROM directory_stretch s WHERE s.first_day <= :last AND coalesce(s.last_day, :last) "
    ">= :first AND NOT s.status = ANY(:left) AND (CAST(:units AS uuid[]) IS NULL OR s.unit_id = ANY(:units)) "
    "AND (CAST(:people AS uuid[]) IS NULL OR s.employee_id = ANY(:people)) "
    "AND (CAST(:superior AS uuid) IS NULL OR s.superior_id = :superior) "
    "AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.employee_id = s.employee_id "
    "AND o.kind = 'ANNUAL_EVALUATION' AND o.subject = :subject) LIMIT :limit"
)


def employee_years(tx: Transaction, people: Collection[UUID], year: int) -> list[EmployeeYear]:
    """Return the year of each of these people who has arrived in the directory."""
    whole = Period.of(year)
    plans = _plans(tx, people, year)
    evaluations = _evaluations(tx, people, year)
    ratings = _segment_ratings(tx, people, year)
    known = stretches_each(tx, people, timelines.Period(whole.first_day, whole.last_day)).known
    named = {
        one: {*(held.superior_id for held in stretches), *(plan.appraiser_id for plan in plans.get(one, ()))}
        for one, stretches in known.items()
    }
    offices = load_offices(tx, named, today(tx))
    return [
        EmployeeYear(one, stretches, plans.get(one, ()), evaluations.get(one, {}), ratings.get(one, {}), offices)
        for one, stretches in known.items()
    ]


def _plans(tx: Transaction, people: Collection[UUID], year: int) -> dict[UUID, list[PlanOfYear]]:
    found: defaultdict[UUID, list[PlanOfYear]] = defaultdict(list)
    for plan_id, person, state, *more in tx.session.execute(_PLANS, {"people": list(people), "year": year}):
        found[person].append(PlanOfYear(plan_id, person, PlanState(state), *more))
    return found


def _evaluations(tx: Transaction, people: Collection[UUID], year: int) -> dict[UUID, dict[str, FinishedEvaluation]]:
    row = models.Evaluation
    done_at = func.coalesce(row.handed_in_at, row.issued_at, row.final_at)
    query = select(row.id, row.employee_id, row.quarter, row.month, row.unit_id, row.appraiser_id, done_at)
    query = query.where(among(row.employee_id, people), row.year == year, row.state != EvaluationState.PROPOSED)
    found: defaultdict[UUID, dict[str, FinishedEvaluation]] = defaultdict(dict)
    for evaluation, person, quarter, month, unit_id, appraiser_id, at in tx.session.execute(query):
        period = Period.of(year, quarter, month)
        one = FinishedEvaluation(evaluation, person, period, unit_id, appraiser_id, at)
        found[person][subject_of(period)] = one
    return found


def _segment_ratings(tx: Transaction, people: Collection[UUID], year: int) -> dict[UUID, dict[str, RatedSegment]]:
    row = models.SegmentRating
    query = select(row.id, row.employee_id, row.quarter, row.month, row.first_day, row.rated_at)
    found: defaultdict[UUID, dict[str, RatedSegment]] = defaultdict(dict)
    rated = tx.session.execute(query.where(among(row.employee_id, people), row.year == year))
    for rating, person, quarter, month, first_day, at in rated:
        period = Period.of(year, quarter, month)
        found[person][subject_from(subject_of(period), first_day)] = RatedSegment(rating, person, period, first_day, at)
    return found


def people_in_service(tx: Transaction, year: int, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next people, by id, who were in service on any day of a year."""
    whole = Period.of(year)
    query = select(Stretch.employee_id).where(
        Stretch.first_day <= whole.last_day,
        func.coalesce(Stretch.last_day, whole.last_day) >= whole.first_day,
        Stretch.status.not_in(LEFT_SERVICE),
    )
    if after is not None:
        query = query.where(Stretch.employee_id > after)
    return list(tx.session.scalars(query.distinct().order_by(Stretch.employee_id).limit(limit)))


def without_obligations(
    tx: Transaction,
    year: int,
    limit: int,
    *,
    units: Collection[UUID] | None = None,
    people: Collection[UUID] | None = None,
    superior_id: UUID | None = None,
) -> list[UUID]:
    """Return those in service in a year who have no obligations of it: of all, or of these units, people, superior."""
    whole = Period.of(year)
    values = {"first": whole.first_day, "last": whole.last_day, "left": list(LEFT_SERVICE), "subject": str(year)}
    values |= {"units": None if units is None else list(units), "people": None if people is None else list(people)}
    return list(tx.session.scalars(_WITHOUT, {**values, "superior": superior_id, "limit": limit}))


def years_kept(tx: Transaction, people: Collection[UUID], since: date) -> list[int]:
    """Return the years from a day on of which these people's obligations are kept: the opened, and their own."""
    opened, row = models.ObligationYear, models.Obligation
    subject = func.left(row.subject, 4)
    own = select(func.cast(subject, opened.year.type)).where(
        among(row.employee_id, people), row.kind == ObligationKind.ANNUAL_EVALUATION, subject >= str(since.year)
    )
    return sorted(tx.session.scalars(select(opened.year).where(opened.year >= since.year).union(own)))
