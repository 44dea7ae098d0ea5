"""Objections and their examinations between rows and the domain."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Text, cast, exists, or_, select

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.examination import Examination
from appraisal.domain.objection import Objection
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.proceedings import Proceedings
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import among, columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction

_COLUMNS = columns_of(models.Objection, Objection)
_EXAMINATIONS = select(*columns_of(models.Examination, Examination))


def load_objection(tx: Transaction, objection_id: UUID) -> Objection:
    """Return an objection. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Objection.id == objection_id), Objection)
    return required(found, "keberatan", objection_id)


def objections_to(tx: Transaction, evaluation_id: UUID) -> list[Objection]:
    """Return all objections to an evaluation, oldest first: to earlier revisions, and withdrawn ones too."""
    row = models.Objection
    return fetch_all(tx, select(*_COLUMNS).where(row.evaluation_id == evaluation_id).order_by(row.id), Objection)


def objections_since_issue(tx: Transaction, evaluation: Evaluation) -> list[Objection]:
    """Return the objections to an evaluation since it was issued last, oldest first."""
    issued_at = evaluation.issued_at
    if issued_at is None:
        return []
    return [one for one in objections_to(tx, evaluation.id) if one.filed_at >= issued_at]


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


def insert_examination(tx: Transaction, examination: Examination) -> None:
    insert_record(tx, models.Examination, examination)


def update_examination(tx: Transaction, before: Examination, after: Examination) -> None:
    """Save minutes or a remark. Raise VersionConflict when somebody else wrote meanwhile."""
    update_record(tx, models.Examination, before, after)


def with_examinations(tx: Transaction, objections: Collection[Objection]) -> list[Proceedings]:
    """Return these objections with their examinations, oldest first."""
    row = models.Examination
    query = _EXAMINATIONS.where(among(row.objection_id, [one.id for one in objections])).order_by(row.id)
    found: defaultdict[UUID, list[Examination]] = defaultdict(list)
    for one in fetch_all(tx, query, Examination) if objections else ():
        found[one.objection_id].append(one)
    return [Proceedings(one, tuple(found[one.id])) for one in objections]


def load_proceedings(tx: Transaction, objection_id: UUID) -> Proceedings:
    """Return an objection with its examinations. Raise NotFound."""
    (found,) = with_examinations(tx, [load_objection(tx, objection_id)])
    return found


def list_objections(tx: Transaction, person: UUID | None, *, only_open: bool, page: PageRequest) -> Page[Objection]:
    """Return objections by id: all, or those that `person` filed, decides, or is to answer as the appraiser."""
    query, row = select(*_COLUMNS), models.Objection
    if person is not None:
        query = query.where(or_(row.decider_id == person, row.employee_id == person, row.appraiser_id == person))
    if only_open:
        query = query.where(models.Objection.outcome.is_(None))
    return fetch_page(tx, query, Objection, page, models.Objection.id)
