"""Lives in a small bureau, and a service that keeps them: nothing of it but its inbox and its directory."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from chassis.bus.contracts import Contracts
from chassis.bus.envelope import schema_path, to_json
from chassis.bus.message import Incoming
from chassis.clock import SystemClock
from chassis.consumers import Consumers
from chassis.db import Database
from chassis.ids import new_id
from chassis.inbox.inbox import Inbox
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.consuming import keep_directory
from directory.keeping import Hooks, SubstitutionChange, TimelineChange, UnitChange
from directory.timelines import ExternalOfficial, Stretch, UnitStretch

Json = dict[str, Any]
NAMES = UUID("01980000-0000-7000-8000-00000000abcd")
CONTRACTS = Path(__file__).parents[2] / "contracts"
EXAMPLES = CONTRACTS / "events/personnel/examples"
START = date(2026, 1, 1)


@cache
def who(name: str) -> UUID:
    """Return the id of a person, a unit or a substitution by its name; the same in every test."""
    return uuid5(NAMES, name)


def from_day(first_day: date = START, **values: Any) -> Stretch:
    """Return an open stretch of an ordinary civil servant of unit `kinerja` under Budi."""
    ordinary: Json = {
        "unit_id": who("kinerja"),
        "position_code": "JF-ASDM-1",
        "position_kind": "JF",
        "position_level": "AHLI_PERTAMA",
        "job_class": 8,
        "employment_type": "PNS",
        "status": "ACTIVE",
        "grade": "III/b",
        "grade_since": date(2022, 4, 1),
        "superior_id": who("budi"),
    }
    return Stretch(first_day=first_day, last_day=None, **{**ordinary, **values})


def unit_from(first_day: date = START, **values: Any) -> UnitStretch:
    """Return an open stretch of a unit without parent and leader."""
    ordinary: Json = {"code": "U", "name": "Unit", "parent_id": None, "leader_id": None, "active": True}
    return UnitStretch(first_day=first_day, last_day=None, **{**ordinary, **values})


def seamless(stretches: tuple[Any, ...]) -> tuple[Any, ...]:
    """End each stretch on the day before the next."""
    ended = [replace(one, last_day=following.first_day - timedelta(days=1)) for one, following in pairwise(stretches)]
    return (*ended, *stretches[-1:])


def employee_timeline(
    employee_id: UUID, *stretches: Stretch, version: int = 1, cause: str = "CHANGE", **more: object
) -> Json:
    """Return the data of EmployeeTimelineChanged."""
    return {
        "employee_id": employee_id,
        "service_start": date(2019, 3, 1),
        "changed_from": stretches[0].first_day,
        "cause": cause,
        "stretches": [vars(one) for one in seamless(stretches)],
        "version": version,
        **more,
    }


def unit_timeline(unit_id: UUID, *stretches: UnitStretch, version: int = 1) -> Json:
    """Return the data of OrgUnitTimelineChanged."""
    found = [vars(one) for one in seamless(stretches)]
    return {"unit_id": unit_id, "changed_from": stretches[0].first_day, "stretches": found, "version": version}


def substitution(name: str, in_place_of: str, substitute: str, **values: Any) -> Json:
    """Return the data of SubstitutionChanged: Plh. with all duties in the first week of March unless told otherwise."""
    ordinary: Json = {
        "substitution_id": who(name),
        "kind": "PLH",
        "in_place_of_id": who(in_place_of),
        "substitute_id": who(substitute),
        "first_day": date(2026, 3, 2),
        "last_day": date(2026, 3, 6),
        "scope": ["APPRAISE", "REVIEW", "LEAD_UNIT"],
        "employee_ids": None,
        "withdrawn": False,
        "version": 1,
    }
    return {**ordinary, **values}


@dataclass
class Copy:
    """A service that includes the directory, and what its hooks were called with."""

    database: Database
    agency: str
    people: list[TimelineChange] = field(default_factory=list)
    units: list[UnitChange] = field(default_factory=list)
    substitutions: list[SubstitutionChange] = field(default_factory=list)
    officials: list[ExternalOfficial] = field(default_factory=list)
    calls: int = 0
    on_people: Callable[[Transaction], object] = lambda _tx: None

    def __post_init__(self) -> None:
        consumers = Consumers("copy")
        keep_directory(
            consumers,
            Hooks(
                self._note_people,
                lambda _tx, changes: self._note(self.units, changes),
                lambda _tx, changes: self._note(self.substitutions, changes),
                lambda _tx, changes: self.officials.extend(changes),
            ),
        )
        self.work = UnitOfWork(self.database, SystemClock(), Contracts(CONTRACTS))
        self.inbox = Inbox(self.work, consumers)

    def _note_people(self, tx: Transaction, changes: Sequence[TimelineChange]) -> None:
        self._note(self.people, changes)
        self.on_people(tx)

    def _note(self, noted: list[Any], changes: Any) -> None:
        self.calls += 1
        noted.extend(changes)

    @contextmanager
    def transaction(self, agency: str | None = None) -> Iterator[Transaction]:
        with self.work.transaction(agency or self.agency) as tx:
            yield tx

    def receive(self, *envelopes: Json) -> None:
        """Apply envelopes as one batch of deliveries, none of which may fail."""
        self.deliver(*envelopes)
        assert self.deferred() == []

    def deliver(self, *envelopes: Json) -> None:
        self.inbox.receive([Incoming(json.dumps(one).encode(), False, False, None) for one in envelopes])

    def example(self, name: str) -> Json:
        """Return an example of a contract as a new event of this agency."""
        body: Json = json.loads((EXAMPLES / f"{name}.json").read_text())
        return {**body, "agency": self.agency, "id": str(new_id())}

    def event(self, name: str, subject: object, data: Json, agency: str | None = None) -> Json:
        return {
            "id": str(new_id()),
            "source": "/suar/personnel",
            "type": name,
            "subject": str(subject),
            "time": datetime(2026, 1, 2, 1, tzinfo=UTC).isoformat(),
            "dataschema": "/contracts/" + schema_path("personnel", name, 1),
            "agency": agency or self.agency,
            "sequence": 1,
            "data": to_json(data),
        }

    def person(self, name: str, *stretches: Stretch, **values: Any) -> Json:
        data = employee_timeline(who(name), *(stretches or (from_day(),)), **values)
        return self.event("EmployeeTimelineChanged", who(name), data)

    def unit(self, name: str, *stretches: UnitStretch, **values: Any) -> Json:
        data = unit_timeline(who(name), *(stretches or (unit_from(),)), **values)
        return self.event("OrgUnitTimelineChanged", who(name), data)

    def substitution(self, name: str, in_place_of: str, substitute: str, **values: Any) -> Json:
        data = substitution(name, in_place_of, substitute, **values)
        return self.event("SubstitutionChanged", data["substitution_id"], data)

    def official(self, name: str, first_day: date = START, last_day: date | None = None, version: int = 1) -> Json:
        data = {
            "official_id": who(name),
            "office": "Gubernur",
            "first_day": first_day,
            "last_day": last_day,
            "version": version,
        }
        return self.event("ExternalOfficialChanged", who(name), data)

    def deferred(self) -> list[str]:
        """Return the errors of the events that failed."""
        with self.database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT agency_id, error FROM deferred")
            return [row.error[:1500] for row in rows if row.agency_id == self.agency]
