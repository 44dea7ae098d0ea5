"""Evaluation periods, and which of them determines a month's allowance (`TukinRules.predicate_source` and `lag`)."""

from dataclasses import dataclass
from datetime import date

from incentive.domain.months import add_months, months_of_quarter, months_of_year, quarter_of
from incentive.domain.values import PeriodKind


@dataclass(frozen=True, order=True)
class Period:
    """A month, a quarter or a year; `part` is the month's or quarter's number, 0 for a year."""

    kind: PeriodKind
    year: int
    part: int

    def text(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.part:02d}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.part}"
            case PeriodKind.YEAR:
                return f"{self.year}"


def period_for(source: PeriodKind, lag: int, month: date) -> Period:
    """Return the period `lag` steps before that of `month`: lag 1 of QUARTER is the last closed quarter."""
    match source:
        case PeriodKind.MONTH:
            start = add_months(month, -lag)
            return Period(source, start.year, start.month)
        case PeriodKind.QUARTER:
            start = add_months(month, -3 * lag)
            return Period(source, start.year, quarter_of(start))
        case PeriodKind.YEAR:
            return Period(source, month.year - lag, 0)


def months_determined_by(period: Period, lag: int) -> list[date]:
    """Return the months whose allowance depends on `period`: the inverse of `period_for`."""
    match period.kind:
        case PeriodKind.MONTH:
            return [add_months(date(period.year, period.part, 1), lag)]
        case PeriodKind.QUARTER:
            return [add_months(month, 3 * lag) for month in months_of_quarter(period.year, period.part)]
        case PeriodKind.YEAR:
            return months_of_year(period.year + lag)
