"""Random lives of civil servants, what is recorded of them in which order, and what holds on a day.

Nothing here uses the services' own rules: a day has the latest value of each series that has begun by it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from directory.timelines import Stretch
from tests.directory.builders import from_day, seamless

IS_LONG = os.environ.get("SUAR_LAW") == "long"
LIVES = int(os.environ.get("SUAR_LAW_LIVES", "10000" if IS_LONG else "200"))
SEED = int(os.environ.get("SUAR_LAW_SEED", "2026"))
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
LONG_AGO = date(2024, 1, 1)
NAMES = UUID("01980000-0000-7000-8000-0000000001a5")
UNITS = tuple(uuid5(NAMES, f"unit {number}") for number in range(3))
HEADS = tuple(uuid5(NAMES, f"head {number}") for number in range(4))
AWAY = ("UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE")

Values = dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """One series takes a value on a day, and it is recorded in a month, whether early or late."""

    series: str
    day: date
    values: Values
    month: int = 1


@dataclass(frozen=True)
class Life:
    """A person; `records` are in the order in which they are recorded, those of the beginning first."""

    employee_id: UUID
    first_day: date
    records: tuple[Recorded, ...]

    @property
    def versions(self) -> range:
        """How many records are known at each publication: the beginning, then one more each time."""
        return range(BEGINNING, len(self.records) + 1)

    def held(self, known: int | None = None) -> dict[date, Values]:
        """Return by the first so many records what holds from each day on which something begins, in order."""
        found: dict[date, Values] = {}
        values: Values = {}
        for one in sorted(self.records[:known], key=lambda record: record.day):
            values = values | one.values
            found[one.day] = values
        return found

    def stretches(self, known: int | None = None) -> tuple[Stretch, ...]:
        return seamless(tuple(from_day(day, **values) for day, values in self.held(known).items()))

    def year(self) -> Iterator[tuple[date, Values]]:
        """Return the days of 2026 in service, each with what holds on it."""
        held = self.held()
        ends = [*list(held)[1:], LAST + timedelta(1)]
        for (first, values), after in zip(held.items(), ends, strict=True):
            if values["status"] != "RETIRED":
                start = max(first, FIRST)
                yield from ((start + timedelta(number), values) for number in range((after - start).days))


BEGINNING = 4


def random_life(chance: Random, number: int) -> Life:
    """Draw a life: most have served for years, some join in the year; some retire; all else in any order."""
    first = LONG_AGO if chance.random() < 0.8 else FIRST + timedelta(chance.randrange(300))
    beginning = [
        Recorded("position", first, _position(chance)),
        Recorded("superior", first, {"superior_id": chance.choice(HEADS)}),
        Recorded("status", first, {"status": "ACTIVE"}),
        Recorded("type", first, {"employment_type": chance.choice(["CPNS", "PNS", "PNS", "PPPK"])}),
    ]
    assert len(beginning) == BEGINNING
    start = max(first, FIRST)
    later = [
        *(Recorded("position", day, _position(chance)) for day in _days(chance, start, 3)),
        *(Recorded("superior", day, {"superior_id": chance.choice(HEADS)}) for day in _days(chance, start, 3)),
        *(Recorded("status", day, {"status": chance.choice(["ACTIVE", *AWAY])}) for day in _days(chance, start, 3)),
        *(
            Recorded("type", day, {"employment_type": chance.choice(["CPNS", "PNS"])})
            for day in _days(chance, start, 2)
        ),
    ]
    last = max((one.day for one in later if one.series == "status"), default=start)
    if chance.random() < 0.15 and last < LAST:
        retired = last + timedelta(chance.randint(1, (LAST - last).days))
        later.append(Recorded("status", retired, {"status": "RETIRED"}))
    months = sorted(chance.randint(1, 12) for _ in later)
    chance.shuffle(later)
    recorded = [replace(one, month=month) for one, month in zip(later, months, strict=True)]
    return Life(uuid5(NAMES, f"life {number}"), first, (*beginning, *recorded))


def random_lives(seed: int = SEED, number: int = LIVES) -> list[Life]:
    chance = Random(seed)
    return [random_life(chance, one) for one in range(number)]


def _position(chance: Random) -> Values:
    return {"unit_id": chance.choice(UNITS), "job_class": chance.randint(5, 12)}


def _days(chance: Random, start: date, most: int) -> list[date]:
    span = (LAST - start).days
    return [start + timedelta(day) for day in chance.sample(range(1, span + 1), chance.randint(0, min(most, span)))]
