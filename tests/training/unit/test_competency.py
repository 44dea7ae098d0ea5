from datetime import date

import pytest

from chassis.ids import new_id
from training.domain.competency import Standard, gap, standard_in_force


@pytest.mark.parametrize(
    ("required", "actual", "expected"),
    [(3, 2, 1), (3, 3, 0), (2, 4, 0), (5, 1, 4), (None, 2, None), (3, None, None)],
    ids=["Siti: level 2 of 3", "reached", "above", "widest", "no standard", "not assessed"],
)
def test_a_gap_is_required_minus_actual_and_never_negative(required, actual, expected):
    assert gap(required, actual) == expected


def a_standard(level, valid_from, position_level=None, post="P"):
    return Standard(new_id(), "process_analysis", post, position_level, level, valid_from)


@pytest.mark.parametrize(
    ("rows", "position_level", "expected"),
    [
        ([a_standard(2, date(2025, 1, 1)), a_standard(3, date(2026, 1, 1))], None, 3),
        ([a_standard(2, date(2025, 1, 1)), a_standard(3, date(2027, 1, 1))], None, 2),
        ([a_standard(3, date(2025, 1, 1), "AHLI_MUDA"), a_standard(2, date(2026, 1, 1))], "AHLI_MUDA", 3),
        ([a_standard(3, date(2025, 1, 1), "AHLI_MUDA")], "AHLI_PERTAMA", None),
        ([a_standard(2, date(2026, 1, 1)), a_standard(4, date(2026, 1, 1))], None, 4),
        ([a_standard(2, date(2026, 1, 1), post="other")], None, None),
        ([], None, None),
    ],
    ids=["newest", "not yet in force", "own level first", "another level's", "corrected the same day", "post", "none"],
)
def test_the_standard_in_force_is_the_newest_of_the_posts_own_level(rows, position_level, expected):
    found = standard_in_force(rows, "P", position_level, date(2026, 7, 6))
    assert (found.required_level if found else None) == expected
