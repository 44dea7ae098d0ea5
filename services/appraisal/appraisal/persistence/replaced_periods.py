"""What was set of units for periods that the agency has replaced by others: it stays on record and holds no longer."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select, tuple_, union, update
from sqlalchemy.orm import aliased

from appraisal.domain.periods import Period
from appraisal.persistence import models
from chassis.records import table_of
from chassis.unit_of_work import Transaction

SetOfUnit = type[models.OrgPredicate] | type[models.DistributionOverride]
_SET_OF_UNITS: tuple[SetOfUnit, ...] = (models.OrgPredicate, models.DistributionOverride)


def end_replaced(tx: Transaction, year: int, periods: Iterable[Period]) -> None:
    """Let what is set for other periods of a year than these hold no longer."""
    kept = [(one.quarter or 0, one.month or 0) for one in periods]
    for row in _SET_OF_UNITS:
        of_period = tuple_(func.coalesce(row.quarter, 0), func.coalesce(row.month, 0))
        query = update(table_of(row)).where(row.year == year, row.replaced_at.is_(None), of_period.not_in(kept))
        tx.session.execute(query.values(replaced_at=tx.now))


def units_to_set_anew(tx: Transaction, year: int) -> tuple[UUID, ...]:
    """Return the units of which something was set for a replaced period, and nothing of the kind after that."""
    return tuple(sorted(tx.session.scalars(union(*(_not_set_anew(row, year) for row in _SET_OF_UNITS)))))


def _not_set_anew(row: SetOfUnit, year: int) -> Select[UUID]:
    later = aliased(row)
    is_periodic = or_(later.quarter.is_not(None), later.month.is_not(None))
    anew = exists().where(later.unit_id == row.unit_id, later.year == year, later.replaced_at.is_(None), is_periodic)
    return select(row.unit_id).where(row.year == year, row.replaced_at.is_not(None), ~anew)
