"""Who stands under whom on which days, and whether somebody would come to stand under themselves on one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.errors import FieldError
from personnel.domain.errors import SuperiorCycle
from personnel.domain.records import SuperiorRecord
from personnel.domain.series import standing
from personnel.domain.stretches import ONE_DAY
from personnel.domain.windows import Window, within


@dataclass(frozen=True)
class Link(Window):
    """Days on which somebody has the same superior; None: nobody."""

    superior_id: UUID | None


Line = Sequence[Link]
Lines = Mapping[UUID, Line]


@dataclass(frozen=True)
class Cycle:
    """Somebody would be their own superior from a day on; `people` lead from them up to themselves."""

    day: date
    people: Sequence[UUID]

    def refusal(self, names: Mapping[UUID, str]) -> SuperiorCycle:
        """Return the error that names the day and the chain of people, each under the next."""
        chain = (*self.people, self.people[0])
        people, superior_id = " → ".join(names.get(one, str(one)) for one in chain), chain[1]
        expected = f"Pilih pegawai di luar garis bawahannya pada {self.day}."
        fault = FieldError("superior_id", "superior_cycle", superior_id, expected)
        return SuperiorCycle(day=self.day, people=people, errors=[fault])


def line_of(records: Sequence[SuperiorRecord]) -> Line:
    """Return a person's superiors by day; the first one is held back, as the timeline does."""
    kept = standing(records)
    if not kept:
        return []
    ends = [*(one.effective_from - ONE_DAY for one in kept[1:]), None]
    begins = [date.min, *(one.effective_from for one in kept[1:])]
    return [Link(begin, end, one.superior_id) for one, begin, end in zip(kept, begins, ends, strict=True)]


def differing_days(before: Line, after: Line, since: date) -> list[Window]:
    """Return the days from `since` on whose superior is another one than before."""
    found = []
    for link, days in within(Window(since, None), after):
        former = within(days, before) if before else [(None, days)]
        found += [shared for one, shared in former if one is None or one.superior_id != link.superior_id]
    return found


def find_cycle(lines: Lines, person: UUID, windows: Iterable[Window]) -> Cycle | None:
    """Return the first cycle through a person on these days; what does not lead back to them is not theirs."""
    found = [one for window in windows for one in _climb(lines, [person], window)]
    return min(found, key=lambda one: one.day, default=None)


def _climb(lines: Lines, path: list[UUID], days: Window) -> Iterable[Cycle]:
    for link, shared in within(days, lines.get(path[-1], ())):
        if link.superior_id == path[0]:
            yield Cycle(shared.first_day, path)
        elif link.superior_id is not None and link.superior_id not in path:
            yield from _climb(lines, [*path, link.superior_id], shared)
