"""The words of performance management that more than one service uses. Wellbeing must not know them."""

from enum import StrEnum


class Predicate(StrEnum):
    """Predikat kinerja, best first; the order of the members is the order of merit."""

    VERY_GOOD = "VERY_GOOD"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR_MISCONDUCT = "POOR_MISCONDUCT"
    VERY_POOR = "VERY_POOR"

    def at_least(self, floor: "Predicate") -> bool:
        order = list(Predicate)
        return order.index(self) <= order.index(floor)
