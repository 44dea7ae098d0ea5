"""A figure that grows with time, shown in steps that are each large enough to be published by themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from disclosure.rules import GroupRule, uniform
from disclosure.suppression import Report, suppress
from disclosure.units import UnitTree


@dataclass(frozen=True)
class Released:
    """The shown part of each unit's figure, and of the whole; a unit that is missing was never large enough."""

    whole: int | None
    units: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What came in a time, by unit, and the tree as it was at its end: a later tree must not change it."""

    tree: UnitTree
    came: Mapping[UUID, int]


def released_by_steps(steps: Iterable[Step], minimum: int) -> Released:
    """Add up what came in each step, by unit, as far as it may be shown.

    What came is kept back until a rest of at least `minimum` of it is in a report, and is then counted at once. So two
    readings of any unit, at any two times, differ by nobody or by at least so many.
    """
    waiting: Counter[UUID] = Counter()
    whole, units = 0, Counter[UUID]()
    for step in steps:
        waiting.update(step.came)
        report = suppress(step.tree, {unit: uniform(count) for unit, count in waiting.items()}, GroupRule(minimum))
        whole += report.whole.answers or 0
        units.update(_shown(report))
        for unit in report.whole.counted:
            waiting.pop(unit, None)
    return Released(whole or None, units)


def released_count(steps: Iterable[int], minimum: int) -> int | None:
    """Return the same of one count without units."""
    shown = waiting = 0
    for step in steps:
        waiting += step
        if waiting >= minimum:
            shown, waiting = shown + waiting, 0
    return shown or None


def _shown(report: Report) -> dict[UUID, int]:
    return {unit: cell.answers for unit, cell in report.units.items() if cell.answers}
