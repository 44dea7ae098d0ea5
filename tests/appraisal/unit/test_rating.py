"""The nine cells of the matrix (domain study 2.6), and the notes that a low rating needs."""

import pytest

from appraisal.domain.rating import PredicateMatrix, RatingInput, predicate_of, rate
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import RatingLevel
from appraisal.persistence.rules import national_rules
from chassis.errors import InvalidInput
from directory.performance import Predicate

MATRIX = PredicateMatrix.parse(next(r for r in national_rules() if r.kind is RuleKind.PREDICATE_MATRIX).value)


@pytest.mark.parametrize(
    ("work_result", "behaviour", "expected"),
    [
        ("ABOVE", "ABOVE", "VERY_GOOD"),
        ("ABOVE", "MEETS", "GOOD"),
        ("ABOVE", "BELOW", "POOR_MISCONDUCT"),
        ("MEETS", "ABOVE", "GOOD"),
        ("MEETS", "MEETS", "GOOD"),
        ("MEETS", "BELOW", "POOR_MISCONDUCT"),
        ("BELOW", "ABOVE", "NEEDS_IMPROVEMENT"),
        ("BELOW", "MEETS", "NEEDS_IMPROVEMENT"),
        ("BELOW", "BELOW", "VERY_POOR"),
    ],
)
def test_each_cell_of_the_matrix_gives_its_predicate(work_result, behaviour, expected):
    assert predicate_of(MATRIX, RatingLevel(work_result), RatingLevel(behaviour)) is Predicate(expected)


def test_a_matrix_with_a_hole_is_refused():
    with pytest.raises(KeyError):
        PredicateMatrix.parse({"ABOVE": {"ABOVE": "VERY_GOOD"}})


@pytest.mark.parametrize(
    ("work_result", "behaviour", "notes", "missing"),
    [
        ("BELOW", "MEETS", ("", ""), ["work_result_note"]),
        ("BELOW", "MEETS", ("lambat", ""), []),
        ("BELOW", "BELOW", (" ", ""), ["work_result_note", "behaviour_note"]),
        ("MEETS", "ABOVE", ("", ""), []),
        ("ABOVE", "ABOVE", (" ", ""), ["work_result_note"]),
        ("ABOVE", "ABOVE", ("", "gagasan baru"), []),
    ],
)
def test_an_extreme_rating_needs_its_reason(work_result, behaviour, notes, missing):
    found = RatingInput(
        work_result=RatingLevel(work_result),
        behaviour=RatingLevel(behaviour),
        work_result_note=notes[0],
        behaviour_note=notes[1],
    )
    if missing:
        with pytest.raises(InvalidInput) as refused:
            rate(MATRIX, found)
        assert [(e.field, e.code) for e in refused.value.errors] == [(field, "note_required") for field in missing]
    else:
        assert rate(MATRIX, found).predicate is predicate_of(MATRIX, found.work_result, found.behaviour)
