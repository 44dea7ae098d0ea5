"""The cycle of a year: its periods, each with its window and with the rules that were in force when it was opened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import PeriodNotInCycle
from appraisal.domain.periods import Period, Window, periods_in, rating_window
from appraisal.domain.rules import Rule, RuleBook, RuleKind
from appraisal.domain.values import EvaluationKind, Periodicity
from chassis.errors import FieldError, NotFound
from chassis.views import view_of

_YEARS = range(2000, 2101)
_PINNED = (
    RuleKind.PREDICATE_MATRIX,
    RuleKind.DISTRIBUTION,
    RuleKind.MINIMUM_DAYS,
    RuleKind.CLOSE_OUT,
    RuleKind.FOLLOW_UP,
    RuleKind.BEHAVIOUR_GUIDES,
)


@dataclass(frozen=True)
class PeriodRow:
    """A period of an agency's year; `closes_on` is the last day of its window, extensions included."""

    period: Period
    first_day: date
    last_day: date
    opens_on: date
    closes_on: date
    pinned: Mapping[RuleKind, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, period: Period, rules: RuleBook, extended_to: date | None = None) -> "PeriodRow":
        """Make the row of a period, with the versions that are in force by what is known of the rules now."""
        rule = rules.rating_window(period.last_day, annual=period.is_year)
        window = rating_window(rule, period, extended_to)
        days = _days_of_rules(period, window.closes_on)
        pinned = {kind: rules.on(kind, day).rule_version for kind, day in days.items()}
        return cls(period, period.first_day, period.last_day, window.opens_on, window.closes_on, pinned)

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)

    def is_of(self, rule: Rule, rules: RuleBook) -> bool:
        """Return whether, by its date, a rule is the one in force for this period."""
        day = self.day_of(rule.kind)
        return day is not None and replace(rules, pinned={}).on(rule.kind, day).rule_version == rule.rule_version

    def version_kept(self, kind: RuleKind, rules: RuleBook) -> str | None:
        """Return the version that holds in this period: pinned, or by its date where a former release left a gap."""
        day = self.day_of(kind)
        return None if day is None else replace(rules, pinned=self.pinned).on(kind, day).rule_version

    def day_of(self, kind: RuleKind) -> date | None:
        """Return the day by which a rule of a period is chosen; None when the period has none of the kind."""
        return _days_of_rules(self.period, self.closes_on).get(kind)


def _days_of_rules(period: Period, closes_on: date) -> dict[RuleKind, date]:
    """Return the day by which each rule of a period is chosen: its last; that of objection by the window's last."""
    window = RuleKind.ANNUAL_WINDOW if period.is_year else RuleKind.PERIODIC_WINDOW
    days = dict.fromkeys((*_PINNED, window), period.last_day)
    return days | ({RuleKind.OBJECTION: closes_on, RuleKind.CYCLE: period.first_day} if period.is_year else {})


@dataclass(frozen=True)
class OpenCycle:
    """Open a year: `periodic` is what the agency's rule says, unless it is named."""

    year: int
    periodic: Periodicity | None = None


@dataclass(frozen=True)
class Cycle:
    """A year that was opened; `opened_by` is an account, or nobody when the system did on first need."""

    year: int
    periodic: Periodicity
    rows: tuple[PeriodRow, ...]
    opened_at: datetime | None = None
    opened_by: UUID | None = None

    @classmethod
    def opened(
        cls,
        year: int,
        periodic: Periodicity,
        rules_of: Callable[[Period], RuleBook],
        extended_to: Mapping[Period, date],
        at: datetime | None = None,
        by: UUID | None = None,
    ) -> "Cycle":
        """Make a year with its periods, each by the rules that are known for it."""
        periods = periods_in(year, periodic)
        rows = tuple(PeriodRow.opened(one, rules_of(one), extended_to.get(one)) for one in periods)
        return cls(year, periodic, rows, at, by)

    @classmethod
    def of_rows(cls, rows: tuple[PeriodRow, ...], opened_at: datetime, opened_by: UUID | None) -> "Cycle":
        """Return the cycle of the rows of a year, of which the year itself is the last."""
        first = rows[0].period
        return cls(first.year, Periodicity(first.kind.value), rows, opened_at, opened_by)

    def is_as_wanted(self, command: OpenCycle) -> bool:
        """Return whether an officer has opened the year like this already."""
        return self.opened_by is not None and command.periodic in {None, self.periodic}


def require_year(year: int) -> None:
    """Raise NotFound for a year of another century."""
    if year not in _YEARS:
        raise NotFound(object="siklus", id=year)


def row_of(rows: Iterable[PeriodRow], period: Period) -> PeriodRow | None:
    return next((one for one in rows if one.period == period), None)


def require_row(rows: Iterable[PeriodRow], period: Period) -> PeriodRow:
    """Return the row of a period. Raise PeriodNotInCycle for a month in a year of quarters, or the reverse."""
    all_rows = tuple(rows)
    found = row_of(all_rows, period)
    if found is None:
        expected = ", ".join(str(one.period) for one in all_rows)
        fault = FieldError(period.kind.lower(), "period_not_in_cycle", str(period.number), expected)
        raise PeriodNotInCycle(errors=[fault], period=str(period), year=period.year)
    return found


@dataclass(frozen=True)
class CyclePeriodView:
    """A period as it was opened, with the version of each rule that holds in it."""

    kind: EvaluationKind
    quarter: int | None
    month: int | None
    first_day: date
    last_day: date
    opens_on: date
    closes_on: date
    rules: dict[RuleKind, str]

    @classmethod
    def of(cls, row: PeriodRow) -> "CyclePeriodView":
        return view_of(cls, row, row.period, kind=row.period.evaluation_kind, rules=dict(row.pinned))


@dataclass(frozen=True)
class ReplacedWindow:
    """A longer rating window of a period that the year has no more."""

    quarter: int | None
    month: int | None
    closes_on: date
    reason: str
    set_by: UUID


@dataclass(frozen=True)
class ToSetAnew:
    """What was set for replaced periods, and not again for those that came in their place."""

    units_to_set_anew: tuple[UUID, ...]
    windows_to_extend_anew: tuple[ReplacedWindow, ...]


@dataclass(frozen=True)
class CycleView:
    """A year with its periods; without `opened_at` nobody has opened it, and this is what it would be today."""

    year: int
    periodic: Periodicity
    opened_at: datetime | None
    opened_by: UUID | None
    periods: tuple[CyclePeriodView, ...]
    units_to_set_anew: Annotated[
        tuple[UUID, ...],
        Meta(description="their organisation predicate or exception was set for a period that was replaced"),
    ]
    windows_to_extend_anew: Annotated[
        tuple[ReplacedWindow, ...],
        Meta(description="longer windows of replaced periods, while no window of these months is longer"),
    ]

    @classmethod
    def of(cls, cycle: Cycle, to_set_anew: ToSetAnew) -> "CycleView":
        return view_of(cls, cycle, to_set_anew, periods=tuple(map(CyclePeriodView.of, cycle.rows)))
