"""Talent 9-box (PermenPANRB 3/2020): performance by potential, box 9 the best.

The numbering of the boxes between the corners is not verified; it is the one in common use.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from directory.performance import Predicate
from incentive.domain.predicate import FinalPredicate

LEGAL_SOURCE = "PermenPANRB 3/2020; nomor kotak belum terverifikasi"


class Potential(StrEnum):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


@dataclass(frozen=True)
class RateTalent:
    """The talent panel's rating of a person's potential in a year."""

    employee_id: UUID
    year: int
    potential: Potential
    reference: str


@dataclass(frozen=True)
class TalentRating:
    """An entry; the one with the highest number counts."""

    employee_id: UUID
    year: int
    number: int
    potential: Potential
    reference: str
    entered_by: UUID
    entered_at: datetime

    @classmethod
    def rated(cls, number: int, command: RateTalent, by: UUID, now: datetime) -> "TalentRating":
        return view_of(cls, command, number=number, entered_by=by, entered_at=now)


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
    """Return the box of one person; performance below GOOD is low, GOOD middle, VERY_GOOD high."""
    performance = 2 if predicate is Predicate.VERY_GOOD else 1 if predicate is Predicate.GOOD else 0
    return _BOXES[performance, potential]


@dataclass(frozen=True)
class TalentView:
    employee_id: UUID
    year: int
    potential: Potential
    predicate: Predicate
    evaluation_id: UUID
    box: Annotated[int, Meta(ge=1, le=9, description="1 to 9, the best")]
    succession: bool
    legal_source: str

    @classmethod
    def of(cls, rating: TalentRating, final: FinalPredicate) -> "TalentView":
        number = box(final.predicate, rating.potential)
        return view_of(
            cls,
            rating,
            predicate=final.predicate,
            evaluation_id=final.evaluation_id,
            box=number,
            succession=number in SUCCESSION_BOXES,
            legal_source=LEGAL_SOURCE,
        )
