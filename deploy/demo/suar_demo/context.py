"""What the steps share: the callers, the people, the sample's manifest."""

import csv
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from suar_demo.client import Api
from suar_demo.consistency import Consistency
from suar_demo.scenario import Scenario

T = TypeVar("T")
YEAR = 2026
ZONE = ZoneInfo("Asia/Jakarta")
SITI_NIP = "199004172019032005"
# Callers at once: enough to keep two cores busy, few enough to leave the workers some of them.
CALLERS = 4


@dataclass
class Person:
    """One employee of the fictional ministry, as the ministry's own API describes them, and their account."""

    employee_id: str
    nip: str
    name: str
    employment_type: str
    status: str
    grade: str
    position_code: str
    position_kind: str
    position_level: str | None
    job_class: int
    unit_id: str
    unit_code: str
    appraiser_id: str | None
    reviewer_id: str | None
    api: Api | None = None

    @property
    def me(self) -> Api:
        assert self.api is not None, f"{self.name} has not signed in"
        return self.api


@dataclass
class DemoContext:
    """What each step works with. `sample` is the folder of files that the ministry exported."""

    api: Api
    scenario: Scenario
    sample: Path
    operator: Api
    agency: str = "kemcontoh"
    password: str = ""
    hr: Api = field(init=False)
    second_hr: Api = field(init=False)
    # employees who hold the office of HR besides: acts that take two people take two persons, not two accounts
    officers: tuple[Api, Api] = field(init=False)
    inspector: Api = field(init=False)
    wellbeing_officer: Api = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    accounts: list[tuple[str, str, str]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    consistency: Consistency = field(init=False)

    def __post_init__(self) -> None:
        self.consistency = Consistency(self.operator)

    @property
    def manifest(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.sample / "manifest.json").read_text(encoding="utf-8"))
        return loaded

    @property
    def siti(self) -> Person:
        return next(person for person in self.people.values() if person.nip == SITI_NIP)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one of the ministry's CSV files."""
        with (self.sample / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def by_two(self, proposal: Any, service: str) -> Any:
        """The second officer approves what the first has proposed; gives what came of it."""
        path = f"/api/v1/{service}/proposals/{proposal['id']}/approve"
        headers = {"If-Match": f'"{proposal["version"]}"'}
        return self.officers[1].post(path, {"reason": "Sudah diperiksa"}, headers=headers)["outcome"]

    def turn_clock(self, *moment: int) -> datetime:
        """Set business time to this moment in the ministry's zone: (year, month, day, hour, minute)."""
        local = datetime(*moment, tzinfo=ZONE)  # type: ignore[misc,arg-type]
        self.operator.put("/api/v1/identity/clock", {"now": local.isoformat()})
        return local

    def together(self, what: str, work: Callable[[T], object], items: Iterable[T]) -> None:
        """Do something for each item, several at a time, with progress; the first failure ends it."""
        listed = list(items)
        with self.scenario.progress(what, len(listed)) as advance, ThreadPoolExecutor(CALLERS) as pool:
            for done in [pool.submit(work, item) for item in listed]:
                done.result()
                advance()


def chunks(items: list[T], size: int) -> list[list[T]]:
    """Cut a list into parts of at most `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]
