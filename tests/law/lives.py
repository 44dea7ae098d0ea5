"""Random lives of civil servants, what is recorded of them in which order, and what a plain look at each day finds.

Nothing here uses the services' own rules: a day has the latest value of each series that has begun by it, and every
expectation is counted day by day.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid5

from chassis.bus.envelope import Event, schema_path, to_json
from chassis.ids import new_id
from directory.timelines import Stretch
from testkit.service import ServiceUnderTest
from tests.directory.builders import employee_timeline, from_day

IS_LONG = os.environ.get("SUAR_LAW") == "long"
LIVES = int(os.environ.get("SUAR_LAW_LIVES", "10000" if IS_LONG else "25"))
SEED = int(os.environ.get("SUAR_LAW_SEED", "2026"))
BATCH = 100
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
LONG_AGO = date(2024, 1, 1)
NAMES = UUID("01980000-0000-7000-8000-0000000001a5")
UNITS = tuple(uuid5(NAMES, f"unit {number}") for number in range(3))
HEADS = tuple(uuid5(NAMES, f"head {number}") for number in range(4))
DAYS = tuple(FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1))
AWAY = ("UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE")

Values = dict[str, Any]
T = TypeVar("T")


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

    def held(self, day: date, known: int | None = None) -> Values:
        """Return what holds on a day by the first so many records."""
        values: Values = {}
        for one in sorted(self.records[:known], key=lambda record: record.day):
            if one.day <= day:
                values |= one.values
        return values

    def stretches(self, known: int | None = None) -> tuple[Stretch, ...]:
        days = sorted({one.day for one in self.records[:known]})
        return tuple(from_day(day, **self.held(day, known)) for day in days)

    def year(self) -> Iterator[tuple[date, Values]]:
        """Return the days of 2026 in service, each with what holds on it."""
        for before, after in self._parts():
            values = self.held(before)
            if values["status"] != "RETIRED":
                yield from ((day, values) for day in DAYS if before <= day < after)

    def _parts(self) -> Iterator[tuple[date, date]]:
        days = sorted({one.day for one in self.records})
        yield from zip(days, [*days[1:], LAST + timedelta(1)], strict=True)


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


def everything_twice(lives: Sequence[Life], chance: Random) -> list[Sequence[tuple[Life, int]]]:
    """Every version of everybody twice, in any order, in batches."""
    deliveries = [(life, known) for life in lives for known in life.versions] * 2
    chance.shuffle(deliveries)
    return batched(deliveries)


def batched(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def envelope(agency: str, name: str, subject: object, data: Values) -> Values:
    return {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": "/suar/personnel",
        "type": name,
        "subject": str(subject),
        "time": datetime(2026, 1, 2, 1, tzinfo=UTC).isoformat(),
        "dataschema": "/contracts/" + schema_path("personnel", name, 1),
        "agency": agency,
        "sequence": data["version"],
        "data": to_json(data),
    }


def timeline_event(agency: str, life: Life, known: int) -> Values:
    version = known - BEGINNING + 1
    data = employee_timeline(life.employee_id, *life.stretches(known), version=version)
    return envelope(agency, "EmployeeTimelineChanged", life.employee_id, data)


def beginning(agency: str) -> list[Values]:
    """The agency and its heads, who have no superior."""
    named = {"agency_id": agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta", "version": 1}
    heads = [employee_timeline(head, from_day(LONG_AGO, superior_id=None)) for head in HEADS]
    people = [envelope(agency, "EmployeeTimelineChanged", one["employee_id"], one) for one in heads]
    return [envelope(agency, "AgencyChanged", agency, named), *people]


def deliver(service: ServiceUnderTest, bodies: Sequence[Values]) -> None:
    """Apply events as one batch, as the worker does."""
    assert service.worker is not None
    service.worker.inbox.apply([Event.parse(json.dumps(one)) for one in bodies])


def deliver_everything(service: ServiceUnderTest, agency: str, lives: Sequence[Life]) -> None:
    deliver(service, beginning(agency))
    for batch in everything_twice(lives, Random(SEED)):
        deliver(service, [timeline_event(agency, life, known) for life, known in batch])
    assert service.deferred(agency) == []
