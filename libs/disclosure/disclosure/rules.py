"""When a group may be published: a policy of the agency, dated where it is kept, and not law.

A group is given as its values with how many people have each; whether these are scores or rupiah makes no difference.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class GroupRule:
    """What a group must fulfil before its count, sum or mean is published.

    `minimum`: so many people (threshold rule). `differing`: so many of them have another value than the most common
    one; where all are equal, the mean is everybody's value, and where one differs, that one knows all others.
    `dominance_percent`: p% rule; whoever has the second largest amount must not be able to estimate the largest more
    closely than by p percent of it. 0 turns a rule off.
    """

    minimum: int
    differing: int = 0
    dominance_percent: int = 0

    def allows(self, values: Mapping[int, int]) -> bool:
        """Return whether a group with these values may be published."""
        people = sum(values.values())
        if people < self.minimum or people - max(values.values(), default=0) < self.differing:
            return False
        return not self.dominance_percent or self._without_dominance(values)

    def _without_dominance(self, values: Mapping[int, int]) -> bool:
        amounts = sorted((abs(value) for value, people in values.items() for _ in range(min(people, 2))), reverse=True)
        largest, second = (*amounts, 0, 0)[:2]
        total = sum(abs(value) * people for value, people in values.items())
        return 100 * (total - largest - second) >= self.dominance_percent * largest


def merged(groups: Iterable[Mapping[K, int]]) -> Counter[K]:
    """Return the values of several groups as one."""
    found: Counter[K] = Counter()
    for group in groups:
        for value, people in group.items():
            found[value] += people
    return found


def uniform(people: int) -> Counter[int]:
    """Return a group of which only the number of people is published, under a rule without `differing`."""
    return Counter({1: people} if people else {})


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that was so many months earlier: the window is never shorter than that."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)
