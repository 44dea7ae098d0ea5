"""Sums over groups of people, for those who steer training; never a row about one person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta


@dataclass(frozen=True)
class SummaryQuery:
    """Without a year the present one; without a unit all that the caller may see."""

    year: int | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True)
class JpGroup:
    """People of one unit and employment type: their JP, and how many have reached the target."""

    unit_id: UUID | None
    unit_code: str | None
    unit_name: str | None
    employment_type: str | None
    target_kind: str | None
    target_jp: int | None
    people: int
    earned_jp: int
    average_jp: Annotated[Decimal, Meta(description="decimal, two places")]
    met: int
    not_met: int
    without_jp: int


@dataclass(frozen=True)
class JpSummaryView:
    year: int
    groups: list[JpGroup]


@dataclass(frozen=True)
class NeedGroup:
    """Needs raised in a year for one competency."""

    competency_code: str
    competency_name: str | None
    competency_kind: str | None
    people: int
    open: int
    planned: int
    met: int
    cancelled: int
    from_evaluation: int
    from_gap: int
    from_request: int
    average_gap: Annotated[Decimal | None, Meta(description="decimal, two places")]
    planned_jp: int


@dataclass(frozen=True)
class NeedSummaryView:
    year: int
    groups: list[NeedGroup]
