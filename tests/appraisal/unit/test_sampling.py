"""A draw that anybody can repeat by hand: SHA256_RANK_1."""

import hashlib
from collections import Counter
from decimal import Decimal
from uuid import UUID

import pytest

from appraisal.domain.oversight_errors import SampleTooLarge
from appraisal.domain.sampling import MOST_MEMBERS, Candidate, SampleSize, draw, shares_of
from chassis.ids import new_id
from directory.performance import Predicate


def population(**counts):
    found = [(Predicate(name), number) for name, number in counts.items()]
    ids = (UUID(int=number) for number in range(1, 1 + sum(counts.values())))
    return [Candidate(next(ids), new_id(), predicate) for predicate, number in found for _ in range(number)]


def test_those_of_the_lowest_hashes_are_drawn_whatever_the_order_in_which_they_came():
    people = population(GOOD=40)
    by_hand = sorted(people, key=lambda one: hashlib.sha256(f"benih:{one.evaluation_id}".encode()).hexdigest())[:7]
    found = draw(people, 7, "benih", by_predicate=False)
    assert list(found.members) == by_hand
    assert draw(list(reversed(people)), 7, "benih", by_predicate=False) == found
    assert draw(people, 7, "benih lain", by_predicate=False).members != found.members


def test_the_hash_of_the_population_is_that_of_its_lines_and_changes_with_any_of_them():
    people = population(GOOD=2, VERY_GOOD=1)
    lines = "\n".join(sorted(f"{one.evaluation_id};{one.predicate.value}" for one in people))
    found = draw(people, 1, "benih", by_predicate=False)
    assert (found.population, found.population_hash) == (3, hashlib.sha256(lines.encode()).hexdigest())
    assert draw(people[1:], 1, "benih", by_predicate=False).population_hash != found.population_hash


@pytest.mark.parametrize(
    ("counts", "size", "shares"),
    [
        ({"VERY_GOOD": 50, "GOOD": 30, "NEEDS_IMPROVEMENT": 20}, 10, {"VERY_GOOD": 5, "GOOD": 3, "NEEDS_IMPROVEMENT": 2}),
        ({"VERY_GOOD": 50, "GOOD": 50}, 5, {"VERY_GOOD": 3, "GOOD": 2}),
        ({"GOOD": 997, "POOR_MISCONDUCT": 2, "VERY_POOR": 1}, 10, {"GOOD": 8, "POOR_MISCONDUCT": 1, "VERY_POOR": 1}),
        ({"GOOD": 997, "POOR_MISCONDUCT": 2, "VERY_POOR": 1}, 2, {"GOOD": 2, "POOR_MISCONDUCT": 0, "VERY_POOR": 0}),
        ({"GOOD": 3, "VERY_POOR": 1}, 4, {"GOOD": 3, "VERY_POOR": 1}),
    ],
)  # fmt: skip
def test_each_predicate_has_its_share_and_at_least_one_where_there_is_room(counts, size, shares):
    assert shares_of({Predicate(one): number for one, number in counts.items()}, size) == shares
    found = draw(population(**counts), size, "benih", by_predicate=True)
    assert Counter(one.predicate.value for one in found.members) == Counter(shares)
    assert {one.predicate.value: (one.population, one.drawn) for one in found.strata} == {
        one: (counts[one], shares[one]) for one in counts
    }


@pytest.mark.parametrize("size", range(1, 60))
def test_the_shares_add_up_to_the_size_and_none_is_more_than_there_are(size):
    counts = {Predicate.VERY_GOOD: 7, Predicate.GOOD: 41, Predicate.NEEDS_IMPROVEMENT: 9, Predicate.VERY_POOR: 2}
    shares = shares_of(counts, size)
    assert sum(shares.values()) == size
    assert all(0 <= shares[one] <= counts[one] for one in counts)


def test_a_share_is_rounded_up_and_nothing_larger_than_the_population_is_drawn():
    assert SampleSize(share=Decimal("0.1")).of(101) == 11
    assert SampleSize(share=Decimal("0.1")).of(100) == 10
    assert SampleSize(share=Decimal(1)).of(3) == 3
    assert SampleSize(share=Decimal("0.1")).of(0) == 0
    assert SampleSize(size=3).of(3) == 3
    assert SampleSize(size=3).of(0) == 0
    with pytest.raises(SampleTooLarge) as refused:
        SampleSize(size=4).of(3)
    assert "paling banyak 3 dari 3" in refused.value.detail
    assert SampleSize(share=Decimal("0.5")).of(2 * MOST_MEMBERS) == MOST_MEMBERS
    with pytest.raises(SampleTooLarge):
        SampleSize(share=Decimal("0.5")).of(2 * MOST_MEMBERS + 1)
