"""The periods of a year between rows and the domain, and the opening of a year on first need."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.cycle import Cycle, PeriodRow, require_row
from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationKind, Periodicity, PeriodKind
from appraisal.persistence import models
from appraisal.persistence.replaced_periods import end_replaced
from appraisal.persistence.rules import list_extensions, load_setting
from chassis.ids import new_id
from chassis.records import table_of, values_of
from chassis.unit_of_work import Transaction

# Text: SQLAlchemy has no statement for it. Whoever rates has read the table, so this waits until they have ended, and
# the next ones read the new rows: no evaluation of a quarter gets into a year of months.
_ALONE = text("LOCK TABLE period IN ACCESS EXCLUSIVE MODE")
_ONE_CYCLE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('cycle', 0))")
_INSERT = insert(table_of(models.Period)).on_conflict_do_nothing().returning(models.Period.id)


def periods_of_year(tx: Transaction, year: int) -> tuple[PeriodRow, ...]:
    """Return the periods of a year in their order, the year itself last; the system opens a year on first need."""
    return load_setting(tx, Period.of(year)).rows or _opened_by_system(tx, year).rows


def setting_of(tx: Transaction, period: Period) -> AgencySetting:
    """Return the setting with the row of a period and its pinned rules; the system opens a year on first need.

    Raise NotKnownYet, or PeriodNotInCycle.
    """
    setting = load_setting(tx, period)
    if not setting.rows:
        require_row(periods_of_year(tx, period.year), period)
        setting = load_setting(tx, period)
    return setting


def require_in_cycle(tx: Transaction, period: Period) -> None:
    """Raise PeriodNotInCycle for a period that the year has not; the system opens a year on first need."""
    require_row(periods_of_year(tx, period.year), period)


def find_cycle(tx: Transaction, year: int) -> Cycle | None:
    """Return a year that was opened."""
    row = models.Period
    query = select(row.opened_at, row.opened_by).where(row.year == year, row.kind == PeriodKind.YEAR)
    opened = tx.session.execute(query).first()
    if opened is None:
        return None
    # read after it, and not before: who opens the year at the same time commits all rows at once
    return Cycle.of_rows(load_setting(tx, Period.of(year)).rows, opened.opened_at, opened.opened_by)


def cycle_to_be(tx: Transaction, year: int, periodic: Periodicity | None = None) -> Cycle:
    """Return what a year is if it is opened now.

    Without a choice it is as the agency's rule says, or of quarters when the former release has plans or results of it.
    """
    rules = load_setting(tx).rules
    if periodic is None:
        periodic = Periodicity.QUARTER if _has_documents(tx, year) else rules.periodicity(date(year, 1, 1))
    return Cycle.opened(year, periodic, lambda _: rules, extended_to(tx, year))


def rows_of_year(tx: Transaction, year: int) -> tuple[PeriodRow, ...]:
    """Return the periods of a year as they are, or would be if it were opened now; nothing is written."""
    return load_setting(tx, Period.of(year)).rows or cycle_to_be(tx, year).rows


def open_rows(tx: Transaction, day: date) -> list[PeriodRow]:
    """Return the opened periods whose window has not closed before a day."""
    row = models.Period
    query = select(row.year).where(row.closes_on >= day).distinct().order_by(row.year)
    rows = (one for year in tx.session.scalars(query) for one in load_setting(tx, Period.of(year)).rows)
    return [one for one in rows if one.closes_on >= day]


def insert_cycle(tx: Transaction, cycle: Cycle, at: datetime, by: UUID | None) -> bool:
    """Insert the periods of a year; return False when another request has opened it meanwhile.

    What was set of units and windows for a period that the year has not, holds no longer.
    The year goes first: its row decides between two who choose differently.
    """
    named = {"agency_id": tx.agency_id, "opened_at": at, "opened_by": by}
    rows = [
        {**values_of(models.Period, one.period), **values_of(models.Period, one), **named, "id": new_id()}
        for one in reversed(cycle.rows)
    ]
    if tx.session.execute(_INSERT, rows[0]).first() is None:
        return False
    tx.session.execute(insert(table_of(models.Period)), rows[1:])
    end_replaced(tx, cycle.year, (one.period for one in cycle.rows))
    return True


def replace_cycle(tx: Transaction, cycle: Cycle, at: datetime, by: UUID) -> None:
    tx.session.execute(delete(models.Period).where(models.Period.year == cycle.year))
    insert_cycle(tx, cycle, at, by)


def one_cycle_at_a_time(tx: Transaction) -> None:
    """Wait for whoever else opens a year."""
    tx.session.execute(_ONE_CYCLE_AT_A_TIME)


def wait_for_raters(tx: Transaction) -> None:
    """Wait for the transactions that rate, and let the next ones wait."""
    tx.session.execute(_ALONE)


def evaluated_by(tx: Transaction, year: int) -> set[Periodicity]:
    """Return of which kinds of periods a year has evaluations or ratings of segments, be they final or not."""
    evaluation, segment = models.Evaluation, models.SegmentRating
    rated = (
        select(evaluation.month).where(evaluation.year == year, evaluation.kind == EvaluationKind.PERIODIC),
        select(segment.month).where(segment.year == year, func.coalesce(segment.month, segment.quarter).is_not(None)),
    )
    months = {month for query in rated for month in tx.session.scalars(query.distinct())}
    return {Periodicity.QUARTER if month is None else Periodicity.MONTH for month in months}


def extended_to(tx: Transaction, year: int) -> dict[Period, date]:
    """Return until when windows of a year were extended at most."""
    found: dict[Period, date] = {}
    for one in list_extensions(tx, year):
        found[one.period] = max(one.closes_on, found.get(one.period, one.closes_on))
    return found


def extend_period(tx: Transaction, period: Period, closes_on: date) -> None:
    """Move the end of a period's window, never to an earlier day."""
    row = models.Period
    query = update(row).where(row.year == period.year, row.kind == period.kind, row.number == period.number)
    tx.session.execute(query.values(closes_on=func.greatest(row.closes_on, closes_on)))


def close_period_on(tx: Transaction, period: Period, closes_on: date) -> None:
    """Let the window of an opened period end on a day, be it earlier than before."""
    row = models.Period
    query = update(row).where(row.year == period.year, row.kind == period.kind, row.number == period.number)
    tx.session.execute(query.values(closes_on=closes_on))


def _opened_by_system(tx: Transaction, year: int) -> Cycle:
    cycle = cycle_to_be(tx, year)
    if not insert_cycle(tx, cycle, tx.now, None):
        return Cycle.of_rows(load_setting(tx, Period.of(year)).rows, tx.now, None)
    return cycle


def _has_documents(tx: Transaction, year: int) -> bool:
    plan, evaluation = models.Plan, models.Evaluation
    query = select(exists().where(plan.year == year) | exists().where(evaluation.year == year))
    return bool(tx.session.scalar(query))
