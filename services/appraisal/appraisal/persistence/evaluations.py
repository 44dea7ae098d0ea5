"""Evaluations between rows and the domain; every rating that stood stays as a row of its own."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, RowMapping, and_, exists, func, or_, select, text

from appraisal.domain.evaluation import (
    Evaluation,
    RatablePlan,
    RatingRecord,
    StateOfYear,
)
from appraisal.domain.evaluation_parties import EvaluationParties
from appraisal.domain.evaluation_views import ListEvaluations
from appraisal.domain.obligation import EVALUATIONS
from appraisal.domain.periods import Period
from appraisal.domain.plan import Plan
from appraisal.domain.rating import Rating
from appraisal.domain.values import APPRAISING, UNDISCLOSED, EvaluationKind, EvaluationState
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from chassis.errors import required
from chassis.pagination import Page, page_of
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    insert_records,
    keyset,
    matching,
    update_record,
    values_of,
)
from chassis.unit_of_work import Transaction

EXPORTED = (
    "id",
    "employee_id",
    "unit_id",
    "appraiser_id",
    "reviewer_id",
    "kind",
    "year",
    "quarter",
    "state",
    "work_result",
    "behaviour",
    "predicate",
    "revision",
    "issued_at",
    "received_at",
    "objection_until",
    "final_at",
    "completed_by",
    "work_result_note",
    "behaviour_note",
    "month",
    "former_revision",
    "former_predicate",
)
EXPORTED_AT_ONCE = 2000
_END = func.coalesce(models.Evaluation.month, 3 * models.Evaluation.quarter)
_QUERY = select(*columns_of(models.Evaluation, Evaluation), *columns_of(models.Evaluation, Rating))
# Set-based: all that the rating of any number of people needs to know, in one statement. Quarter and month 0 stand for
# the year: only an annual rating considers the periodic ones. The version that counts is the one in force when the
# period ended: what is agreed afterwards is no measure of it (PermenPANRB 6/2022).
_RATABLE = text(
    "SELECT DISTINCT ON (p.employee_id) p.id, p.employee_id, p.year, p.unit_id, p.appraiser_id, p.reviewer_id, "
    "p.state, p.plan_version, coalesce((SELECT v.number FROM plan_version v WHERE v.plan_id = p.id "
    "AND v.agreed_at < :ended ORDER BY v.agreed_at DESC LIMIT 1), p.active_version) AS active_version, p.version, "
    "a.at AS agreed_at, "
    "coalesce(a.at < :ended, false) AS agreed_in_time, "
    "ARRAY(SELECT o.subject FROM obligation o WHERE o.employee_id = p.employee_id AND o.kind = ANY(:evaluations) "
    "AND left(o.subject, 4) = CAST(:year AS text) AND o.state = 'EXCUSED' AND o.excused_by IS NOT NULL) AS excused, "
    "EXISTS (SELECT 1 FROM evaluation e WHERE e.employee_id = p.employee_id "
    "AND e.year = :year AND coalesce(e.quarter, 0) = :quarter AND coalesce(e.month, 0) = :month) AS evaluated, "
    "ARRAY(SELECT e.id FROM evaluation e WHERE e.employee_id = p.employee_id AND e.year = :year "
    "AND e.kind = 'PERIODIC' AND e.state = 'FINAL' AND :is_year "
    "ORDER BY coalesce(e.month, 3 * e.quarter)) AS periodic_ids, "
    "ARRAY(SELECT coalesce(e.month, 3 * e.quarter) FROM evaluation e WHERE e.employee_id = p.employee_id "
    "AND e.year = :year AND e.kind = 'PERIODIC' AND e.state = 'FINAL' AND :is_year) AS finished "
    "FROM plan p LEFT JOIN LATERAL (SELECT min(m.at) AS at FROM plan_move m WHERE m.plan_id = p.id "
    "AND m.move = 'ACTIVATE') a ON true WHERE p.employee_id = ANY(:employees) AND p.year = :year "
    "AND (p.state <> 'CLOSED' OR p.active_version IS NOT NULL) ORDER BY p.employee_id, agreed_in_time DESC, "
    "p.state = 'CLOSED', p.active_version IS NULL, p.id DESC"
)
# Set-based: evaluations and their first ratings are inserted in one statement, as rows of JSON; those that another
# request has just inserted are left out of the answer.
_INSERT = text(
    "WITH inserted AS (INSERT INTO evaluation SELECT * FROM jsonb_populate_recordset(CAST(NULL AS evaluation), "
    "CAST(:heads AS jsonb)) ON CONFLICT DO NOTHING RETURNING id), "
    "rated AS (INSERT INTO evaluation_version SELECT * FROM "
    "jsonb_populate_recordset(CAST(NULL AS evaluation_version), CAST(:ratings AS jsonb))) SELECT id FROM inserted"
)


def load_evaluation(tx: Transaction, evaluation_id: UUID) -> Evaluation:
    """Return an evaluation. Raise NotFound."""
    row = tx.session.execute(_QUERY.where(models.Evaluation.id == evaluation_id)).mappings().first()
    return _evaluation(required(row, "evaluasi", evaluation_id))


def load_with_decider(tx: Transaction, evaluation_id: UUID) -> EvaluationParties:
    """Return an evaluation, and who decides the last objection to it. Raise NotFound."""
    evaluation, objection = models.Evaluation, models.Objection
    query = _QUERY.add_columns(objection.decider_id).outerjoin(objection, objection.evaluation_id == evaluation.id)
    newest = query.where(evaluation.id == evaluation_id).order_by(objection.id.desc()).limit(1)
    stored = tx.session.execute(newest).mappings().first()
    row = required(stored, "evaluasi", evaluation_id)
    return EvaluationParties(_evaluation(row), row["decider_id"])


def ratings_around(tx: Transaction, employee_id: UUID, period: Period, years: int) -> list[EvaluationParties]:
    """Return somebody's evaluation of a period, those of earlier ones of its year, and annual ones of years before."""
    evaluation, objection = models.Evaluation, models.Objection
    part, year = evaluation.kind == EvaluationKind.PERIODIC, evaluation.year
    earlier = and_(part, year == period.year, period.last_month > _END) if not period.is_year else part
    before = and_(~part, year.between(period.year - years, period.year - 1))
    newest = select(objection.decider_id).where(objection.evaluation_id == evaluation.id).order_by(objection.id.desc())
    query = _QUERY.add_columns(newest.limit(1).scalar_subquery().label("decider_id"))
    query = query.where(evaluation.employee_id == employee_id, year.between(period.year - years, period.year))
    query = query.where(or_(of_period(evaluation, period), and_(earlier, year == period.year), before))
    return [EvaluationParties(_evaluation(row), row["decider_id"]) for row in tx.session.execute(query).mappings()]


def has_appraised_by(tx: Transaction, plan_id: UUID, official: UUID) -> bool:
    """Return whether somebody has appraised by a plan: as the one named, or by rating or finishing."""
    evaluation = models.Evaluation
    theirs = or_(
        evaluation.appraiser_id == official, evaluation.rated_by == official, evaluation.finished_by == official
    )
    return bool(tx.session.scalar(select(exists().where(evaluation.plan_id == plan_id, theirs))))


def state_of_year(tx: Transaction, employee_ids: Collection[UUID], year: int) -> StateOfYear:
    """Return who of these people has, or has had, a final annual evaluation of a year, and whether it was opened."""
    evaluation, period = models.Evaluation, models.Period
    final = select(evaluation.employee_id).where(
        among(evaluation.employee_id, employee_ids),
        evaluation.year == year,
        evaluation.kind == EvaluationKind.ANNUAL,
        or_(evaluation.state == EvaluationState.FINAL, evaluation.reopened_by_order.is_not(None)),
    )
    row = tx.session.execute(select(func.array(final.scalar_subquery()), exists().where(period.year == year))).one()
    return StateOfYear(frozenset(row[0]), row[1])


def load_ratable(
    tx: Transaction, employee_ids: Sequence[UUID], period: Period, ended: datetime
) -> dict[UUID, RatablePlan]:
    """Return by employee the plan that was agreed before the period `ended`, else the open one.

    With it goes what the rating is to consider. A closed plan counts too: the days by it were worked.
    """
    values = {"employees": list(employee_ids), "year": period.year, "ended": ended, "evaluations": list(EVALUATIONS)}
    values |= {"quarter": period.quarter or 0, "month": period.month or 0, "is_year": period.is_year}
    return {
        row.employee_id: RatablePlan(
            plan=msgspec.convert(row, Plan, from_attributes=True),
            agreed_at=row.agreed_at,
            agreed_in_time=row.agreed_in_time,
            evaluated=row.evaluated,
            excused=frozenset(row.excused),
            periodic_ids=tuple(row.periodic_ids),
            finished=frozenset(row.finished),
        )
        for row in tx.session.execute(_RATABLE, values)
    }


def evaluations_of(tx: Transaction, employee_ids: Sequence[UUID], period: Period) -> dict[UUID, Evaluation]:
    """Return the evaluations of these people for a period by employee."""
    evaluation = models.Evaluation
    query = _QUERY.where(evaluation.employee_id.in_(employee_ids), of_period(evaluation, period))
    return {row["employee_id"]: _evaluation(row) for row in tx.session.execute(query).mappings()}


def unfinished_of(tx: Transaction, employee_ids: Collection[UUID]) -> list[Evaluation]:
    """Return the evaluations of these people that are not final."""
    evaluation = models.Evaluation
    query = _QUERY.where(among(evaluation.employee_id, employee_ids), evaluation.state != EvaluationState.FINAL)
    return [_evaluation(row) for row in tx.session.execute(query).mappings()]


def evaluations_by_id(tx: Transaction, evaluation_ids: Collection[UUID]) -> list[Evaluation]:
    return [
        _evaluation(row)
        for row in tx.session.execute(_QUERY.where(among(models.Evaluation.id, evaluation_ids))).mappings()
    ]


def evaluations_where(tx: Transaction, condition: ColumnElement[bool], limit: int) -> list[Evaluation]:
    """Return some evaluations that meet a condition."""
    return [_evaluation(row) for row in tx.session.execute(_QUERY.where(condition).limit(limit)).mappings()]


def was_rated_after(tx: Transaction, period: Period, moment: datetime) -> bool:
    """Return whether somebody was rated for a period after a moment, or their rating was finished after it."""
    row, rating = models.Evaluation, models.EvaluationVersion
    finished = and_(row.kind == EvaluationKind.PERIODIC, func.coalesce(row.handed_in_at, row.final_at) > moment)
    later = or_(rating.at > moment, func.coalesce(row.handed_in_at, row.issued_at) > moment, finished)
    query = select(row.id).join(rating, and_(rating.evaluation_id == row.id, rating.revision == 1))
    query = query.where(of_period(row, period), later)
    return tx.session.scalar(query.limit(1)) is not None


def insert_evaluations(
    tx: Transaction, evaluations: Sequence[Evaluation], records: Sequence[RatingRecord]
) -> set[UUID]:
    """Insert new evaluations with their first ratings; return the ids of those inserted."""
    if not evaluations:
        return set()
    own = {"agency_id": tx.agency_id}
    heads = [{**_flat(evaluation), **own, "created_at": tx.now} for evaluation in evaluations]
    ratings = [{**values_of(models.EvaluationVersion, record), **own} for record in records]
    values = {"heads": msgspec.json.encode(heads).decode(), "ratings": msgspec.json.encode(ratings).decode()}
    return set(tx.session.execute(_INSERT, values).scalars())


def insert_ratings(tx: Transaction, records: Sequence[RatingRecord]) -> None:
    """Store each rating as it was made."""
    insert_records(tx, models.EvaluationVersion, records)


def update_evaluation(tx: Transaction, before: Evaluation, after: Evaluation) -> Evaluation:
    """Save a move and return the evaluation as it is now. Raise VersionConflict."""
    rating = {} if after.rating == before.rating else values_of(models.Evaluation, after.rating)
    update_record(tx, models.Evaluation, before, after, **rating)
    return replace(after, version=before.version + 1)


def list_ratings(tx: Transaction, evaluation_id: UUID) -> list[RatingRecord]:
    """Return every rating that stood, oldest first."""
    rating = models.EvaluationVersion
    query = select(*columns_of(rating, RatingRecord)).where(rating.evaluation_id == evaluation_id)
    return fetch_all(tx, query.order_by(rating.revision), RatingRecord)


def rated_of(tx: Transaction, official: UUID, evaluation_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these evaluations that somebody has rated for the appraiser, also where that was replaced."""
    rating = models.EvaluationVersion
    query = select(rating.evaluation_id).where(
        among(rating.evaluation_id, evaluation_ids), rating.decided_by == official, rating.capacity.in_(APPRAISING)
    )
    return frozenset(tx.session.scalars(query))


def list_evaluations(
    tx: Transaction, wanted: ListEvaluations, *, rater_id: UUID | None = None, without_proposals_about: UUID | None
) -> Page[Evaluation]:
    """Return evaluations by id; `rater_id` limits them to those that this person appraises or reviews."""
    evaluation = models.Evaluation
    query = matching(_QUERY, evaluation, wanted)
    if wanted.unit is not None:
        query = query.where(evaluation.unit_id == wanted.unit)
    if rater_id is not None:
        query = query.where(or_(evaluation.appraiser_id == rater_id, evaluation.reviewer_id == rater_id))
    query = query.where(_is_no_proposal_about(without_proposals_about))
    rows = tx.session.execute(keyset(query, wanted.page, evaluation.id)).mappings()
    return page_of([_evaluation(row) for row in rows], wanted.page, lambda item: item.id)


def export_page(
    tx: Transaction, period: Period, after: UUID | None, *, without_proposals_about: UUID | None
) -> list[tuple[Any, ...]]:
    """Return the exported columns of the next evaluations of a year, or of a part of it, by id."""
    evaluation = models.Evaluation
    query = select(*(getattr(evaluation, name) for name in EXPORTED)).where(evaluation.year == period.year)
    if not period.is_year:
        query = query.where(of_period(evaluation, period))
    if after is not None:
        query = query.where(evaluation.id > after)
    query = query.where(_is_no_proposal_about(without_proposals_about))
    return [tuple(row) for row in tx.session.execute(query.order_by(evaluation.id).limit(EXPORTED_AT_ONCE))]


def _is_no_proposal_about(employee_id: UUID | None) -> ColumnElement[bool]:
    evaluation = models.Evaluation
    return or_(evaluation.state.not_in(UNDISCLOSED), evaluation.employee_id.is_distinct_from(employee_id))


def _evaluation(row: RowMapping) -> Evaluation:
    return msgspec.convert({**row, "rating": row}, Evaluation)


def _flat(evaluation: Evaluation) -> dict[str, Any]:
    return {**values_of(models.Evaluation, evaluation), **values_of(models.Evaluation, evaluation.rating)}
