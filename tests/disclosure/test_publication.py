"""Publications of one quantity at two times: what can be computed from both together is never about fewer than k people."""

from collections import Counter, defaultdict
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.cuts import small_cuts
from disclosure.publication import Earlier, Ledger, decide
from disclosure.rules import GroupRule, uniform
from disclosure.units import UnitTree

BUREAU, SITI, SMALL, MIDDLE, LARGE = (UUID(int=number) for number in range(1, 6))
TREE = UnitTree({BUREAU: None, SITI: BUREAU, SMALL: BUREAU, MIDDLE: BUREAU, LARGE: BUREAU})
K = 5


def members(**sizes):
    """People by unit: `siti=6` are six people who are the same ones wherever the test says so again."""
    units = {"siti": SITI, "small": SMALL, "middle": MIDDLE, "large": LARGE, "bureau": BUREAU}
    return {units[name]: {f"{name}-{number}" for number in range(size)} for name, size in sizes.items()}


def publish(people, earlier=(), tree=TREE, minimum=K):
    """Decide by the people alone; return the shown sets of people, and what a later publication is compared with."""
    counts = {unit: len(inside) for unit, inside in people.items()}
    direct = {unit: uniform(count) for unit, count in counts.items()}
    ledger = Ledger(counts, [compared(sets, people) for sets in earlier])
    report = decide(tree, direct, GroupRule(minimum), ledger)
    cells = {None: report.whole, **report.units}
    shown = {unit: everybody(cell.counted, people) for unit, cell in cells.items() if cell.shown}
    return shown, [everybody(rest, people) for rest in report.rests(tree)]


def everybody(units, people):
    return frozenset().union(*(people.get(unit, set()) for unit in units))


def compared(sets, people):
    ids = dict(enumerate(sets))
    shared = defaultdict(dict)
    for (unit, now), (earlier, then) in product(people.items(), ids.items()):
        if both := len(now & then):
            shared[unit][earlier] = both
    return Earlier({earlier: len(inside) for earlier, inside in ids.items()}, shared)


def test_the_same_people_are_shown_again():
    people = members(siti=6, small=7, middle=8, large=9)
    shown, sets = publish(people)
    assert publish(people, [sets])[0] == shown
    assert len(shown) == 6


@pytest.mark.parametrize("newcomers", [1, 4])
def test_a_unit_with_few_newcomers_is_hidden_and_counted_nowhere_while_nobody_else_changed(newcomers):
    _, july = publish(members(siti=6, small=7, middle=8, large=9))
    august = members(siti=6 + newcomers, small=7, middle=8, large=9)
    shown, _ = publish(august, [july])
    assert SITI not in shown
    assert shown[BUREAU] == everybody({SMALL, MIDDLE, LARGE}, august)


def test_a_unit_from_which_one_left_is_hidden_too():
    _, july = publish(members(siti=7, small=7, middle=8, large=9))
    assert SITI not in publish(members(siti=6, small=7, middle=8, large=9), [july])[0]


def test_five_newcomers_may_be_seen_together():
    _, july = publish(members(siti=6, small=7, middle=8, large=9))
    assert len(publish(members(siti=11, small=7, middle=8, large=9), [july])[0][SITI]) == 11


def test_changes_of_several_units_are_shown_where_together_they_are_enough():
    _, july = publish(members(siti=6, small=7, middle=8, large=9))
    august = members(siti=8, small=9, middle=10, large=9)
    shown, _ = publish(august, [july])
    assert set(shown) == {None, BUREAU, LARGE}
    assert shown[BUREAU] == everybody(TREE.parents, august)


def test_two_who_change_places_hide_both_units_and_not_the_bureau():
    people = members(siti=6, small=7, middle=8, large=9)
    _, july = publish(people)
    moved = {**people, SITI: people[SITI] - {"siti-0"} | {"small-0"}, SMALL: people[SMALL] - {"small-0"} | {"siti-0"}}
    shown, _ = publish(moved, [july])
    assert {SITI, SMALL}.isdisjoint(shown)
    assert shown[BUREAU] == everybody(TREE.parents, moved)


def test_two_units_that_exchange_enough_and_lose_few_together_are_not_told_apart_from_the_rest():
    people = members(siti=12, small=12, middle=8, large=9)
    _, july = publish(people)
    to_small, to_siti = {f"siti-{one}" for one in range(3)}, {f"small-{one}" for one in range(3)}
    august = {
        **people,
        SITI: people[SITI] - to_small - {"siti-9"} | to_siti,
        SMALL: people[SMALL] - to_siti - {"small-9"} | to_small,
    }
    shown, _ = publish(august, [july])
    assert {SITI, SMALL}.isdisjoint(shown)
    assert not everybody({SITI, SMALL}, august) <= shown[BUREAU]


def test_every_earlier_publication_counts_and_not_only_the_last():
    _, july = publish(members(siti=6, small=7, middle=8, large=9))
    _, august = publish(members(siti=12, small=7, middle=8, large=9), [july])
    assert SITI in publish(members(siti=12, small=7, middle=8, large=9), [july, august])[0]
    assert SITI not in publish(members(siti=7, small=7, middle=8, large=9), [july, august])[0]


@st.composite
def two_times(draw):
    """A tree and people at two times, with some who stay, move, leave and come, and two trees for them."""
    units = [UUID(int=number + 1) for number in range(draw(st.integers(1, 4)))]
    trees = [
        UnitTree({unit: draw(st.sampled_from([None, *units[:index]])) for index, unit in enumerate(units)})
        for _ in range(2)
    ]
    places = st.sampled_from([None, *units])
    moves = draw(st.lists(st.tuples(places, places, st.integers(1, 5)), max_size=9))
    times = [defaultdict(set), defaultdict(set)]
    for group, (then, now, size) in enumerate(moves):
        for time, unit in zip(times, (then, now), strict=True):
            if unit is not None:
                time[unit] |= {f"{group}-{number}" for number in range(size)}
    return trees, times


@given(two_times(), st.integers(2, 5))
@settings(max_examples=400, deadline=None)
def test_no_sum_of_shown_figures_of_two_times_is_about_fewer_than_k_people(both, minimum):
    trees, (then, now) = both
    first, sets = publish(then, tree=trees[0], minimum=minimum)
    second, _ = publish(now, [sets], tree=trees[1], minimum=minimum)
    shown = sorted({*first.values(), *second.values()}, key=sorted)
    for factors in product((-1, 0, 1), repeat=min(len(shown), 7)):
        weights = Counter()
        for factor, inside in zip(factors, shown, strict=False):
            weights.update(dict.fromkeys(inside, factor))
        about = sum(1 for weight in weights.values() if weight)
        assert about == 0 or about >= minimum


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 4)), max_size=12), st.integers(2, 6))
@settings(max_examples=400, deadline=None)
def test_a_small_cut_is_found_exactly_where_there_is_one(drawn, least):
    edges = Counter()
    for one, other, people in drawn:
        if one != other:
            edges[min(one, other), max(one, other)] += people
    vertices = sorted({vertex for pair in edges for vertex in pair})
    sizes = [
        sum(people for (a, b), people in edges.items() if (a in side) != (b in side))
        for number in range(2 ** len(vertices))
        for side in [{vertex for place, vertex in enumerate(vertices) if number >> place & 1}]
    ]
    found = small_cuts(edges, 0, least)
    assert bool(found) == any(0 < size < least for size in sizes)
    for side in found:
        assert 0 < sum(people for (a, b), people in edges.items() if (a in side) != (b in side)) < least
