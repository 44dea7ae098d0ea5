"""Which groups are too small to show, so that no curve discloses one person's predicate."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

Key = TypeVar("Key", bound=Hashable)


def hidden_groups(sizes: Mapping[Key, int], smallest: int, *, some: bool = False) -> frozenset[Key]:
    """Name the groups to hide: those under the threshold, and one more when a total would give them away.

    The total of all groups is public, so whatever is hidden must be two groups at least and together as
    large as the threshold; the next-smallest group joins until it is. With `some` the total is hidden itself, and
    so many groups that nobody can add them up.
    """
    filled = sorted((n, str(k), k) for k, n in sizes.items() if n > 0)
    hidden = [row for row in filled if row[0] < smallest]
    rest = [row for row in filled if row[0] >= smallest]
    while (hidden or some) and rest and (len(hidden) < 2 or sum(row[0] for row in hidden) < smallest):  # noqa: PLR2004
        hidden.append(rest.pop(0))
    return frozenset(row[2] for row in hidden)


@dataclass(frozen=True)
class HiddenUnits:
    """The units whose own people are not shown, and those that are not shown with all below them."""

    own: frozenset[UUID]
    whole: frozenset[UUID]

    def shows(self, unit_id: UUID, *, with_below: bool) -> bool:
        return unit_id not in (self.whole if with_below else self.own)


@dataclass(frozen=True)
class UnitTree:
    """Units with the people of each itself, and the unit above each where it is one of them."""

    own: Mapping[UUID, int]
    parents: Mapping[UUID, UUID | None]

    def hidden(self, smallest: int) -> HiddenUnits:
        """Name what to hide of a tree in which each unit is shown by itself, and with all below it.

        A unit with all below it is the sum of its own people and of each unit directly below with all below that: what
        is hidden of such a sum is two parts at least and together as large as the threshold. Of a part that is hidden,
        something is hidden below it as well, or it could be added up.
        """
        below: dict[UUID | None, list[UUID]] = defaultdict(list)
        for unit in sorted(self.own):
            parent = self.parents.get(unit)
            below[parent if parent in self.own else None].append(unit)
        order, totals = list(below[None]), dict(self.own)
        for unit in order:
            order += below[unit]
        for unit in reversed(order):
            totals[unit] += sum(totals[one] for one in below[unit])
        # units that lie above each other in a circle have no place in the tree
        own = set(self.own).difference(order)
        whole = own | hidden_groups({unit: totals[unit] for unit in below[None]}, smallest)
        for unit in order:
            parts: dict[UUID | None, int] = {None: self.own[unit], **{one: totals[one] for one in below[unit]}}
            hidden = hidden_groups(parts, smallest, some=unit in whole)
            own |= {unit} if None in hidden else set()
            whole |= {one for one in hidden if one is not None}
        return HiddenUnits(frozenset(own), frozenset(whole))
