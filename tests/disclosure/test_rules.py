from collections import Counter

import pytest

from disclosure.released import Step, released_by_steps, released_count
from disclosure.rules import GroupRule
from disclosure.suppression import suppress
from disclosure.units import UnitTree
from tests.disclosure.test_suppression import BUREAU, LARGE, SITI, SMALL


@pytest.mark.parametrize(
    ("scores", "allowed"),
    [([1] * 5, False), ([1, 1, 1, 1, 5], False), ([1, 1, 1, 2, 5], True), ([1, 1, 1, 2], False), ([], False)],
)
def test_a_mean_is_shown_where_two_answered_otherwise_than_most(scores, allowed):
    assert GroupRule(5, differing=2).allows(Counter(scores)) is allowed


@pytest.mark.parametrize(
    ("amounts", "allowed"),
    [
        # the others have 10 together: whoever has 60 knows the 100 to within a tenth
        ([100, 60, 4, 3, 2, 1], True),
        ([101, 60, 4, 3, 2, 1], False),
        ([33_240_000, 4_595_150, 10, 20, 30, 40], False),
        ([4_595_150, 4_595_150, 3_915_950, 3_915_950, 3_780_000, 3_780_000], True),
        ([-100, -60, -2, -1, 0, 0], False),
    ],
)
def test_the_second_largest_amount_does_not_estimate_the_largest_within_ten_percent(amounts, allowed):
    assert GroupRule(5, dominance_percent=10).allows(Counter(amounts)) is allowed


def test_what_remains_of_a_shown_bureau_beside_its_shown_team_is_not_of_one_mind():
    tree = UnitTree({BUREAU: None, SITI: BUREAU, LARGE: BUREAU})
    answers = {SITI: Counter([1] * 5), LARGE: Counter([1, 2, 3, 4, 5, 5])}
    report = suppress(tree, answers, GroupRule(5, differing=2))
    assert not report.units[SITI].shown
    assert not report.units[LARGE].shown
    assert report.units[BUREAU].answers == 11


def test_a_count_grows_by_five_or_not_at_all():
    assert [released_count([4, 1, 4, 0, 3][:months], 5) for months in range(6)] == [None, None, 5, 5, 5, 12]


def test_a_unit_and_the_units_above_grow_by_five_or_not_at_all():
    tree = UnitTree({BUREAU: None, SITI: BUREAU, SMALL: BUREAU, LARGE: BUREAU})
    months = [{SITI: 6, SMALL: 7, LARGE: 8}, {SITI: 1}, {SITI: 1, LARGE: 2}, {SITI: 3, LARGE: 3}]
    seen = [released_by_steps([Step(tree, month) for month in months[:until]], 5) for until in range(1, 5)]
    assert [(one.whole, one.units[SITI], one.units[LARGE]) for one in seen] == [
        (21, 6, 8), (21, 6, 8), (21, 6, 8), (31, 11, 13),
    ]  # fmt: skip
