"""Which groups' figures may be shown, so that no figure of a small group can be seen or worked out.

Agency policy with dated thresholds, not law: published tools use 3 to 5 for scores; Suar takes 5 for scores and 10 for
free text. What is here is arithmetic about sets of answers, whatever the answers contain.

Every unit reports the answers of its whole subtree, so two reports overlap whenever one unit lies below the other, and
the difference between them is a report too, whether we print it or not. Call what a shown unit reports beyond its
shown children its *rest*. Rests never share an answer, and every set of answers that can be reached by adding and
subtracting shown reports is a union of rests. So it is enough that each rest is empty or holds at least k answers:

1. a unit with fewer than k answers is hidden, and so is everything below a hidden unit;
2. when a unit is hidden, its next-smallest sibling is hidden too, and further siblings until the rest holds k;
3. a rest smaller than k without a hidden unit in it (a head who answered for himself) is left out of the unit's own
   report and passed up, until it is large enough or is in no report at all. Nothing shows that it happened: a report
   without a small rest looks the same as one whose small rest is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from wellbeing.domain.units import UnitTree

_COVER = 2  # a hidden group needs another one to hide behind


class Reason(StrEnum):
    """Why a cell is empty. A small group and the sibling that covers for it have the same reason: distinguishing them
    would bound their sizes, and together with the shown total sometimes fix them.
    """

    PROTECTS_SMALL_GROUP = "PROTECTS_SMALL_GROUP"
    ABOVE_IS_HIDDEN = "ABOVE_IS_HIDDEN"


@dataclass(frozen=True)
class Cell:
    """What may be shown of one group: the units whose direct answers it counts, or the reason why not."""

    counted: frozenset[UUID]
    answers: int | None
    reason: Reason | None

    @property
    def shown(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Report:
    """All cells of one question: one for each unit and one for the whole."""

    whole: Cell
    units: Mapping[UUID, Cell]


@dataclass
class _Part:
    """A unit on the way up: the answers its report would count, and those still looking for a place."""

    unit: UUID | None
    counted: frozenset[UUID]
    loose: frozenset[UUID]
    reason: Reason | None = None

    @property
    def all(self) -> frozenset[UUID]:
        return self.counted | self.loose


def suppress(tree: UnitTree, direct: Mapping[UUID, int], minimum: int) -> Report:
    """Decide, for one question, which units' reports are shown.

    `direct` holds the answers given by the members of each unit itself; units not named have none.
    A unit where nobody answered is hidden and has the same reason as any other small one, but no sibling hides for it:
    there is no answer to protect. Nothing below a hidden unit is shown.
    """
    parts: dict[UUID, _Part] = {}
    for unit in _deepest_first(tree):
        below = [parts[child] for child in tree.children.get(unit, ()) if child in parts]
        parts[unit] = _combine(unit, frozenset({unit}), below, direct, minimum)
    whole = _combine(None, frozenset(), [parts[top] for top in tree.tops()], direct, minimum)
    hidden_above: dict[UUID, bool] = {}
    cells: dict[UUID, Cell] = {}
    for unit in reversed(_deepest_first(tree)):
        part, above = parts[unit], tree.parent(unit)
        under_hidden = whole.reason is not None if above is None or above not in hidden_above else hidden_above[above]
        if part.reason is None and under_hidden:
            part.reason = Reason.ABOVE_IS_HIDDEN
        hidden_above[unit] = part.reason is not None
        cells[unit] = _cell(part, direct)
    return Report(_cell(whole, direct), cells)


def _combine(
    unit: UUID | None, own: frozenset[UUID], below: list[_Part], direct: Mapping[UUID, int], minimum: int
) -> _Part:
    """Build a unit's report from the units directly below it, hiding as many of those as it takes."""

    def size(atoms: frozenset[UUID]) -> int:
        return sum(direct.get(atom, 0) for atom in atoms)

    shown = sorted(
        (part for part in below if part.reason is None), key=lambda part: (size(part.counted), str(part.unit))
    )
    hidden = [part for part in below if part.reason is not None]
    loose = own.union(*(part.all for part in hidden), *(part.loose for part in shown))
    covered = sum(1 for part in hidden if size(part.all))
    while covered and shown and (covered < _COVER or size(loose) < minimum):
        sacrificed = shown.pop(0)
        sacrificed.reason = Reason.PROTECTS_SMALL_GROUP
        covered += 1
        loose |= sacrificed.all
    counted: frozenset[UUID] = frozenset().union(*(part.counted for part in shown))
    if size(loose) >= minimum:
        counted, loose = counted | loose, frozenset()
    part = _Part(unit, counted, loose)
    if size(counted) < minimum:
        part.reason = Reason.PROTECTS_SMALL_GROUP
    return part


def _cell(part: _Part, direct: Mapping[UUID, int]) -> Cell:
    if part.reason is not None:
        return Cell(frozenset(), None, part.reason)
    return Cell(part.counted, sum(direct.get(atom, 0) for atom in part.counted), None)


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
