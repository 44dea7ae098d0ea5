"""Reviews between rows and the domain, and what waits for those who review."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, or_, select

from appraisal.domain.obligation import EVALUATIONS, ObligationKind, ObligationState, over_by
from appraisal.domain.queue import ReviewWaitingView
from appraisal.domain.review import Review
from appraisal.domain.values import EvaluationState
from appraisal.persistence import models
from appraisal.persistence.obligation_lists import NotDisclosed
from chassis.errors import required
from chassis.records import AnySelect, among, columns_of, fetch_all, fetch_one, insert_records, update_record
from chassis.unit_of_work import Transaction

_ROW, _OWED, _EVALUATION = models.Review, models.Obligation, models.Evaluation
_QUERY = select(*columns_of(_ROW, Review))
_MOST_WAITING = 200


def insert_reviews(tx: Transaction, reviews: Sequence[Review]) -> None:
    insert_records(tx, _ROW, reviews)


def update_review(tx: Transaction, before: Review, after: Review) -> None:
    """Save a step. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, _ROW, before, after)


def load_review(tx: Transaction, review_id: UUID) -> Review:
    """Return a review. Raise NotFound."""
    return required(fetch_one(tx, _QUERY.where(_ROW.id == review_id), Review), "peninjauan", review_id)


def open_review(tx: Transaction, evaluation_id: UUID) -> Review | None:
    """Return the review of an evaluation that runs."""
    return fetch_one(tx, _QUERY.where(_ROW.evaluation_id == evaluation_id, _ROW.outcome.is_(None)), Review)


def reviews_of(tx: Transaction, evaluation_ids: Collection[UUID]) -> dict[UUID, list[Review]]:
    """Return the reviews of these evaluations, oldest first."""
    found: defaultdict[UUID, list[Review]] = defaultdict(list)
    query = _QUERY.where(among(_ROW.evaluation_id, evaluation_ids)).order_by(_ROW.id)
    for one in fetch_all(tx, query, Review) if evaluation_ids else ():
        found[one.evaluation_id].append(one)
    return found


def reviews_evaluation(tx: Transaction, evaluation_id: UUID, official: UUID) -> bool:
    """Return whether an evaluation waits for somebody's review, or was reviewed by them."""
    waits = exists().where(
        _OWED.owed_by == official,
        _OWED.kind == ObligationKind.REVIEW,
        _OWED.state == ObligationState.OPEN,
        _OWED.matter_id == evaluation_id,
    )
    reviewed = exists().where(_ROW.evaluation_id == evaluation_id, _ROW.decided_by == official)
    return bool(tx.session.scalar(select(or_(waits, reviewed))))


def disclosed_as_open(tx: Transaction, employee_id: UUID) -> frozenset[UUID]:
    """Return the obligations about somebody that are done, of which they must not learn yet: it is being reviewed."""
    query = select(_OWED.id).join(_EVALUATION, _EVALUATION.id == _OWED.matter_id)
    query = query.where(
        _OWED.employee_id == employee_id,
        _OWED.kind.in_(EVALUATIONS),
        _OWED.state == ObligationState.DONE,
        _EVALUATION.state == EvaluationState.IN_REVIEW,
    )
    return frozenset(tx.session.scalars(query))


def hidden_from(tx: Transaction, reader: UUID | None) -> NotDisclosed:
    """Return what somebody must not learn of themselves from the register."""
    return NotDisclosed(reader, frozenset() if reader is None else disclosed_as_open(tx, reader))


def reviews_to_make(tx: Transaction, official: UUID) -> list[ReviewWaitingView]:
    """Return what somebody is to review, the most urgent first."""
    return _waiting(tx, _OWED.owed_by == official)


def reviews_for_hr(tx: Transaction, officer: UUID) -> list[ReviewWaitingView]:
    """Return the reviews that nobody can make, or that are late for long; none about who asks."""
    is_left = or_(_OWED.owed_by.is_(None), _ROW.for_hr_at.is_not(None))
    return _waiting(tx, and_(is_left, _OWED.employee_id != officer))


def _waiting(tx: Transaction, which: ColumnElement[bool]) -> list[ReviewWaitingView]:
    columns = columns_of(_EVALUATION, ReviewWaitingView)
    late = func.coalesce(_OWED.due_at <= over_by(tx.now), False).label("late")
    query: AnySelect = select(_EVALUATION.id.label("evaluation_id"), late, *columns)
    query = query.join(_OWED, _OWED.matter_id == _EVALUATION.id)
    query = query.join(_ROW, and_(_ROW.evaluation_id == _EVALUATION.id, cast(_ROW.id, Text) == _OWED.subject))
    query = query.where(_OWED.kind == ObligationKind.REVIEW, _OWED.state == ObligationState.OPEN, which)
    return fetch_all(tx, query.order_by(_OWED.due_at, _OWED.id).limit(_MOST_WAITING), ReviewWaitingView)
