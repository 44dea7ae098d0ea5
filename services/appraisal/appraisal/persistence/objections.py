"""Objections between rows and the domain."""

from uuid import UUID

from sqlalchemy import Text, cast, exists, or_, select

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.objection import Objection
from appraisal.domain.obligation import ObligationKind
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction

_COLUMNS = columns_of(models.Objection, Objection)


def load_objection(tx: Transaction, objection_id: UUID) -> Objection:
    """Return an objection. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Objection.id == objection_id), Objection)
    return required(found, "keberatan", objection_id)


def objection_of(tx: Transaction, evaluation: Evaluation) -> Objection | None:
    """Return the objection to an evaluation since it was issued last, or None."""
    if evaluation.issued_at is None:
        return None
    objection = models.Objection
    query = select(*_COLUMNS).where(
        objection.evaluation_id == evaluation.id, objection.filed_at >= evaluation.issued_at
    )
    return fetch_one(tx, query.order_by(objection.id.desc()).limit(1), Objection)


def open_objections_without_deadline(tx: Transaction, limit: int) -> list[Objection]:
    """Return some objections without a decision that an earlier release has taken in: it keeps no deadlines."""
    deadline, objection = models.Obligation, models.Objection
    there = exists().where(
        deadline.employee_id == objection.employee_id,
        deadline.kind == ObligationKind.DECISION,
        deadline.subject == cast(objection.id, Text),
    )
    return fetch_all(tx, select(*_COLUMNS).where(objection.outcome.is_(None), ~there).limit(limit), Objection)


def insert_objection(tx: Transaction, objection: Objection) -> None:
    insert_record(tx, models.Objection, objection)


def update_objection(tx: Transaction, before: Objection, after: Objection) -> None:
    """Save a move. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, models.Objection, before, after)


def list_objections(tx: Transaction, person: UUID | None, *, only_open: bool, page: PageRequest) -> Page[Objection]:
    """Return objections by id: all, or those that `person` filed or decides."""
    query = select(*_COLUMNS)
    if person is not None:
        query = query.where(or_(models.Objection.decider_id == person, models.Objection.employee_id == person))
    if only_open:
        query = query.where(models.Objection.outcome.is_(None))
    return fetch_page(tx, query, Objection, page, models.Objection.id)
