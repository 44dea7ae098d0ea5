"""The published sums of a month by unit: inserted once, never changed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis.ids import new_id
from chassis.records import columns_of, fetch_one, insert_records
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import DECIDED
from incentive.domain.unit_total import UnitTotal
from incentive.persistence import models

_TOTAL = models.UnitTotal


def month_is_decided(tx: Transaction, month: date) -> bool:
    """Return whether the month's run is approved or paid."""
    run = models.AllowanceRun
    return tx.session.scalar(select(run.id).where(run.month == month, run.state.in_(sorted(DECIDED)))) is not None


def publication_of(tx: Transaction, month: date) -> UUID | None:
    """Return the publication of a month's sums, if there is one."""
    return tx.session.scalar(select(_TOTAL.publication_id).where(_TOTAL.month == month).limit(1))


def find_unit_total(tx: Transaction, month: date, unit_id: UUID) -> UnitTotal | None:
    query = select(*columns_of(_TOTAL, UnitTotal)).where(_TOTAL.month == month, _TOTAL.unit_id == unit_id)
    return fetch_one(tx, query, UnitTotal)


def insert_unit_totals(tx: Transaction, month: date, totals: Iterable[UnitTotal]) -> UUID:
    """Store the sums of every unit; return the publication."""
    publication_id = new_id()
    insert_records(tx, _TOTAL, totals, month=month, publication_id=publication_id)
    return publication_id
