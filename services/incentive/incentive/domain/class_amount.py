"""Amounts per job class: dated, with their legal source; a later entry for the same day takes precedence."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta


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
class ClassAmountRow(ClassAmountView):
    entered_by: UUID | None


@dataclass(frozen=True)
class DefaultClassAmountsView:
    """A table that is delivered with the service, with how well each figure is verified."""

    name: str
    legal_source: str
    amounts: dict[str, Any]
