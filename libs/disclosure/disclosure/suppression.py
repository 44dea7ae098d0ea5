"""Which groups' figures may be shown, so that no figure of a small group can be seen or computed.

What is here is arithmetic about sets of people, whatever is counted of them. Every unit reports its whole subtree,
so two reports overlap whenever one unit lies below the other, and the difference between them is a report too,
whether we print it or not. Call what a shown unit reports beyond its shown children its *rest*. Rests never share a
person, and every set that can be computed by adding and subtracting shown reports is a union of rests. So it is
enough that each rest is empty or may itself be published, by the rule for groups and beside what was published
earlier:

1. a unit without anything that may be published is hidden, and so is everything below a hidden unit;
2. when a unit is hidden because its group is too small or too alike, its next-smallest sibling is hidden too, and
   further siblings until the rest may be published;
3. a rest that may not be published is left out of the unit's own report and passed up, until it is in one that may,
   or in no report at all. Nothing shows that it happened: a report without a rest is the same as one whose rest is
   empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from disclosure.rules import GroupRule, merged
from disclosure.units import UnitTree

_COVER = 2  # a hidden group needs another one to hide behind
Units = frozenset[UUID]


class Reason(StrEnum):
    """Why a cell is empty. A small group and the sibling that covers for it have the same reason: distinguishing them
    would bound their sizes, and together with the shown total sometimes fix them.
    """

    PROTECTS_SMALL_GROUP = "PROTECTS_SMALL_GROUP"
    ABOVE_IS_HIDDEN = "ABOVE_IS_HIDDEN"


@dataclass(frozen=True)
class Cell:
    """What may be shown of one group: the units whose own people it counts, or the reason why not."""

    counted: Units
    answers: int | None
    reason: Reason | None

    @property
    def shown(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Report:
    """All cells of one quantity: one for each unit and one for the whole."""

    whole: Cell
    units: Mapping[UUID, Cell]

    def rests(self, tree: UnitTree) -> frozenset[Units]:
        """Return the sets of units that can be distinguished by the shown cells; none shares a unit with another."""
        found = {self.whole.counted.difference(*self._shown(tree.tops()))}
        for unit, cell in self.units.items():
            found.add(cell.counted.difference(*self._shown(tree.children.get(unit, ()))))
        return frozenset(rest for rest in found if rest)

    def _shown(self, units: tuple[UUID, ...]) -> list[Units]:
        return [self.units[unit].counted for unit in units if unit in self.units]


@dataclass
class _Part:
    """A unit on the way up: the people its report would count, and those still looking for a place."""

    unit: UUID | None
    counted: Units
    loose: Units
    reason: Reason | None = None

    @property
    def all(self) -> Units:
        return self.counted | self.loose


@dataclass(frozen=True)
class _Rules:
    """The values by unit, and what decides about a set of units."""

    direct: Mapping[UUID, Mapping[int, int]]
    group: GroupRule
    beside_earlier: Callable[[Units], bool]

    def size(self, units: Units) -> int:
        return sum(sum(self.direct[unit].values()) for unit in units if unit in self.direct)

    def is_enough(self, units: Units) -> bool:
        return self.group.allows(merged(self.direct[unit] for unit in units if unit in self.direct))

    def rest_of(self, loose: Units, pieces: list[Units]) -> Units:
        """Return what may be published of the loose units: all, or all but one piece whose people changed, or none."""
        candidates = [loose, *(loose - piece for piece in pieces if piece)]
        allowed = (one for one in candidates if self.is_enough(one) and self.beside_earlier(one))
        return next(allowed, frozenset())


def suppress(
    tree: UnitTree,
    direct: Mapping[UUID, Mapping[int, int]],
    rule: GroupRule,
    beside_earlier: Callable[[Units], bool] = lambda units: True,  # noqa: ARG005
) -> Report:
    """Decide, for one quantity, which units' reports are shown.

    `direct` holds the values of the members of each unit itself; units not named have none. `beside_earlier` says
    whether a rest may be published beside what was published earlier.
    A unit without anybody is hidden and has the same reason as any other small one, but no sibling hides for it: there
    is nothing to protect. Nothing below a hidden unit is shown.
    """
    rules = _Rules(direct, rule, beside_earlier)
    order = _deepest_first(tree)
    parts: dict[UUID, _Part] = {}
    for unit in order:
        below = [parts[child] for child in tree.children.get(unit, ()) if child in parts]
        parts[unit] = _combine(unit, frozenset({unit}), below, rules)
    whole = _combine(None, frozenset(), [parts[top] for top in tree.tops()], rules)
    hidden_above: dict[UUID, bool] = {}
    cells: dict[UUID, Cell] = {}
    for unit in reversed(order):
        part, above = parts[unit], tree.parent(unit)
        under_hidden = whole.reason is not None if above is None or above not in hidden_above else hidden_above[above]
        if part.reason is None and under_hidden:
            part.reason = Reason.ABOVE_IS_HIDDEN
        hidden_above[unit] = part.reason is not None
        cells[unit] = _cell(part, rules)
    return Report(_cell(whole, rules), cells)


def _combine(unit: UUID | None, own: Units, below: list[_Part], rules: _Rules) -> _Part:
    """Build a unit's report from the units directly below it, hiding as many of those as it takes."""
    shown = sorted(
        (part for part in below if part.reason is None), key=lambda part: (rules.size(part.counted), str(part.unit))
    )
    hidden = [part for part in below if part.reason is not None]
    pieces = [own, *(part.all for part in hidden), *(part.loose for part in shown)]
    loose: Units = frozenset().union(*pieces)
    # what is hidden for the sake of an earlier publication alone is large enough: it needs no cover, only a larger rest
    covered = sum(1 for part in hidden if rules.size(part.all) and not rules.is_enough(part.all))
    while covered and shown and (covered < _COVER or not rules.is_enough(loose)):
        sacrificed = shown.pop(0)
        sacrificed.reason = Reason.PROTECTS_SMALL_GROUP
        covered += 1
        pieces.append(sacrificed.all)
        loose |= sacrificed.all
    rest = rules.rest_of(loose, pieces)
    counted = rest.union(*(part.counted for part in shown))
    reason = None if counted else Reason.PROTECTS_SMALL_GROUP
    return _Part(unit, counted, loose - rest, reason)


def _cell(part: _Part, rules: _Rules) -> Cell:
    if part.reason is not None:
        return Cell(frozenset(), None, part.reason)
    return Cell(part.counted, rules.size(part.counted), None)


def _deepest_first(tree: UnitTree) -> list[UUID]:
    order: list[UUID] = []
    waiting = list(tree.tops())
    visited: set[UUID] = set()
    while waiting:
        unit = waiting.pop()
        if unit not in visited:
            visited.add(unit)
            order.append(unit)
            waiting.extend(tree.children.get(unit, ()))
    return order[::-1]
