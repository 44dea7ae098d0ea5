"""The periods of a year between rows and the domain."""

from datetime import date

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.periods import QUARTERS, Period
from appraisal.persistence.rules import list_extensions, load_setting
from chassis.unit_of_work import Transaction


def periods_of_year(tx: Transaction, year: int) -> tuple[PeriodRow, ...]:
    """Return the periods of a year in their order, the year itself last."""
    setting, extended = load_setting(tx), list_extensions(tx, year)
    rows = []
    for period in (Period(year, quarter) for quarter in (*QUARTERS, None)):
        window = setting.window(period)
        ends = [one.closes_on for one in extended if one.quarter == period.quarter]
        closes_on: date = max([window.closes_on, *ends])
        rows.append(PeriodRow(period, period.first_day, period.last_day, window.opens_on, closes_on))
    return tuple(rows)
