"""Sums of a group without a person's figure: for groups of a minimum size only (UU 27/2022, specific data)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

MINIMUM_GROUP = 5


@dataclass(frozen=True)
class UnitTotalView:
    """`total` and `average` are null, never 0, where the group is too small to show."""

    unit_id: UUID
    month: str
    people: int | None
    total: int | None
    average: int | None
    hidden_because: str | None

    @classmethod
    def of(cls, unit_id: UUID, month: str, amounts: Sequence[int], minimum: int = MINIMUM_GROUP) -> "UnitTotalView":
        """Sum the amounts of a unit's people; hidden below the minimum."""
        if len(amounts) < minimum:
            return cls(unit_id, month, None, None, None, f"kelompok kurang dari {minimum} orang")
        total = sum(amounts)
        return cls(unit_id, month, len(amounts), total, total // len(amounts), None)
