"""Talent 9-box (PermenPANRB 3/2020): performance by potential, box 9 the best.

The numbering of the boxes between the corners is not verified; it is the one in common use.
"""

from enum import StrEnum

from incentive.domain.values import Predicate


class Potential(StrEnum):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


SUCCESSION_BOXES = frozenset({7, 8, 9})
_BOXES = {
    (0, Potential.LOW): 1,
    (1, Potential.LOW): 2,
    (0, Potential.MEDIUM): 3,
    (2, Potential.LOW): 4,
    (1, Potential.MEDIUM): 5,
    (0, Potential.HIGH): 6,
    (2, Potential.MEDIUM): 7,
    (1, Potential.HIGH): 8,
    (2, Potential.HIGH): 9,
}


def box(predicate: Predicate, potential: Potential) -> int:
    """The box of one person; performance below GOOD is low, GOOD middle, VERY_GOOD high."""
    performance = 2 if predicate is Predicate.VERY_GOOD else 1 if predicate is Predicate.GOOD else 0
    return _BOXES[performance, potential]
