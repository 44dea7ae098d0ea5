"""Figures of a group without figures of a person: for groups of a minimum size only (UU 27/2022, specific data)."""

from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM_GROUP = 5


@dataclass(frozen=True)
class Aggregate:
    """`total` and `average` are None, never 0, where the group is too small to show."""

    people: int | None
    total: int | None
    average: int | None
    hidden_because: str | None


def summarise(amounts: Sequence[int], minimum: int = MINIMUM_GROUP) -> Aggregate:
    """Sum and mean of a unit's amounts, hidden below the minimum."""
    if len(amounts) < minimum:
        return Aggregate(None, None, None, f"kelompok kurang dari {minimum} orang")
    total = sum(amounts)
    return Aggregate(len(amounts), total, total // len(amounts), None)
