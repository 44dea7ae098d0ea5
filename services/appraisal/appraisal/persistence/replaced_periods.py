"""What was set of units and windows for periods that are no more since the agency has others: it stays on record."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select, tuple_, union, update
from sqlalchemy.orm import aliased

from appraisal.domain.cycle import ReplacedWindow, ToSetAnew
from appraisal.domain.periods import Period
from appraisal.domain.rating_windows import to_extend_anew
from appraisal.persistence import models
from appraisal.persistence.rules import recorded_extensions
from chassis.records import table_of
from chassis.unit_of_work import Transaction
from chassis.views import view_of

SetOfUnit = type[models.OrgPredicate] | type[models.DistributionOverride]
SetOfPeriod = SetOfUnit | type[models.WindowExtension]
_SET_OF_UNITS: tuple[SetOfUnit, ...] = (models.OrgPredicate, models.DistributionOverride)
_SET_OF_PERIODS: tuple[SetOfPeriod, ...] = (*_SET_OF_UNITS, models.WindowExtension)


def end_replaced(tx: Transaction, year: int, periods: Iterable[Period]) -> None:
    """Let what is set for other periods of a year than these hold no longer."""
    kept = [(one.quarter or 0, one.month or 0) for one in periods]
    for row in _SET_OF_PERIODS:
        of_period = tuple_(func.coalesce(row.quarter, 0), func.coalesce(row.month, 0))
        query = update(table_of(row)).where(row.year == year, row.replaced_at.is_(None), of_period.not_in(kept))
        tx.session.execute(query.values(replaced_at=tx.now))


def to_set_anew(tx: Transaction, year: int) -> ToSetAnew:
    """Return the units and the longer windows that the periods of a year miss since they replaced others."""
    windows = to_extend_anew(recorded_extensions(tx, year))
    return ToSetAnew(_units(tx, year), tuple(view_of(ReplacedWindow, one) for one in windows))


def _units(tx: Transaction, year: int) -> tuple[UUID, ...]:
    """Return the units of which something was set for a replaced period, and nothing of the kind after that."""
    return tuple(sorted(tx.session.scalars(union(*(_not_set_anew(row, year) for row in _SET_OF_UNITS)))))


def _not_set_anew(row: SetOfUnit, year: int) -> Select[UUID]:
    later = aliased(row)
    is_periodic = or_(later.quarter.is_not(None), later.month.is_not(None))
    anew = exists().where(later.unit_id == row.unit_id, later.year == year, later.replaced_at.is_(None), is_periodic)
    return select(row.unit_id).where(row.year == year, row.replaced_at.is_not(None), ~anew)
