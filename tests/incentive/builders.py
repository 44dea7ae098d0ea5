"""An agency with people, as the neighbours would tell it, and short ways to ask this service."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from uuid import UUID, uuid4

V1 = "/api/v1/incentive"
RULES = next(
    item["rules"]
    for item in json.loads(resources.files("incentive.persistence").joinpath("defaults/policies.json").read_text())
    if item["name"] == "kementerian-contoh"
)
WORK_RESULT = {"work_result": "MEETS", "behaviour": "MEETS"}


def moment(*parts):
    return datetime(*parts, tzinfo=UTC)


@dataclass
class Ministry:
    """One agency under test: tells facts, and speaks as its HR officers."""

    service: object
    agency: str
    person: object
    hr: object = None
    second: object = None
    versions: dict = field(default_factory=dict)

    def __post_init__(self):
        self.hr = self.service.client(self.person("hr_officer"))
        self.second = self.service.client(self.person("hr_officer"))
        self.tell(
            "personnel",
            "AgencyChanged",
            self.agency,
            agency_id=self.agency,
            name="Kementerian Contoh",
            time_zone="Asia/Jakarta",
            version=1,
        )

    def at(self, *parts):
        self.service.clock.turn(moment(*parts))

    def tell(self, producer, fact, subject, /, *, sequence=None, time=None, **data):
        return self.service.deliver(
            fact,
            {key: str(value) if isinstance(value, UUID) else value for key, value in data.items()},
            producer=producer,
            agency=self.agency,
            subject=subject,
            sequence=sequence,
            time=time or self.service.clock.now(),
        )

    def next_version(self, *key):
        self.versions[key] = self.versions.get(key, 0) + 1
        return self.versions[key]

    def unit(self, parent=None, leader=None):
        unit_id = uuid4()
        told = {"unit_id": unit_id, "parent_id": parent, "code": f"U{unit_id.hex[:6]}", "name": "Biro SDM"}
        self.tell("personnel", "OrgUnitChanged", unit_id, **told, leader_id=leader, active=True, version=1)
        return unit_id

    def employ(self, employee_id=None, **changes):
        employee_id = employee_id or uuid4()
        told = {
            "employment_type": "PNS",
            "status": "ACTIVE",
            "grade": "III/b",
            "grade_since": "2023-04-01",
            "service_start": "2019-03-01",
            "version": self.next_version("employee", employee_id),
        }
        self.tell("personnel", "EmployeeChanged", employee_id, employee_id=employee_id, **{**told, **changes})
        return employee_id

    def assign(self, employee_id, unit_id=None, **changes):
        told = {
            "unit_id": unit_id or uuid4(),
            "position_code": "JF-ASDM-1",
            "position_kind": "JF",
            "position_level": "AHLI_PERTAMA",
            "job_class": 8,
            "appraiser_id": uuid4(),
            "reviewer_id": None,
            "effective_from": "2026-01-02",
            "version": self.next_version("assignment", employee_id),
        }
        self.tell("personnel", "AssignmentChanged", employee_id, employee_id=employee_id, **{**told, **changes})

    def hire(self, unit_id=None, **changes):
        """Somebody in service with a position; gives the employee's id."""
        placed = {
            key: changes.pop(key)
            for key in ("job_class", "position_kind", "position_level", "effective_from")
            if key in changes
        }
        employee_id = self.employ(**changes)
        self.assign(employee_id, unit_id, **placed)
        return employee_id

    def quarter(self, employee_id, year, quarter, predicate, *, evaluation_id=None, version=1):
        evaluation_id = evaluation_id or uuid4()
        self.tell(
            "appraisal",
            "AppraisalCompleted",
            employee_id,
            evaluation_id=evaluation_id,
            employee_id=employee_id,
            kind="PERIODIC",
            year=year,
            quarter=quarter,
            predicate=predicate,
            version=version,
            completed_by="APPRAISER",
            **WORK_RESULT,
        )
        return evaluation_id

    def issued(self, employee_id, year, predicate, *, evaluation_id=None, version=1):
        evaluation_id = evaluation_id or uuid4()
        told = {"evaluation_id": evaluation_id, "employee_id": employee_id, "year": year, "predicate": predicate}
        self.tell("appraisal", "AppraisalIssued", employee_id, **told, appraiser_id=uuid4(), version=version)
        return evaluation_id

    def annual(self, employee_id, year, predicate, *, evaluation_id=None, version=1):
        evaluation_id = evaluation_id or uuid4()
        self.tell(
            "appraisal",
            "AppraisalCompleted",
            employee_id,
            evaluation_id=evaluation_id,
            employee_id=employee_id,
            kind="ANNUAL",
            year=year,
            quarter=None,
            predicate=predicate,
            version=version,
            completed_by="DECIDED",
            **WORK_RESULT,
        )
        return evaluation_id

    def corrected(self, employee_id, year, predicate, *, evaluation_id, version, quarter=None, previous="GOOD"):
        self.tell(
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

    def policy(self, valid_from="2026-01-01", valid_to=None, **changes):
        """A published policy: the one of Siti's ministry, with changes."""
        body = {
            "name": "Kebijakan tukin",
            "valid_from": valid_from,
            "valid_to": valid_to,
            "rules": {**RULES, **changes},
            "legal_source": "Kebijakan rekaan Kementerian Contoh",
        }
        made = ok(self.hr.post(f"{V1}/policies", json=body), 201)
        return ok(self.second.post(f"{V1}/policies/{made['id']}/publish"))

    def amounts(self, effective_from="2022-01-01"):
        body = {"name": "perpres-103-2022", "effective_from": effective_from}
        return ok(self.hr.post(f"{V1}/class-amounts/adopt", json=body))["items"]

    def attend(self, employee_id, month, **counts):
        items = [{"employee_id": str(employee_id), "code": code, "count": count} for code, count in counts.items()]
        return ok(self.hr.post(f"{V1}/attendance", json={"month": month, "items": items}))

    def calculate(self, month):
        started = ok(self.hr.post(f"{V1}/allowance-runs", json={"month": month}), 202)
        self.service.run_jobs()
        return ok(self.hr.get(f"{V1}/allowance-runs/{started['id']}"))

    def decide(self, run, *, pay=True):
        path = f"{V1}/allowance-runs/{run['id']}"
        run = ok(self.second.post(f"{path}/approve", headers=match(run)))
        if pay:
            body = {"payment_reference": "SP2D-1"}
            run = ok(self.second.post(f"{path}/pay", json=body, headers=match(run)))
        return run

    def pay(self, month):
        return self.decide(self.calculate(month))

    def year(self, employee_id, year=2026, client=None):
        return ok((client or self.hr).get(f"{V1}/allowances?employee_id={employee_id}&year={year}"))

    def credit(self, employee_id):
        return ok(self.hr.get(f"{V1}/credit/{employee_id}"))

    def open_credit(self, employee_id, **changes):
        body = {
            "level": "AHLI_PERTAMA",
            "balance": "90.000",
            "base": "50.000",
            "as_of": "2025-12-31",
            "reference": "PAK-2025-1",
        }
        return ok(self.hr.put(f"{V1}/credit/{employee_id}/opening", json={**body, **changes}))

    def judged(self, employee_id, kind):
        found = ok(self.hr.get(f"{V1}/eligibility/{employee_id}"))["items"]
        return next(item for item in found if item["kind"] == kind)

    def facts(self, name):
        return [event["data"] for event in self.service.events(self.agency, name)]


def ok(response, status=200):
    assert response.status_code == status, (response.status_code, response.get_data(as_text=True))
    return response.get_json()


def match(view):
    return {"If-Match": f'"{view["version"]}"'}
