"""The rating windows of a year, and their extensions."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.cycle import PeriodRow
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
    """A longer rating window of a period; `set_by` is an account, since the operator has no employee."""

    id: UUID
    year: int
    quarter: int | None
    month: int | None
    closes_on: date
    reason: str
    set_by: UUID
    set_at: datetime

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @classmethod
    def set(
        cls, extension_id: UUID, setting: AgencySetting, command: ExtendWindow, set_by: UUID, now: datetime
    ) -> "Extension":
        """Make an extension. Raise InvalidInput when the window would not be longer than it is."""
        window = setting.window(command.period)
        if command.closes_on <= window.closes_on:
            expected = f"tanggal setelah {window.closes_on.isoformat()}"
            fault = FieldError("closes_on", "not_longer", command.closes_on.isoformat(), expected)
            raise InvalidInput(errors=[fault])
        return view_of(cls, command, id=extension_id, set_by=set_by, set_at=now)


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
