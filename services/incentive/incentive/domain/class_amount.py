"""Amounts per job class: dated, with their legal source; a later entry for the same day takes precedence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

# The classes that exist are those of each agency: 17 by most Perpres, 27 in one ministry. 99 is what a number may be at
# all; 27 holds for an agency whose own highest class personnel has not published yet.
LOWEST_CLASS, HIGHEST_CLASS, USUAL_HIGHEST_CLASS = 1, 99, 27


@dataclass(frozen=True)
class AdoptClassAmounts:
    """The name of a default table, and the day from which it holds."""

    name: str
    effective_from: date


@dataclass(frozen=True, order=True)
class ClassOnDay:
    job_class: int
    effective_from: date


@dataclass(frozen=True)
class NewAmount:
    amount: int
    verified: str


@dataclass(frozen=True)
class ClassAmountView:
    job_class: int
    amount: Annotated[int, Meta(description="rupiah a month")]
    effective_from: date
    revision: int
    legal_source: str
    verified: str


@dataclass(frozen=True)
class DatedAmounts:
    """The tables of amounts by class that hold in a month, each from its day on; the first from its beginning."""

    tables: tuple[tuple[date, Mapping[int, ClassAmountView]], ...]

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(day for day, _ in self.tables)

    def on(self, day: date) -> Mapping[int, ClassAmountView]:
        """Return the table of a day; of a day before the month, that of its beginning."""
        return next((table for begun, table in reversed(self.tables) if begun <= day), self.tables[0][1])


@dataclass(frozen=True)
class ClassAmountRow(ClassAmountView):
    entered_by: UUID | None


@dataclass(frozen=True)
class DefaultClassAmountsView:
    """A table that is delivered with the service, with how well each figure is verified."""

    name: str
    legal_source: str
    amounts: dict[str, Any]
