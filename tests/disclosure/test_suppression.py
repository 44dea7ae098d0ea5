from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.rules import GroupRule, uniform
from disclosure.suppression import Reason
from disclosure.suppression import suppress as suppress_values
from disclosure.units import UnitTree

BUREAU, SITI, SMALL, MIDDLE, LARGE = (UUID(int=number) for number in range(1, 6))
BUREAU_TREE = UnitTree({BUREAU: None, SITI: BUREAU, SMALL: BUREAU, MIDDLE: BUREAU, LARGE: BUREAU})


def suppress(tree, direct, minimum):
    return suppress_values(tree, {unit: uniform(count) for unit, count in direct.items()}, GroupRule(minimum))


def test_sitis_team_of_four_answers_and_its_next_smallest_sibling_are_hidden_and_the_bureau_of_23_is_shown():
    report = suppress(BUREAU_TREE, {SITI: 4, SMALL: 5, MIDDLE: 6, LARGE: 8}, 5)

    assert report.units[SITI].reason is Reason.PROTECTS_SMALL_GROUP
    assert report.units[SMALL].reason is Reason.PROTECTS_SMALL_GROUP
    assert report.units[SITI].answers is None
    assert report.units[SMALL].answers is None
    assert report.units[MIDDLE].answers == 6
    assert report.units[LARGE].answers == 8
    assert report.units[BUREAU].answers == 23
    assert report.whole.answers == 23


def test_a_head_who_answered_for_himself_does_not_give_away_the_sibling_that_covers():
    report = suppress(BUREAU_TREE, {BUREAU: 1, SITI: 4, SMALL: 5, MIDDLE: 6, LARGE: 7}, 5)

    assert report.units[BUREAU].answers == 23
    assert not report.units[SITI].shown
    assert not report.units[SMALL].shown


def test_a_lone_answer_of_the_head_is_left_out_of_the_report_rather_than_hiding_a_team():
    with_head = suppress(BUREAU_TREE, {BUREAU: 1, SITI: 6, SMALL: 5, MIDDLE: 6, LARGE: 7}, 5)
    without = suppress(BUREAU_TREE, {BUREAU: 0, SITI: 6, SMALL: 5, MIDDLE: 6, LARGE: 7}, 5)

    assert with_head.units[BUREAU].answers == without.units[BUREAU].answers == 24


def test_when_two_hidden_groups_are_still_too_few_a_third_is_hidden():
    report = suppress(BUREAU_TREE, {SITI: 1, SMALL: 2, MIDDLE: 6, LARGE: 8}, 5)

    assert {unit for unit, cell in report.units.items() if cell.shown} == {BUREAU, LARGE}


def test_a_team_where_nobody_answered_is_hidden_without_a_zero_and_costs_no_sibling():
    report = suppress(BUREAU_TREE, {SITI: 0, SMALL: 6, MIDDLE: 6, LARGE: 8}, 5)

    assert report.units[SITI].answers is None
    assert report.units[SITI].reason is Reason.PROTECTS_SMALL_GROUP
    assert {unit for unit, cell in report.units.items() if cell.shown} == {BUREAU, SMALL, MIDDLE, LARGE}


def test_an_empty_team_is_no_cover_for_a_small_one():
    report = suppress(BUREAU_TREE, {SITI: 4, SMALL: 0, MIDDLE: 6, LARGE: 8}, 5)

    assert {unit for unit, cell in report.units.items() if cell.shown} == {BUREAU, LARGE}


def test_nothing_is_shown_when_the_whole_is_too_small():
    report = suppress(BUREAU_TREE, {SITI: 4}, 5)

    assert not report.whole.shown
    assert not any(cell.shown for cell in report.units.values())


def test_what_lies_below_a_hidden_unit_is_hidden_so_that_it_cannot_be_put_together_again():
    team = UUID(int=9)
    tree = UnitTree({**BUREAU_TREE.parents, team: SMALL})
    report = suppress(tree, {SITI: 4, team: 6, MIDDLE: 7, LARGE: 8}, 5)

    assert not report.units[SMALL].shown
    assert report.units[team].reason is Reason.ABOVE_IS_HIDDEN


@pytest.mark.parametrize(("answers", "shown"), [(9, False), (10, True)])
def test_free_text_needs_ten(answers, shown):
    assert suppress(UnitTree({BUREAU: None}), {BUREAU: answers}, 10).units[BUREAU].shown is shown


@st.composite
def forests(draw, largest=7, most=9):
    count = draw(st.integers(1, largest))
    units = [UUID(int=number + 1) for number in range(count)]
    parents = {unit: draw(st.sampled_from([None, *units[:index]])) for index, unit in enumerate(units)}
    return UnitTree(parents), {unit: draw(st.integers(0, most)) for unit in units}


def shown_sets(report):
    return [cell.counted for cell in [report.whole, *report.units.values()] if cell.shown]


@given(forests(), st.integers(2, 6))
@settings(max_examples=400)
def test_no_sum_or_difference_of_shown_reports_isolates_fewer_than_k_answers(forest, minimum):
    tree, direct = forest
    shown = list(set(shown_sets(suppress(tree, direct, minimum))))
    for factors in product((-1, 0, 1), repeat=len(shown)):
        weights = {
            unit: sum(f for f, counted in zip(factors, shown, strict=True) if unit in counted) for unit in direct
        }
        people = [unit for unit, weight in weights.items() if weight and direct[unit]]
        isolated = sum(direct[unit] for unit in people)
        assert isolated == 0 or isolated >= minimum, (factors, shown, direct)


@given(forests(largest=10, most=12), st.integers(2, 6))
@settings(max_examples=400)
def test_no_hidden_report_is_a_combination_of_shown_ones(forest, minimum):
    tree, direct = forest
    report = suppress(tree, direct, minimum)
    shown = shown_sets(report)
    for unit, cell in report.units.items():
        if not cell.shown and any(direct[below] for below in tree.subtree([unit])):
            answers = tree.subtree([unit])
            if 0 < sum(direct[below] for below in answers) < minimum:
                assert not combines([in_answers(counted, direct) for counted in shown], in_answers(answers, direct))


@given(forests(largest=10, most=12), st.integers(2, 6))
@settings(max_examples=300)
def test_every_shown_report_holds_k_answers_and_no_two_overlapping_ones_differ_by_fewer(forest, minimum):
    tree, direct = forest
    shown = shown_sets(suppress(tree, direct, minimum))
    for one, other in product(shown, shown):
        assert sum(direct[unit] for unit in one) >= minimum
        if one & other:
            apart = sum(direct[unit] for unit in one ^ other)
            assert apart == 0 or apart >= minimum


@given(forests(largest=10, most=12), st.integers(2, 6))
@settings(max_examples=300)
def test_a_hidden_cell_says_nothing_but_its_reason(forest, minimum):
    tree, direct = forest
    report = suppress(tree, direct, minimum)
    for unit, cell in report.units.items():
        assert cell.shown == (cell.answers is not None) == bool(cell.counted)
        above = tree.parent(unit)
        if above is not None and not report.units[above].shown:
            assert not cell.shown


@given(forests(largest=8, most=12), st.integers(2, 6))
@settings(max_examples=200)
def test_a_single_hidden_child_never_stands_alone_beside_shown_siblings(forest, minimum):
    tree, direct = forest
    report = suppress(tree, direct, minimum)
    for parent, children in tree.children.items():
        if report.units[parent].shown:
            given = [child for child in children if any(direct[unit] for unit in tree.subtree([child]))]
            hidden = [child for child in given if not report.units[child].shown]
            assert len(hidden) != 1 or len(given) == 1


def in_answers(counted, direct):
    """One number for each unit with answers: what can be learnt is about answers, not about empty units."""
    return [1 if unit in counted else 0 for unit in sorted(direct) if direct[unit]]


def combines(rows, target):
    """Whether the target is a linear combination of the rows: rank does not grow when it joins them."""
    return rank([*rows, target]) == rank(rows)


def rank(rows):
    from fractions import Fraction

    rows = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((index for index in range(found, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for index in range(found + 1, len(rows)):
            factor = rows[index][column] / rows[found][column]
            rows[index] = [a - factor * b for a, b in zip(rows[index], rows[found], strict=True)]
        found += 1
    return found
