"""Nobody is his own superior, over any number of steps."""

from hypothesis import given
from hypothesis import strategies as st

from personnel.domain.cycles import find_cycles, least_believable_link, would_close_cycle


def test_a_tree_has_no_cycle():
    assert list(find_cycles({"a": "b", "b": "c", "c": None, "d": "b"})) == []


def test_each_cycle_is_given_once_without_those_who_hang_on_it():
    found = list(find_cycles({"a": "b", "b": "c", "c": "a", "hanging": "a", "x": "y", "y": "x", "own": "own"}))
    assert sorted(sorted(cycle) for cycle in found) == [["a", "b", "c"], ["own"], ["x", "y"]]


def test_the_link_from_the_highest_to_the_lowest_is_believed_least():
    rank = {"chief": 5, "head": 3, "analyst": 2}
    cycle = ["analyst", "head", "chief"]
    rows = {"analyst": 9, "head": 3, "chief": 4}
    assert least_believable_link(cycle, rows, rank.__getitem__) == "chief"


def test_of_equals_the_last_row_is_believed_least_and_links_outside_the_file_stand():
    assert least_believable_link(["a", "b", "c"], {"a": 7, "b": 8}, lambda _: 1) == "b"


def test_a_new_superior_from_below_would_close_cycle():
    parents = {"a": "b", "b": "c", "c": None}
    assert would_close_cycle("c", "a", parents.get) == ["a", "b", "c"]
    assert would_close_cycle("a", "a", parents.get) == ["a"]
    assert would_close_cycle("a", "c", parents.get) == []


@given(st.dictionaries(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30)), max_size=31))
def test_cutting_every_cycle_once_leaves_none(parents):
    cut = dict(parents)
    for cycle in find_cycles(parents):
        assert all(parents[one] in cycle for one in cycle)
        cut[cycle[0]] = None
    assert list(find_cycles(cut)) == []
