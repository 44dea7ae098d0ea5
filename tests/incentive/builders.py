"""An agency with people, as other services would publish it, and short calls of this service."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from chassis.auth import Principal
from chassis.bus.envelope import Event
from testkit.service import Client, ServiceUnderTest

Json = dict[str, Any]
V1 = "/api/v1/incentive"
RULES = next(
    item["rules"]
    for item in json.loads(resources.files("incentive.persistence").joinpath("defaults/policies.json").read_text())
    if item["name"] == "kementerian-contoh"
)
WORK_RESULT = {"work_result": "MEETS", "behaviour": "MEETS"}


def moment(*parts: int) -> datetime:
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@dataclass
class Life:
    """What is recorded of one person, and the timeline that follows: of each series the last recorded that has begun."""

    employments: list[Json] = field(default_factory=list)
    positions: list[Json] = field(default_factory=list)

    def employed(self, **values: Any) -> None:
        ordinary = {
            "employment_type": "PNS",
            "status": "ACTIVE",
            "grade": "III/b",
            "grade_since": "2023-04-01",
            "service_start": "2019-03-01",
        }
        self.employments.append({**ordinary, **values})

    def assigned(self, **values: Any) -> None:
        ordinary = {
            "position_code": "JF-ASDM-1",
            "position_kind": "JF",
            "position_level": "AHLI_PERTAMA",
            "job_class": 8,
            "superior_id": str(uuid4()),
            "effective_from": "2026-01-02",
        }
        self.positions.append({**ordinary, **values})

    def timeline(self, employee_id: UUID, version: int) -> Json:
        first = min(one["effective_from"] for one in self.positions)
        starts = {one["effective_from"] for one in (*self.positions, *self.employments)}
        days = sorted(day for day in starts if day >= first)
        ends = [f"{date.fromisoformat(day) - timedelta(days=1)}" for day in days[1:]] + [None]
        stretches = [self._stretch(day, end) for day, end in zip(days, ends, strict=True)]
        return {
            "employee_id": employee_id,
            "service_start": self.employments[-1]["service_start"],
            "changed_from": first,
            "cause": "CHANGE",
            "stretches": stretches,
            "version": version,
        }

    def _stretch(self, day: str, end: str | None) -> Json:
        held = {**_begun(self.employments, day), **_begun(self.positions, day)}
        left_out = {"effective_from", "service_start"}
        values = {name: value for name, value in held.items() if name not in left_out}
        return {"first_day": day, "last_day": end, **values}


def _begun(recorded: list[Json], day: str) -> Json:
    """Return the last recorded that has begun by a day, or else what is known first."""
    return next((one for one in reversed(recorded) if one["effective_from"] <= day), recorded[0])


def to_text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


@dataclass
class Ministry:
    """One agency under test: delivers events of other services, and calls this one as its HR officers."""

    service: ServiceUnderTest
    agency: str
    person: Callable[..., Principal]
    officer: Principal = field(init=False)
    hr: Client = field(init=False)
    second: Client = field(init=False)
    versions: dict[tuple[Any, ...], int] = field(default_factory=dict)
    lives: dict[UUID, Life] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officer = self.person("hr_officer")
        self.hr = self.service.client(self.officer)
        self.second = self.service.client(self.person("hr_officer"))
        self.deliver(
            "personnel",
            "AgencyChanged",
            self.agency,
            agency_id=self.agency,
            name="Kementerian Contoh",
            time_zone="Asia/Jakarta",
            version=1,
        )

    def at(self, *parts: int) -> None:
        self.service.clock.turn(moment(*parts))

    def deliver(self, producer: str, name: str, subject: object, /, **data: object) -> Event:
        """Deliver an event as of now."""
        return self.service.deliver(
            name,
            {key: str(value) if isinstance(value, UUID) else value for key, value in data.items()},
            producer=producer,
            agency=self.agency,
            subject=subject,
            time=self.service.clock.now(),
        )

    def next_version(self, *key: Any) -> int:
        self.versions[key] = self.versions.get(key, 0) + 1
        return self.versions[key]

    def unit(self, parent: UUID | None = None, leader: UUID | None = None) -> UUID:
        unit_id = uuid4()
        stretch = {"first_day": "2020-01-01", "last_day": None, "code": f"U{unit_id.hex[:6]}", "name": "Biro SDM"}
        stretches = [{**stretch, "parent_id": to_text(parent), "leader_id": to_text(leader), "active": True}]
        data = {"unit_id": unit_id, "changed_from": "2020-01-01", "stretches": stretches, "version": 1}
        self.deliver("personnel", "OrgUnitTimelineChanged", unit_id, **data)
        return unit_id

    def employ(self, employee_id: UUID | None = None, **changes: Any) -> UUID:
        """Record somebody's employment from a day on (today, unless `effective_from` says otherwise)."""
        life = self.lives.setdefault(employee_id or uuid4(), Life())
        life.employed(effective_from=changes.pop("effective_from", f"{self.service.clock.now():%Y-%m-%d}"), **changes)
        return self.publish(life)

    def assign(self, employee_id: UUID, unit_id: UUID | None = None, **changes: Any) -> None:
        """Record where somebody works from a day on; what was recorded for later days goes on to hold."""
        life = self.lives[employee_id]
        life.assigned(unit_id=str(unit_id or uuid4()), **changes)
        self.publish(life)

    def publish(self, life: Life, version: int | None = None) -> UUID:
        """Deliver a timeline, once there is a position from which on there is one."""
        employee_id = next(one for one, known in self.lives.items() if known is life)
        if life.positions:
            data = life.timeline(employee_id, version or self.next_version(employee_id))
            self.deliver("personnel", "EmployeeTimelineChanged", employee_id, **data)
        return employee_id

    def hire(self, unit_id: UUID | None = None, **changes: Any) -> UUID:
        """Employ somebody with a position. Return the employee's id."""
        placed = {
            key: changes.pop(key)
            for key in ("job_class", "position_kind", "position_level", "effective_from")
            if key in changes
        }
        employee_id = self.employ(**changes)
        self.assign(employee_id, unit_id, **placed)
        return employee_id

    def quarter(
        self,
        employee_id: UUID,
        year: int,
        quarter: int,
        predicate: str,
        *,
        evaluation_id: UUID | None = None,
        version: int = 1,
    ) -> UUID:
        """Publish the final result of a quarter."""
        return self._completed(
            employee_id, predicate, evaluation_id or uuid4(), version=version, year=year, quarter=quarter
        )

    def month(self, employee_id: UUID, year: int, month: int, predicate: str) -> UUID:
        """Publish the final result of a month, by an agency that evaluates monthly."""
        return self._completed(employee_id, predicate, uuid4(), year=year, quarter=None, month=month)

    def _completed(self, employee_id: UUID, predicate: str, evaluation_id: UUID, **data: object) -> UUID:
        standard = {"kind": "PERIODIC", "completed_by": "APPRAISER", "version": 1, **WORK_RESULT}
        whose = {"evaluation_id": evaluation_id, "employee_id": employee_id, "predicate": predicate}
        self.deliver("appraisal", "AppraisalCompleted", employee_id, **{**standard, **whose, **data})
        return evaluation_id

    def issued(
        self, employee_id: UUID, year: int, predicate: str, *, evaluation_id: UUID | None = None, version: int = 1
    ) -> UUID:
        evaluation_id = evaluation_id or uuid4()
        data = {"evaluation_id": evaluation_id, "employee_id": employee_id, "year": year, "predicate": predicate}
        self.deliver("appraisal", "AppraisalIssued", employee_id, **data, appraiser_id=uuid4(), version=version)
        return evaluation_id

    def annual(
        self, employee_id: UUID, year: int, predicate: str, *, evaluation_id: UUID | None = None, version: int = 1
    ) -> UUID:
        """Publish the final result of a year."""
        more = {"kind": "ANNUAL", "completed_by": "DECIDED", "version": version}
        return self._completed(employee_id, predicate, evaluation_id or uuid4(), **more, year=year, quarter=None)

    def corrected(
        self,
        employee_id: UUID,
        year: int,
        predicate: str,
        *,
        evaluation_id: UUID,
        version: int,
        quarter: int | None = None,
        previous: str = "GOOD",
    ) -> None:
        self.deliver(
            "appraisal",
            "AppraisalCorrected",
            employee_id,
            evaluation_id=evaluation_id,
            employee_id=employee_id,
            kind="PERIODIC" if quarter else "ANNUAL",
            year=year,
            quarter=quarter,
            predicate=predicate,
            previous_predicate=previous,
            version=version,
            **WORK_RESULT,
        )

    def policy(self, valid_from: str = "2026-01-01", valid_to: str | None = None, **changes: object) -> Any:
        """Publish the policy of Siti's ministry, with changes."""
        body = {
            "name": "Kebijakan tukin",
            "valid_from": valid_from,
            "valid_to": valid_to,
            "rules": {**RULES, **changes},
            "legal_source": "Kebijakan rekaan Kementerian Contoh",
        }
        made = ok(self.hr.post(f"{V1}/policies", json=body), 201)
        return self.two(self.hr.post(f"{V1}/policies/{made['id']}/publish"))

    def amounts(self, effective_from: str = "2022-01-01") -> Any:
        body = {"name": "perpres-103-2022", "effective_from": effective_from}
        return self.two(self.hr.post(f"{V1}/class-amounts/adopt", json=body))["items"]

    def two(self, response: TestResponse) -> Any:
        """The second officer approves what the first has proposed; gives what came of it."""
        return approved(ok(response, 202), self.second)

    def attend(self, employee_id: UUID, month: str, **counts: int) -> Any:
        items = [{"employee_id": str(employee_id), "code": code, "count": count} for code, count in counts.items()]
        return ok(self.hr.post(f"{V1}/attendance", json={"month": month, "items": items}))

    def calculate(self, month: str) -> Any:
        started = ok(self.hr.post(f"{V1}/allowance-runs", json={"month": month}), 202)
        self.service.run_jobs()
        return ok(self.hr.get(f"{V1}/allowance-runs/{started['id']}"))

    def decide(self, run: Any, *, pay: bool = True) -> Any:
        path = f"{V1}/allowance-runs/{run['id']}"
        run = self.two(self.hr.post(f"{path}/approve", headers=match(run)))
        if pay:
            body = {"payment_reference": "SP2D-1"}
            run = ok(self.second.post(f"{path}/pay", json=body, headers=match(run)))
        return run

    def pay(self, month: str) -> Any:
        return self.decide(self.calculate(month))

    def run_timers(self) -> None:
        """Let the sweep begin: nothing has come for a while."""
        self.service.clock.turn(self.service.clock.now() + timedelta(seconds=6))
        self.service.run_timers()

    def year(self, employee_id: UUID, year: int = 2026, client: Client | None = None) -> Any:
        return ok((client or self.hr).get(f"{V1}/allowances?employee_id={employee_id}&year={year}"))

    def credit(self, employee_id: UUID) -> Any:
        return ok(self.hr.get(f"{V1}/credit/{employee_id}"))

    def open_credit(self, employee_id: UUID, **changes: object) -> Any:
        body = {
            "level": "AHLI_PERTAMA",
            "balance": "90.000",
            "base": "50.000",
            "as_of": "2025-12-31",
            "reference": "PAK-2025-1",
        }
        return self.two(self.hr.put(f"{V1}/credit/{employee_id}/opening", json={**body, **changes}))

    def finding(self, employee_id: UUID, kind: str) -> Any:
        found = ok(self.hr.get(f"{V1}/eligibility/{employee_id}"))["items"]
        return next(item for item in found if item["kind"] == kind)

    def published(self, name: str) -> list[dict[str, Any]]:
        return [event["data"] for event in self.service.events(self.agency, name)]


def ok(response: TestResponse, status: int = 200) -> Any:
    """Return the JSON of an answer of this status."""
    assert response.status_code == status, (response.status_code, response.get_data(as_text=True))
    return response.get_json()


def approved(proposal: Any, by: Client) -> Any:
    """Approve a proposal as a second person; gives what came of it."""
    path = f"{V1}/proposals/{proposal['id']}/approve"
    return ok(by.post(path, json={"reason": "Sudah diperiksa"}, headers=match(proposal)))["outcome"]


def match(view: Any) -> dict[str, str]:
    """Return the If-Match header for what was read."""
    return {"If-Match": f'"{view["version"]}"'}
