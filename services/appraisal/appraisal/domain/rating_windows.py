"""The rating windows of a year, and their extensions."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationKind
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


@dataclass(frozen=True)
class ExtendWindow:
    year: int
    quarter: int | None
    closes_on: date
    reason: str


@dataclass(frozen=True)
class Extension:
    """A longer rating window of a period; `set_by` is an account, since the operator has no employee."""

    id: UUID
    year: int
    quarter: int | None
    closes_on: date
    reason: str
    set_by: UUID
    set_at: datetime

    @classmethod
    def set(
        cls, extension_id: UUID, setting: AgencySetting, command: ExtendWindow, set_by: UUID, now: datetime
    ) -> "Extension":
        """Make an extension. Raise InvalidInput when the window would not be longer than it is."""
        window = setting.window(Period(command.year, command.quarter))
        if command.closes_on <= window.closes_on:
            expected = f"tanggal setelah {window.closes_on.isoformat()}"
            fault = FieldError("closes_on", "not_longer", command.closes_on.isoformat(), expected)
            raise InvalidInput(errors=[fault])
        return view_of(cls, command, id=extension_id, set_by=set_by, set_at=now)


@dataclass(frozen=True)
class PeriodView:
    year: int
    quarter: int | None
    kind: EvaluationKind
    opens_on: date
    closes_on: date
    is_open: bool
    extended_to: date | None

    @classmethod
    def of(cls, period: Period, setting: AgencySetting) -> "PeriodView":
        window = setting.window(period)
        is_open = window.contains(setting.today)
        return view_of(cls, period, window, is_open=is_open, extended_to=setting.extended_to)


@dataclass(frozen=True)
class PeriodsView:
    """When the quarters and the year may be rated, and every extension."""

    items: tuple[PeriodView, ...]
    extensions: tuple[Extension, ...]
