"""What employees state of their own results, between rows and the domain."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.own_realisation import OwnRealisation
from appraisal.domain.periods import Period
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from chassis.errors import VersionConflict
from chassis.records import columns_of, fetch_all, table_of, update_record, values_of
from chassis.unit_of_work import Transaction

_QUERY = select(*columns_of(models.OwnRealisation, OwnRealisation))
_INSERT = insert(table_of(models.OwnRealisation)).on_conflict_do_nothing().returning(models.OwnRealisation.id)


def realisations_of(tx: Transaction, employee_id: UUID, period: Period) -> list[OwnRealisation]:
    """Return what somebody states of a period, one for each plan in it, the last one last."""
    row = models.OwnRealisation
    query = _QUERY.where(row.employee_id == employee_id, of_period(row, period))
    return fetch_all(tx, query.order_by(row.stated_at, row.id), OwnRealisation)


def realisations_of_plan(tx: Transaction, employee_id: UUID, plan_id: UUID) -> list[OwnRealisation]:
    row = models.OwnRealisation
    query = _QUERY.where(row.employee_id == employee_id, row.plan_id == plan_id)
    return fetch_all(tx, query.order_by(row.stated_at, row.id), OwnRealisation)


def insert_realisation(tx: Transaction, stated: OwnRealisation) -> None:
    """Insert the first statement of a period. Raise VersionConflict when another request was first."""
    row = {**values_of(models.OwnRealisation, stated), "agency_id": tx.agency_id}
    if tx.session.execute(_INSERT, row).first() is None:
        raise VersionConflict


def update_realisation(tx: Transaction, before: OwnRealisation, after: OwnRealisation) -> None:
    """Save other words. Raise VersionConflict."""
    update_record(tx, models.OwnRealisation, before, after)
