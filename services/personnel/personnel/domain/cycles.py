"""Cycles: nobody is, over any number of steps, their own superior; no unit stands below itself."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def find_cycles(parent_of: Mapping[K, K | None]) -> Iterator[list[K]]:
    """Yield each cycle once, as the list of its members from child to parent. Linear in the number of members."""
    visited: set[K] = set()
    for start in parent_of:
        path: dict[K, int] = {}
        here: K | None = start
        while here is not None and here not in visited and here not in path:
            path[here] = len(path)
            here = parent_of.get(here)
        if here is not None and here in path:
            yield list(path)[path[here] :]
        visited.update(path)


def would_close_cycle(child: K, parent: K, parent_of: Callable[[K], K | None]) -> list[K]:
    """Return the chain from `parent` up to `child` if making it child's parent closes a cycle, else an empty list."""
    chain: list[K] = []
    here: K | None = parent
    while here is not None and here not in chain:
        chain.append(here)
        if here == child:
            return chain
        here = parent_of(here)
    return []


def least_believable_link(cycle: list[K], proposed: Mapping[K, int], seniority: Callable[[K], int]) -> K:
    """Choose which member of a cycle loses its superior.

    Among the links that the file proposes (`proposed`: member to row number) it is the one where the superior stands
    furthest below the subordinate; of equals, the last row.
    """

    def doubt(member: K) -> tuple[int, int]:
        superior = cycle[(cycle.index(member) + 1) % len(cycle)]
        return seniority(member) - seniority(superior), proposed[member]

    return max((member for member in cycle if member in proposed), key=doubt)
