"""Named people and documents of a small bureau; overrides by keyword."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.test import TestResponse

from appraisal.domain.rules import Rule, RuleKind
from appraisal.persistence import models
from chassis.auth import Principal
from chassis.bus.envelope import to_json
from chassis.ids import new_id
from chassis.records import insert_record
from testkit.service import ServiceUnderTest

API = "/api/v1/appraisal"
MakePerson = Callable[..., Principal]
Json = Any
START = date(2024, 1, 1)
UP_TO_THE_SECOND = 6
ORDINARY: Json = {
    "position_code": "JF-SDM",
    "position_level": "AHLI_PERTAMA",
    "job_class": 8,
    "employment_type": "PNS",
    "status": "ACTIVE",
    "grade": "III/b",
    "grade_since": date(2024, 4, 1),
}


def ended(stretches: list[Json]) -> list[Json]:
    """End each stretch on the day before the next; the last one stays open."""
    last_days = [following["first_day"] - timedelta(days=1) for _, following in pairwise(stretches)]
    return [{**one, "last_day": day} for one, day in zip(stretches, [*last_days, None], strict=True)]


def a_result(kind: str = "MAIN", title: str = "Layanan kenaikan pangkat selesai tepat waktu", **fields: Json) -> Json:
    return {
        "kind": kind,
        "title": title,
        "indicators": [
            {"text": "usul selesai", "aspect": "QUANTITY", "target_number": "120", "unit": "usul"},
            {"text": "durasi layanan", "aspect": "TIME", "target_text": "paling lambat 5 hari", "unit": "hari"},
        ],
        **fields,
    }


def a_plan(year: int = 2026, **fields: Json) -> Json:
    return {
        "year": year,
        "model": "QUANTITATIVE",
        "work_results": [
            a_result(),
            a_result(title="Data kepegawaian mutakhir"),
            a_result(title="Konsultasi kepegawaian terlayani"),
            a_result("EXTRA", "Anggota tim reformasi birokrasi"),
        ],
        "behaviour_expectations": [{"value": "BP", "expectation": "Menjawab pertanyaan dalam satu hari kerja"}],
        "annex": {"support": ["akses SIASN"], "accountability": ["laporan bulanan"], "consequences": ["umpan balik"]},
        **fields,
    }


def a_rating(work_result: str = "MEETS", behaviour: str = "MEETS", **fields: Json) -> Json:
    notes = {}
    if work_result == "BELOW":
        notes["work_result_note"] = "Waktu layanan 9 hari, target 5 hari"
    if behaviour == "BELOW":
        notes["behaviour_note"] = "Tiga kali tidak hadir rapat tanpa kabar"
    if work_result == behaviour == "ABOVE":
        notes["work_result_note"] = "Gagasan antrean daring mempercepat layanan dari 5 hari menjadi 2 hari"
    return {"work_result": work_result, "behaviour": behaviour, **notes, **fields}


def let_receipts_be_deemed(service: ServiceUnderTest, agency: str, officer: UUID, days: int = 7) -> None:
    """Enter a version of rule OBJECTION that an agency has had for long."""
    value = {"objection_days": 14, "decision_days": 14, "deemed_receipt_days": days}
    rule = Rule(RuleKind.OBJECTION, f"{agency}/2024", START, value, "Peraturan Menteri Contoh 2/2024", verified=True)
    enter_rule(service, agency, officer, rule)


def enter_rule(service: ServiceUnderTest, agency: str, officer: UUID, rule: Rule) -> None:
    """Enter a rule that an agency has had for long."""
    with service.work.transaction(agency) as tx:
        named = {"reason": "Kebijakan instansi", "set_by": officer, "set_at": tx.now}
        insert_record(tx, models.RuleVersion, rule, id=new_id(), **named)


@dataclass
class Bureau:
    """A ministry with a bureau and a unit: `top` leads it, `chief` the bureau, `head` the unit of `siti`."""

    service: ServiceUnderTest
    agency: str
    person: MakePerson
    root: UUID
    bureau_unit: UUID
    unit: UUID
    top: Principal
    chief: Principal
    head: Principal
    siti: Principal
    hr: Principal
    inspector: Principal
    outsider: Principal
    second_hr: Principal
    team: list[Principal] = field(default_factory=list)
    timelines: dict[UUID, list[Json]] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)

    @classmethod
    def found(cls, service: ServiceUnderTest, agency: str, person: MakePerson) -> "Bureau":
        root, bureau_unit, unit = new_id(), new_id(), new_id()
        made = cls(
            service=service,
            agency=agency,
            person=person,
            root=root,
            bureau_unit=bureau_unit,
            unit=unit,
            top=person("unit_leader", unit_id=root),
            chief=person("unit_leader", unit_id=bureau_unit),
            head=person(unit_id=unit),
            siti=person(unit_id=unit),
            hr=person("hr_officer"),
            inspector=person("inspector"),
            outsider=person(),
            second_hr=person("hr_officer"),
        )
        with service.in_one_batch():
            made.deliver_everything()
        return made

    def deliver_everything(self) -> None:
        """Deliver the agency, its units and its people."""
        self.deliver(
            "AgencyChanged", self.agency, agency_id=self.agency, name="Kementerian Contoh", time_zone="Asia/Jakarta"
        )
        self.add_unit(self.root, None, self.top)
        self.add_unit(self.bureau_unit, self.root, self.chief)
        self.add_unit(self.unit, self.bureau_unit, self.head)
        self.place(self.top, self.root, "JPT_MADYA")
        self.place(self.chief, self.bureau_unit, "JPT_PRATAMA", self.top)
        self.place(self.head, self.unit, "PENGAWAS", self.chief)
        self.place(self.siti, self.unit, "JF", self.head)
        self.place(self.hr, self.bureau_unit, "PELAKSANA", self.chief)
        self.place(self.outsider, self.root, "PELAKSANA", self.top)

    def add_unit(self, unit: UUID, parent: UUID | None, leader: Principal | None, version: int = 1) -> None:
        stretch = {
            "first_day": START,
            "last_day": None,
            "parent_id": parent,
            "code": str(unit)[-4:],
            "name": "Unit",
            "leader_id": leader and leader.employee_id,
            "active": True,
        }
        self.deliver("OrgUnitTimelineChanged", unit, version, unit_id=unit, changed_from=START, stretches=[stretch])

    def deliver(self, event: str, subject: object, version: int = 1, /, **data: Json) -> None:
        self.service.deliver(
            event, to_json({**data, "version": version}), producer="personnel", agency=self.agency, subject=subject
        )

    def place(
        self,
        who: Principal,
        unit: UUID,
        kind: str = "JF",
        appraiser: Principal | None = None,
        **change: Json,
    ) -> None:
        """Tell what somebody is from a day on (`since`); without that day it has always been so."""
        self.change(who, unit_id=unit, position_kind=kind, superior_id=appraiser and appraiser.employee_id, **change)

    def change(
        self,
        who: Principal,
        since: date | None = None,
        cause: str = "CHANGE",
        version: int | None = None,
        **values: Json,
    ) -> None:
        """Tell that these values of somebody's stretch hold from a day on, and what follows is as it was known."""
        assert who.employee_id is not None
        known = self.timelines.get(who.employee_id, [])
        day = since or START
        earlier = [one for one in known if one["first_day"] < day]
        last = known[-1] if known else ORDINARY
        stretches = ended([*earlier, {**last, **values, "first_day": day}])
        self.timelines[who.employee_id] = stretches
        self.versions[who.employee_id] = version or self.versions.get(who.employee_id, 0) + 1
        self.deliver(
            "EmployeeTimelineChanged",
            who.employee_id,
            self.versions[who.employee_id],
            employee_id=who.employee_id,
            service_start=date(2019, 3, 1),
            changed_from=day,
            cause=cause,
            stretches=stretches,
        )

    def stand_in(
        self,
        substitute: Principal,
        in_place_of: Principal,
        first_day: date,
        last_day: date,
        kind: str = "PLH",
        scope: tuple[str, ...] = ("APPRAISE", "REVIEW"),
    ) -> None:
        """Tell that somebody stands in for an official on these days."""
        substitution = new_id()
        self.deliver(
            "SubstitutionChanged",
            substitution,
            substitution_id=substitution,
            kind=kind,
            in_place_of_id=in_place_of.employee_id,
            substitute_id=substitute.employee_id,
            first_day=first_day,
            last_day=last_day,
            scope=scope,
            employee_ids=None,
            withdrawn=False,
        )

    def hire(self, count: int, unit: UUID | None = None) -> list[Principal]:
        people = [self.person(unit_id=unit or self.unit) for _ in range(count)]
        for one in people:
            self.place(one, unit or self.unit, "JF", self.head)
        self.team += people
        return people

    def turn(self, *parts: int) -> None:
        """Set the business clock, in UTC; named to the second it stands, or a busy machine would be past it."""
        moment = datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # the first parts of a moment
        clock = self.service.clock
        (clock.freeze if len(parts) == UP_TO_THE_SECOND else clock.turn)(moment)

    def call(
        self, who: Principal | None, method: str, path: str, status: int | None = None, **options: Json
    ) -> TestResponse:
        response = self.service.client(who).request(method, API + path, **options)
        if status is not None:
            assert response.status_code == status, (response.status_code, response.text)
        return response

    def post(self, who: Principal, path: str, json: Json = None, status: int | None = None, **options: Json) -> Json:
        """Return the response, or its JSON when a status is expected."""
        response = self.call(who, "POST", path, status, json=json, **options)
        return response.json if status is not None else response

    def get(self, who: Principal, path: str, status: int = 200, **options: Json) -> Json:
        return self.call(who, "GET", path, status, **options).json

    def put(self, who: Principal, path: str, json: Json = None, status: int = 200, version: int | None = None) -> Json:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.call(who, "PUT", path, status, json=json, headers=headers).json

    def draft(self, who: Principal | None = None, **fields: Json) -> Json:
        return self.post(who or self.siti, "/plans", a_plan(**fields), 201)

    def agree(self, by: Principal, path: str, status: int = 200, version: int | None = None) -> Json:
        """Agree the plan in a version that was read, or as it is now."""
        version = version or self.get(self.hr, path)["version"]
        return self.post(by, f"{path}/activate", status=status, headers={"If-Match": f'"{version}"'})

    def as_read(self, *plan_ids: str) -> Json:
        """Return these plans as a batch names them: each in the version of now."""
        return {
            "plans": [{"plan_id": one, "version": self.get(self.hr, f"/plans/{one}")["version"]} for one in plan_ids]
        }

    def active_plan(self, who: Principal | None = None, by: Principal | None = None, **fields: Json) -> Json:
        who = who or self.siti
        plan = self.draft(who, **fields)
        submitted = self.post(who, f"/plans/{plan['id']}/submit", status=200)
        self.agree(by or self.head, f"/plans/{plan['id']}", version=submitted["version"])
        return plan

    def rate(
        self,
        quarter: int,
        work_result: str = "MEETS",
        behaviour: str = "MEETS",
        who: Principal | None = None,
        status: int = 201,
        year: int = 2026,
        **fields: Json,
    ) -> Json:
        body = a_rating(work_result, behaviour, employee_id=str((who or self.siti).employee_id), year=year)
        return self.post(self.head, "/evaluations/periodic", {**body, "quarter": quarter, **fields}, status)

    def rerate(self, proposal: Json, quarter: int, *rating: str, status: int = 201, **fields: Json) -> Json:
        """Change a proposal that was seen, with a reason."""
        body = a_rating(*rating, employee_id=str(self.siti.employee_id), year=2026, quarter=quarter)
        headers = {"If-Match": f'"{proposal["version"]}"'}
        body = {**body, "reason": "Bukti baru", **fields}
        return self.post(self.head, "/evaluations/periodic", body, status, headers=headers)

    def rate_fourth_quarter(self, by: Principal | None = None, *people: Principal) -> None:
        """Make the last periodic evaluations of 2026 final in January, after which the year is rated."""
        self.turn(2027, 1, 5, 3)
        ratings = [a_rating(employee_id=str(one.employee_id)) for one in people or (self.siti,)]
        body = {"year": 2026, "quarter": 4, "items": ratings}
        done = self.post(by or self.head, "/evaluations/periodic/batch", body, 200)["items"]
        assert {one["outcome"] for one in done} == {"DONE"}, done

    def issue(
        self,
        work_result: str = "MEETS",
        behaviour: str = "MEETS",
        who: Principal | None = None,
        status: int = 201,
        year: int = 2026,
        by: Principal | None = None,
        **fields: Json,
    ) -> Json:
        body = a_rating(work_result, behaviour, employee_id=str((who or self.siti).employee_id), year=year)
        return self.post(by or self.head, "/evaluations/annual", {**body, **fields}, status)

    def propose_correction(
        self, evaluation_id: str, *rating: str, by: Principal | None = None, status: int = 201, **fields: Json
    ) -> Json:
        body = {"reason": "Data keliru", "order_reference": "SK-1/2026", **a_rating(*rating), **fields}
        return self.post(by or self.chief, f"/evaluations/{evaluation_id}/corrections", body, status)

    def end_correction(
        self, order: Json, move: str = "approve", by: Principal | None = None, status: int = 200, version: Json = None
    ) -> Json:
        headers = {"If-Match": f'"{version or order["version"]}"'}
        return self.post(
            by or self.hr, f"/corrections/{order['id']}/{move}", {"reason": "Diperiksa"}, status, headers=headers
        )

    def correct(self, evaluation_id: str, *rating: str, by: Principal | None = None, **fields: Json) -> Json:
        """Correct by two officers: the reviewer, or who is named, proposes; HR approves. Return the evaluation."""
        self.end_correction(self.propose_correction(evaluation_id, *rating, by=by, **fields))
        return self.get(self.hr, f"/evaluations/{evaluation_id}")

    def let_receipts_be_deemed(self, days: int = 7) -> None:
        """Turn on what is off by itself: a document that nobody confirms counts as received after so many days."""
        assert self.hr.employee_id is not None
        let_receipts_be_deemed(self.service, self.agency, self.hr.employee_id, days)

    def have_rule(self, kind: str, value: Json) -> None:
        """Enter a version of a rule that the agency has had for long."""
        assert self.hr.employee_id is not None
        rule = Rule(RuleKind(kind), f"{self.agency}/2024", START, value, "Kebijakan instansi", verified=True)
        enter_rule(self.service, self.agency, self.hr.employee_id, rule)

    def propose(self, kind: str, value: Json, since: str | None = None, status: int = 201, **change: Json) -> Json:
        """Propose a version of a rule from a day on, or from today, where the bureau is; `by` is who does."""
        today = self.service.clock.now().astimezone(ZoneInfo("Asia/Jakarta")).date()
        body = {"kind": kind, "value": value, "effective_from": since or today.isoformat(), "reason": "Penyesuaian"}
        source = {"legal_source": "Peraturan Menteri Contoh", "verified": True}
        by = change.pop("by", self.hr)
        return self.post(by, "/rules/proposals", {**body, **source, **change}, status)

    def approve(
        self, proposal: Json, by: Principal | None = None, status: int | None = 200, move: str = "approve"
    ) -> Json:
        path = f"/rules/proposals/{proposal['id']}/{move}"
        headers = {"If-Match": f'"{proposal["version"]}"'}
        return self.post(by or self.second_hr, path, {"reason": "Sesuai peraturan"}, status, headers=headers)

    def set_rule(self, kind: str, value: Json, since: str | None = None, **change: Json) -> Json:
        """One officer proposes a version of a rule, the other approves it."""
        return self.approve(self.propose(kind, value, since, **change))

    def answer(self, objection: str, by: Principal | None = None, status: int = 200) -> Json:
        """Answer an objection in writing, as the appraiser: now it may be decided."""
        statement = {"statement": "Target semester kedua tidak tercapai"}
        return self.post(by or self.head, f"/objections/{objection}/statement", statement, status)

    def events(self, name: str | None = None) -> list[dict[str, Json]]:
        return self.service.events(self.agency, name)
