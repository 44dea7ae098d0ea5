"""The order of the feed, and what may be sent side by side."""

from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import new_id
from notification.domain.delivery import Waiting, chains
from notification.domain.feed import PATIENCE_SECONDS, QueuedEvent, take_in_order


def queued(arrival: int, subject: str, sequence: int, waited: float = 0.0) -> QueuedEvent:
    return QueuedEvent(arrival, new_id(), "appraisal", subject, sequence, waited)


def order(taken) -> list[tuple[str, int]]:
    return [(item.subject, item.sequence) for item in taken.events]


def test_arrival_decides_between_subjects_and_sequence_within_one():
    taken = take_in_order([queued(1, "siti", 2), queued(2, "budi", 1), queued(3, "siti", 1)], {})
    assert order(taken) == [("siti", 1), ("budi", 1), ("siti", 2)]
    assert taken.heads == {("appraisal", "siti"): 2, ("appraisal", "budi"): 1}


def test_a_missing_predecessor_is_waited_for_and_then_gone_without():
    assert order(take_in_order([queued(1, "siti", 3), queued(2, "siti", 4)], {("appraisal", "siti"): 1})) == []
    late = [queued(1, "siti", 3, PATIENCE_SECONDS), queued(2, "siti", 4)]
    assert order(take_in_order(late, {("appraisal", "siti"): 1})) == [("siti", 3), ("siti", 4)]


def test_a_predecessor_that_comes_after_all_is_placed_late_and_moves_nothing_back():
    taken = take_in_order([queued(9, "siti", 2)], {("appraisal", "siti"): 4})
    assert order(taken) == [("siti", 2)]
    assert taken.heads == {}


@given(st.permutations([(subject, number) for subject in "abc" for number in range(1, 6)]))
def test_whatever_the_order_of_arrival_each_subject_comes_out_in_sequence_and_nothing_is_lost(arrivals):
    items = [queued(place, subject, number) for place, (subject, number) in enumerate(arrivals)]
    out = order(take_in_order(items, {}))
    assert sorted(out) == sorted(arrivals)
    for subject in "abc":
        assert [number for name, number in out if name == subject] == [1, 2, 3, 4, 5]


@given(st.permutations([(subject, number) for subject in "ab" for number in range(1, 7)]), st.integers(1, 11))
def test_two_batches_give_the_same_order_within_a_subject_as_one(arrivals, cut):
    items = [queued(place, subject, number) for place, (subject, number) in enumerate(arrivals)]
    first = take_in_order(items[:cut], {})
    left = [item for item in items if item not in first.events]
    second = take_in_order(left, first.heads)
    out = order(first) + order(second)
    for subject in "ab":
        assert [number for name, number in out if name == subject] == [1, 2, 3, 4, 5, 6]


def test_one_chain_for_each_subject_in_order_of_position():
    waiting = [Waiting(1, "siti", True), Waiting(2, "budi", True), Waiting(3, "siti", True)]
    assert chains(waiting, 10) == [[1, 3], [2]]


def test_a_subject_that_waits_holds_back_its_later_events_and_nobody_elses():
    waiting = [Waiting(1, "siti", False), Waiting(2, "budi", True), Waiting(3, "siti", True)]
    assert chains(waiting, 10) == [[2]]


def test_no_more_than_the_limit_and_the_oldest_first():
    waiting = [Waiting(place, str(place % 3), True) for place in range(1, 20)]
    assert sorted(place for chain in chains(waiting, 4) for place in chain) == [1, 2, 3, 4]
