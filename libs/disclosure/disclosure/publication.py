"""What may be published of one quantity beside what was published of it earlier.

Publications of one quantity at two times, of trees that were reorganised between, of people who joined and left:
what can be computed from both is a cut of the graph in `cuts.py`. A publication is made so that no such cut is
smaller than the minimum, against each earlier one for which its time has not run out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from disclosure.cuts import small_cuts
from disclosure.rules import GroupRule, merged
from disclosure.suppression import Report, Units, suppress
from disclosure.units import UnitTree

Vertex = int | Units | None


@dataclass(frozen=True)
class Earlier:
    """An earlier publication: how many people each of its sets has, and how many of them are in which unit now."""

    sizes: Mapping[int, int]  # by the number of the set
    shared: Mapping[UUID, Mapping[int, int]]  # by unit of now, by set of then

    def change(self, units: Units, people: int) -> int:
        """Return of how few people the figure of these units would say something, with the best of the earlier sets."""
        shared = merged(self.shared.get(unit, {}) for unit in units)
        apart = sum(min(both, self.sizes[earlier] - both) for earlier, both in shared.items())
        return apart + people - sum(shared.values())

    def edges(self, rests: frozenset[Units], people: Mapping[UUID, int]) -> dict[tuple[Vertex, Vertex], int]:
        """Return the people, each between their sets of now and of then; None stands for being in none."""
        edges: dict[tuple[Vertex, Vertex], int] = {}
        left = dict(self.sizes)
        for rest in rests:
            shared = merged(self.shared.get(unit, {}) for unit in rest)
            for earlier, both in shared.items():
                edges[rest, earlier] = both
                left[earlier] -= both
            edges[rest, None] = sum(people.get(unit, 0) for unit in rest) - sum(shared.values())
        return {**edges, **{(earlier, None): people for earlier, people in left.items()}}


@dataclass(frozen=True)
class Ledger:
    """The earlier publications of a quantity, and how many people each unit has itself now."""

    people: Mapping[UUID, int] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()

    def with_report(self, rests: frozenset[Units]) -> "Ledger":
        """Return the ledger with another report of the same people, beside which the next one is decided."""
        shared = {
            unit: {number: self.people[unit]}
            for number, rest in enumerate(rests)
            for unit in rest
            if self.people.get(unit)
        }
        sizes = {number: sum(self.people.get(unit, 0) for unit in rest) for number, rest in enumerate(rests)}
        return Ledger(self.people, (*self.earlier, Earlier(sizes, shared)))


def decide(
    tree: UnitTree, direct: Mapping[UUID, Mapping[int, int]], rule: GroupRule, ledger: Ledger | None = None
) -> Report:
    """Decide which cells are shown, so that neither they nor they and earlier ones say anything of too few people.

    A rest alone is compared first, which is cheap and finds nearly all; several together are found by their cut, and
    each of them is then passed up. It ends, because no rest is tried twice.
    """
    ledger = ledger or Ledger()
    refused: set[Units] = set()

    def beside_earlier(units: Units) -> bool:
        people = sum(ledger.people.get(unit, 0) for unit in units)
        return units not in refused and all(
            change == 0 or change >= rule.minimum
            for change in (earlier.change(units, people) for earlier in ledger.earlier)
        )

    while True:
        report = suppress(tree, direct, rule, beside_earlier)
        rests = report.rests(tree)
        found = {
            rest
            for earlier in ledger.earlier
            for side in small_cuts(earlier.edges(rests, ledger.people), None, rule.minimum)
            for rest in rests & side
        }
        if not found:
            return report
        refused |= found
