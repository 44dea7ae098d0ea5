"""Which groups are too small to show, so that no curve discloses one person's predicate."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden_groups(sizes: Mapping[Key, int], smallest: int) -> frozenset[Key]:
    """Name the groups to hide: those under the threshold, and one more when a total would give them away.

    The total of all groups is public, so whatever is hidden must be two groups at least and together as
    large as the threshold; the next-smallest group joins until it is.
    """
    filled = sorted((n, str(k), k) for k, n in sizes.items() if n > 0)
    hidden = [row for row in filled if row[0] < smallest]
    rest = [row for row in filled if row[0] >= smallest]
    while hidden and rest and (len(hidden) < 2 or sum(row[0] for row in hidden) < smallest):  # noqa: PLR2004
        hidden.append(rest.pop(0))
    return frozenset(row[2] for row in hidden)
