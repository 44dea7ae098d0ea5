"""The rating windows of a year, and their extensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.deadlines import end_of_day
from appraisal.domain.outages import Grant, Outage, Outages
from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationKind
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


@dataclass(frozen=True)
class ExtendWindow:
    year: int
    quarter: int | None
    month: int | None
    closes_on: date
    reason: str

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True)
class Extension:
    """A longer rating window of a period, by hand or by an outage. `set_by` is an account: the operator is nobody."""

    id: UUID
    year: int
    quarter: int | None
    month: int | None
    closes_on: date
    reason: str
    set_by: UUID
    set_at: datetime
    outage_id: UUID | None = None
    replaced_at: Annotated[datetime | None, Meta(description="since when the agency has other periods: no more")] = None

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @classmethod
    def set(
        cls, extension_id: UUID, setting: AgencySetting, command: ExtendWindow, set_by: UUID, now: datetime
    ) -> "Extension":
        """Make an extension. Raise InvalidInput when the window would not be longer than it is, or far too long."""
        window = setting.window(command.period)
        if command.closes_on <= window.closes_on:
            expected = f"tanggal setelah {window.closes_on.isoformat()}"
            fault = FieldError("closes_on", "not_longer", command.closes_on.isoformat(), expected)
            raise InvalidInput(errors=[fault])
        latest = command.period.last_day + timedelta(days=setting.rules.longest_extension(setting.today))
        if command.closes_on > latest:
            expected = f"paling lambat {latest.isoformat()}"
            fault = FieldError("closes_on", "too_late", command.closes_on.isoformat(), expected)
            raise InvalidInput(errors=[fault])
        named = {"id": extension_id, "set_by": set_by, "set_at": now, "outage_id": None, "replaced_at": None}
        return view_of(cls, command, **named)


def to_extend_anew(recorded: Sequence[Extension]) -> tuple[Extension, ...]:
    """Return what was set by hand for a replaced period while nothing is for another of the same months.

    What outages give comes back by itself.
    """
    by_hand = [one for one in recorded if one.outage_id is None]
    in_force = {one.period.quarter_of_year for one in by_hand if one.replaced_at is None}
    return tuple(one for one in by_hand if one.replaced_at and one.period.quarter_of_year not in in_force)


@dataclass(frozen=True)
class ExtendedWindow:
    """The window of a period with what extends it: by the rule, by hand and by outages.

    It follows from all outages together, so those that are recorded later, or withdrawn, change what earlier ones made.
    """

    period: Period
    opens_on: date
    by_rule: date
    made: tuple[Extension, ...]

    @property
    def by_hand(self) -> date:
        return max([self.by_rule, *(one.closes_on for one in self.made if one.outage_id is None)])

    @property
    def by_outages(self) -> tuple[Extension, ...]:
        return tuple(one for one in self.made if one.outage_id is not None)

    @property
    def closes_on(self) -> date:
        return max([self.by_rule, *(one.closes_on for one in self.made)])

    def closes_with(self, outages: Outages) -> date:
        """Return the last day with these outages."""
        by_hand = (one for one in self.made if one.outage_id is None)
        grants = [Grant(end_of_day(one.closes_on, outages.time_zone), one.set_at) for one in by_hand]
        return outages.window_until(self.opens_on, self.by_rule, grants)

    def extended_by(self, extension_id: UUID, outage: Outage, closes_on: date, now: datetime) -> Extension:
        """Return the extension that an outage makes."""
        named = {"id": extension_id, "closes_on": closes_on, "outage_id": outage.id, "replaced_at": None}
        return view_of(Extension, self.period, outage, **named, set_by=outage.recorded_by, set_at=now)


@dataclass(frozen=True)
class PeriodView:
    year: int
    quarter: int | None
    month: int | None
    kind: EvaluationKind
    opens_on: date
    closes_on: date
    is_open: bool
    extended_to: date | None

    @classmethod
    def of(cls, row: PeriodRow, today: date, extended_to: date | None) -> "PeriodView":
        is_open, kind = row.window.contains(today), row.period.evaluation_kind
        return view_of(cls, row, row.period, kind=kind, is_open=is_open, extended_to=extended_to)


@dataclass(frozen=True)
class PeriodsView:
    """When the months or quarters and the year may be rated, and every extension."""

    items: tuple[PeriodView, ...]
    extensions: tuple[Extension, ...]
