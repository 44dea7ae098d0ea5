"""The tree of units, as far as privacy needs it: who is above, who is below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class UnitTree:
    """Parents by unit. A parent that is not known yet is no parent; a cycle ends where it began."""

    parents: Mapping[UUID, UUID | None]
    children: Mapping[UUID, tuple[UUID, ...]] = field(init=False)

    def __post_init__(self) -> None:
        below: dict[UUID, list[UUID]] = {}
        for unit, parent in self.parents.items():
            if parent is not None and parent in self.parents:
                below.setdefault(parent, []).append(unit)
        object.__setattr__(self, "children", {unit: tuple(sorted(units)) for unit, units in below.items()})

    def parent(self, unit: UUID) -> UUID | None:
        above = self.parents.get(unit)
        return above if above in self.parents else None

    def ancestors(self, unit: UUID) -> tuple[UUID, ...]:
        """Return the units above this one, the nearest first."""
        found: list[UUID] = []
        above = self.parent(unit)
        while above is not None and above not in found and above != unit:
            found.append(above)
            above = self.parent(above)
        return tuple(found)

    def subtree(self, roots: Iterable[UUID]) -> frozenset[UUID]:
        """Return these units and every unit below them."""
        waiting = [unit for unit in roots if unit in self.parents]
        found: set[UUID] = set()
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting.extend(self.children.get(unit, ()))
        return frozenset(found)

    def within(self, scope: Iterable[UUID]) -> "UnitTree":
        """Return the tree with only these units: one whose parent is left out becomes a top."""
        inside = set(scope)
        return UnitTree(
            {unit: parent if parent in inside else None for unit, parent in self.parents.items() if unit in inside}
        )

    def with_members(self, members: Mapping[UUID, int]) -> "UnitTree":
        """Return the tree without the units that have no member in or below them."""
        return self.within(
            unit for unit in self.parents if any(members.get(below, 0) for below in self.subtree([unit]))
        )

    def tops(self) -> tuple[UUID, ...]:
        """Return where to begin, so that every unit is visited: units without a parent, and one of each cycle."""
        tops = [unit for unit in sorted(self.parents) if self.parent(unit) is None]
        visited = set(self.subtree(tops))
        for unit in sorted(self.parents):
            if unit not in visited:
                tops.append(unit)
                visited |= self.subtree([unit])
        return tuple(tops)
