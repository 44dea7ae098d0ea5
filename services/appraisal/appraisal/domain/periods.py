"""Months, quarters and years, and when they may be rated. Today, and the agency's time zone, are arguments."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from appraisal.domain.values import EvaluationKind, Periodicity, PeriodKind

PARTS = {Periodicity.MONTH: 12, Periodicity.QUARTER: 4}
# So many months a period of each kind lasts.
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_LABELS = {PeriodKind.MONTH: "{0.year} bulan {0.number}", PeriodKind.QUARTER: "{0.year} triwulan {0.number}"}


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a year; `number` is the month's or the quarter's, and 0 for a year."""

    kind: PeriodKind
    year: int
    number: int = 0

    @classmethod
    def of(cls, year: int, quarter: int | None = None, month: int | None = None) -> "Period":
        """Return a month or a quarter of a year, or the year when neither is named."""
        if month is not None:
            return cls(PeriodKind.MONTH, year, month)
        return cls(PeriodKind.YEAR, year) if quarter is None else cls(PeriodKind.QUARTER, year, quarter)

    def __str__(self) -> str:
        return _LABELS.get(self.kind, "{0.year}").format(self)

    @property
    def quarter(self) -> int | None:
        return self.number if self.kind is PeriodKind.QUARTER else None

    @property
    def month(self) -> int | None:
        return self.number if self.kind is PeriodKind.MONTH else None

    @property
    def parts(self) -> dict[str, int | None]:
        return {"quarter": self.quarter, "month": self.month}

    @property
    def is_year(self) -> bool:
        return self.kind is PeriodKind.YEAR

    @property
    def evaluation_kind(self) -> EvaluationKind:
        return EvaluationKind.ANNUAL if self.is_year else EvaluationKind.PERIODIC

    @property
    def last_month(self) -> int:
        """Return the month in which it ends, by which months and quarters of several years have one order."""
        return _MONTHS[self.kind] * max(self.number, 1)

    @property
    def begins(self) -> int:
        """Return the first month, counted through all years."""
        return self.ends - _MONTHS[self.kind] + 1

    @property
    def ends(self) -> int:
        """Return the last month, counted through all years."""
        return 12 * self.year + self.last_month

    @property
    def quarter_of_year(self) -> int | None:
        """Return the quarter in which a month or a quarter lies."""
        return None if self.is_year else (self.last_month + 2) // 3

    @property
    def first_day(self) -> date:
        return date(self.year, self.last_month - _MONTHS[self.kind] + 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])


def periods_in(year: int, periodic: Periodicity) -> tuple[Period, ...]:
    """Return the months or quarters of a year in their order, the year itself last."""
    parts = (Period(periodic.kind, year, number) for number in range(1, PARTS[periodic] + 1))
    return (*parts, Period(PeriodKind.YEAR, year))


def nearest_day(year: int, today: date) -> date:
    """Return the day of a year that lies nearest to today."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


@dataclass(frozen=True)
class Window:
    opens_on: date
    closes_on: date

    def contains(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


@dataclass(frozen=True)
class WindowRule:
    """Offsets in calendar days from the period's last day."""

    opens_after_days: int
    closes_after_days: int


def rating_window(rule: WindowRule, period: Period, extended_to: date | None = None) -> Window:
    """Return when a period may be rated (PermenPANRB 6/2022 sets the stages; the days are the agency's own)."""
    closes = period.last_day + timedelta(days=rule.closes_after_days)
    if extended_to is not None:
        closes = max(closes, extended_to)
    return Window(period.last_day + timedelta(days=rule.opens_after_days), closes)


def local_date(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
