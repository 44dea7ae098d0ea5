"""The codes of the national system (SIASN) for ratings and predicates, under the names of its fields."""

from collections.abc import Mapping

from appraisal.domain.values import RatingLevel
from directory.performance import Predicate

NATIONAL_COLUMNS = ("hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai")
_RATINGS: Mapping[RatingLevel, int] = {RatingLevel.ABOVE: 1, RatingLevel.MEETS: 2, RatingLevel.BELOW: 3}
_QUADRANTS: Mapping[Predicate, int] = {
    Predicate.VERY_GOOD: 1,
    Predicate.GOOD: 2,
    Predicate.NEEDS_IMPROVEMENT: 3,
    Predicate.POOR_MISCONDUCT: 4,
    Predicate.VERY_POOR: 5,
}


def national_codes(work_result: RatingLevel, behaviour: RatingLevel, predicate: Predicate) -> tuple[int, int, int]:
    """Return ratings as 1 to 3 and the quadrant as 1 to 5; it is that of the predicate, never the larger rating."""
    return _RATINGS[work_result], _RATINGS[behaviour], _QUADRANTS[predicate]
