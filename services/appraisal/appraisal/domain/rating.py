"""From two ratings to one predicate: a lookup, never a sum."""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.domain.values import Predicate, Rating


@dataclass(frozen=True)
class PredicateMatrix:
    """The nine cells, as dated reference data: (work result, behaviour) to predicate."""

    cells: Mapping[tuple[Rating, Rating], Predicate]

    @classmethod
    def parse(cls, value: Mapping[str, Mapping[str, str]]) -> "PredicateMatrix":
        """Read the matrix from its data form, work result first, and refuse one that has a hole."""
        cells = {(r, b): Predicate(value[r.value][b.value]) for r in Rating for b in Rating}
        return cls(cells)


def predicate_of(matrix: PredicateMatrix, work_result: Rating, behaviour: Rating) -> Predicate:
    """Name the predicate of two ratings (PermenPANRB 6/2022, the performance quadrant in its annex).

    Behaviour below expectation gives POOR_MISCONDUCT, or VERY_POOR when results are below too; results
    alone below give NEEDS_IMPROVEMENT. The two are not points on one scale.
    """
    return matrix.cells[work_result, behaviour]


def missing_notes(work_result: Rating, behaviour: Rating, result_note: str, behaviour_note: str) -> list[str]:
    """Which sides lack the written reason that a rating below expectation owes the employee."""
    sides = [("work_result_note", work_result, result_note), ("behaviour_note", behaviour, behaviour_note)]
    return [field for field, rating, note in sides if rating is Rating.BELOW and not note.strip()]
