"""From two rating levels to one predicate: a lookup, never a sum."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appraisal.domain.values import RatingLevel
from chassis.errors import FieldError, InvalidInput
from directory.performance import Predicate


@dataclass(frozen=True, kw_only=True)
class RatingInput:
    """The two levels that an official found, with the reasons for them."""

    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str = ""
    behaviour_note: str = ""

    def missing_notes(self) -> Iterator[str]:
        """Return the fields of the reasons that an extreme rating needs and that are empty.

        Each level below expectation needs its own; above on both needs one, for the best predicate asks for more than
        fulfilled targets (PP 30/2019).
        """
        if self.work_result is RatingLevel.BELOW and not self.work_result_note.strip():
            yield "work_result_note"
        if self.behaviour is RatingLevel.BELOW and not self.behaviour_note.strip():
            yield "behaviour_note"
        is_best = self.work_result is self.behaviour is RatingLevel.ABOVE
        if is_best and not (self.work_result_note + self.behaviour_note).strip():
            yield "work_result_note"


@dataclass(frozen=True)
class Rating:
    """What a named official found: two levels with their reasons, and the predicate that follows."""

    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate

    @property
    def levels(self) -> tuple[RatingLevel, RatingLevel]:
        return self.work_result, self.behaviour

    def is_below(self, other: "Rating") -> bool:
        """Return whether the predicate or one of the levels is worse; a better one does not make up for it."""
        order = list(RatingLevel)
        worse = (order.index(one) > order.index(was) for one, was in zip(self.levels, other.levels, strict=True))
        return any(worse) or not self.predicate.at_least(other.predicate)


@dataclass(frozen=True)
class PredicateMatrix:
    """The nine cells, as dated reference data: (work result, behaviour) to predicate."""

    cells: Mapping[tuple[RatingLevel, RatingLevel], Predicate]

    @classmethod
    def parse(cls, value: Mapping[str, Mapping[str, str]]) -> "PredicateMatrix":
        """Read the matrix from its data form, work result first. Raise KeyError for one that has a hole."""
        cells = {(r, b): Predicate(value[r.value][b.value]) for r in RatingLevel for b in RatingLevel}
        return cls(cells)


def predicate_of(matrix: PredicateMatrix, work_result: RatingLevel, behaviour: RatingLevel) -> Predicate:
    """Return the predicate of two levels (PermenPANRB 6/2022, the performance quadrant in its annex).

    Behaviour below expectation results in POOR_MISCONDUCT, or VERY_POOR when results are below too; results
    alone below result in NEEDS_IMPROVEMENT. The two are not points on one scale.
    """
    return matrix.cells[work_result, behaviour]


def rate(matrix: PredicateMatrix, found: RatingInput) -> Rating:
    """Return the rating with its predicate. Raise InvalidInput when an extreme one lacks its reason."""
    expected = "alasan tertulis, karena penilaian di bawah ekspektasi atau di atas ekspektasi pada keduanya"
    if faults := [FieldError(field, "note_required", "", expected) for field in found.missing_notes()]:
        raise InvalidInput(errors=faults)
    predicate = predicate_of(matrix, found.work_result, found.behaviour)
    return Rating(found.work_result, found.behaviour, found.work_result_note, found.behaviour_note, predicate)
