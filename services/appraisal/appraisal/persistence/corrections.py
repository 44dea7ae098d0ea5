"""Correction orders between rows and the domain."""

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.correction import CorrectionOrder, CorrectionState, ListCorrections
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, matching, table_of, update_record, values_of
from chassis.unit_of_work import Transaction

_ROW = models.CorrectionOrder
_QUERY = select(*columns_of(_ROW, CorrectionOrder))


def load_order(tx: Transaction, order_id: UUID) -> CorrectionOrder:
    """Return an order. Raise NotFound."""
    return required(fetch_one(tx, _QUERY.where(_ROW.id == order_id), CorrectionOrder), "perintah koreksi", order_id)


def approved_orders(tx: Transaction, evaluation_id: UUID) -> list[CorrectionOrder]:
    """Return the orders by which an evaluation was corrected, by the revision that each corrected."""
    query = _QUERY.where(_ROW.evaluation_id == evaluation_id, _ROW.state == CorrectionState.APPROVED)
    return fetch_all(tx, query.order_by(_ROW.revision), CorrectionOrder)


def insert_order(tx: Transaction, order: CorrectionOrder) -> bool:
    """Insert an order; return False when another one waits for its evaluation."""
    values = {**values_of(_ROW, order), "agency_id": tx.agency_id}
    query = insert(table_of(_ROW)).values(values).on_conflict_do_nothing().returning(_ROW.id)
    return tx.session.scalar(query) is not None


def update_order(tx: Transaction, before: CorrectionOrder, after: CorrectionOrder) -> None:
    """Save a move. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, _ROW, before, after)


def list_orders(
    tx: Transaction, wanted: ListCorrections, *, officer: UUID | None, not_about: UUID | None
) -> Page[CorrectionOrder]:
    """Return orders by id: all, or those that `officer` proposed, or whose evaluation they review."""
    query = matching(_QUERY, _ROW, wanted).where(_ROW.employee_id.is_distinct_from(not_about))
    if officer is not None:
        evaluation = models.Evaluation
        reviews = exists().where(evaluation.id == _ROW.evaluation_id, evaluation.reviewer_id == officer)
        query = query.where(or_(_ROW.proposed_by == officer, reviews))
    return fetch_page(tx, query, CorrectionOrder, wanted.page, _ROW.id)
