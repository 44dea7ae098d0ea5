"""Progress of units toward their JP, and needs by competency, for HR, inspectors and unit leaders."""

from datetime import date

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from training.authorisation import visible_units
from training.domain.jp import target_in_force
from training.domain.summaries import JpSummaryView, NeedSummaryView, SummaryQuery
from training.domain.year_target import period_of
from training.persistence.reference import jp_targets, part_year_rules
from training.persistence.summaries import jp_by_unit, needs_by_competency


def summarise_jp(work: UnitOfWork, actor: Principal, query: SummaryQuery) -> JpSummaryView:
    with work.transaction(actor.agency_id) as tx:
        year, day = _year_and_day(tx, query)
        units = visible_units(tx, actor, query.unit_id)
        rows = jp_targets(tx)
        types = sorted({row.employment_type for row in rows})
        targets = [found for one in types if (found := target_in_force(rows, one, year))]
        return JpSummaryView(year, jp_by_unit(tx, year, targets, part_year_rules(tx, year), units, day=day))


def summarise_needs(work: UnitOfWork, actor: Principal, query: SummaryQuery) -> NeedSummaryView:
    with work.transaction(actor.agency_id) as tx:
        year, day = _year_and_day(tx, query)
        units = visible_units(tx, actor, query.unit_id)
        return NeedSummaryView(year, needs_by_competency(tx, year, units, day=day))


def _year_and_day(tx: Transaction, query: SummaryQuery) -> tuple[int, date]:
    """Return the year asked for, and its last day that has come: where people were on that day counts."""
    day = today(tx)
    year = query.year if query.year is not None else day.year
    return year, min(day, period_of(year).last_day)
