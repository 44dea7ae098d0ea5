"""How the ratings of one appraiser are distributed beside those of their unit: lenient, severe, or alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.periods import Period
from directory.performance import Predicate

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class AppraiserTendencyView:
    """A share of 0.25 is a quarter of the ratings that this official made; it says nothing about their work."""

    appraiser_id: Annotated[UUID, Meta(description="who made the ratings, also in another's place")]
    rated: int
    shares: dict[Predicate, Decimal]
    difference: Annotated[dict[Predicate, Decimal], Meta(description="from the shares of the unit")]


@dataclass(frozen=True)
class TendenciesView:
    """Those who made enough ratings in a unit and below it; with fewer, chance says more than the appraiser."""

    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    fewest_ratings: int
    rated: int
    shares: dict[Predicate, Decimal]
    items: tuple[AppraiserTendencyView, ...]

    @classmethod
    def of(
        cls, unit_id: UUID, period: Period, counted: Mapping[UUID, Mapping[Predicate, int]], fewest: int
    ) -> "TendenciesView":
        """Compare each appraiser with the unit, the one who gave the best predicate most often first."""
        of_unit = {one: sum(counts.get(one, 0) for counts in counted.values()) for one in Predicate}
        shares = _shares(of_unit)
        items = [
            AppraiserTendencyView(appraiser, rated, own, {one: own[one] - shares[one] for one in Predicate})
            for appraiser, counts in counted.items()
            if (rated := sum(counts.values())) >= fewest
            for own in [_shares(counts)]
        ]
        items.sort(key=lambda item: ([-share for share in item.shares.values()], item.appraiser_id))
        total = sum(of_unit.values())
        return cls(unit_id, period.year, period.quarter, period.month, fewest, total, shares, tuple(items))


def _shares(counts: Mapping[Predicate, int]) -> dict[Predicate, Decimal]:
    total = max(1, sum(counts.values()))
    return {one: (Decimal(counts.get(one, 0)) / total).quantize(_HUNDREDTH) for one in Predicate}
