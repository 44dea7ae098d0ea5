"""Named test data: a ministry's people and a catalogue, with sensible defaults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.bus.envelope import Event, to_json
from chassis.ids import new_id
from directory.timelines import Stretch
from testkit.service import ServiceUnderTest
from tests.directory.builders import employee_timeline, from_day, substitution, unit_from, unit_timeline

Json = dict[str, Any]

BASE = "/api/v1/training"
POST = "JF-ASDM-1"
LONG_AGO = date(2024, 1, 1)
SITI_YEAR = datetime(2026, 7, 6, 3, tzinfo=UTC)


class Context:
    """One agency as the service knows it, with Siti, her appraiser, HR and an inspector."""

    def __init__(
        self, service: ServiceUnderTest, agency: str, person: Callable[..., Principal], *, now: datetime = SITI_YEAR
    ) -> None:
        self.service, self.agency, self.person = service, agency, person
        self.timelines: dict[UUID, tuple[Stretch, ...]] = {}
        self.events_of: dict[UUID, Event] = {}
        service.clock.turn(now)
        self.unit = new_id()
        self.deliver(
            "AgencyChanged", agency, {"agency_id": agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta"}
        )
        self.deliver_unit(self.unit)
        self.head = self.an_employee(position_code="PENGAWAS-1")
        self.siti = self.an_employee(appraiser=self.head)
        self.hr = self.an_employee("hr_officer", position_code="HR")
        self.second_hr = self.an_employee("hr_officer", position_code="HR")
        self.inspector = self.an_employee("inspector", position_code="INS")
        self.leader = person("unit_leader", employee_id=self.head.employee_id, unit_id=self.unit)

    def deliver(self, name: str, subject: object, data: Json, producer: str = "personnel", **options: Any) -> Event:
        return self.service.deliver(
            name, to_json({"version": 1, **data}), producer=producer, agency=self.agency, subject=subject, **options
        )

    def deliver_unit(self, unit_id: UUID, parent_id: UUID | None = None, code: str = "U") -> None:
        stretch = unit_from(LONG_AGO, parent_id=parent_id, code=code, name=f"Unit {code}")
        self.deliver("OrgUnitTimelineChanged", unit_id, unit_timeline(unit_id, stretch))

    def an_employee(
        self, *roles: str, appraiser: Principal | None = None, unit: UUID | None = None, **values: Any
    ) -> Principal:
        """Somebody who has always been so: `values` are those of the stretch."""
        employee_id = new_id()
        self.publish(employee_id, self.stretch(LONG_AGO, appraiser=appraiser, unit=unit, **values))
        return self.person(*roles, employee_id=employee_id)

    def stretch(
        self, first_day: date, *, appraiser: Principal | None = None, unit: UUID | None = None, **values: Any
    ) -> Stretch:
        place = {"unit_id": unit or self.unit, "superior_id": appraiser and appraiser.employee_id}
        return from_day(first_day, **{"position_code": POST, **place, **values})

    def publish(
        self,
        employee_id: UUID,
        *stretches: Stretch,
        service_start: date = date(2019, 3, 1),
        version: int | None = None,
        **options: Any,
    ) -> None:
        """Publish a whole timeline, as the next version unless told otherwise."""
        number = version or self.service.sequences.get(("personnel", str(employee_id)), 0) + 1
        data = {**employee_timeline(employee_id, *stretches, version=number), "service_start": service_start}
        self.timelines[employee_id] = stretches
        self.events_of[employee_id] = self.deliver("EmployeeTimelineChanged", employee_id, data, **options)

    def change(self, who: Principal, since: date | None = None, **values: Any) -> None:
        """Publish that these values hold from a day on, or have always held."""
        assert who.employee_id is not None
        known = self.timelines[who.employee_id]
        day = since or known[0].first_day
        earlier = [one for one in known if one.first_day < day]
        self.publish(who.employee_id, *earlier, replace(known[-1], first_day=day, **values))

    def substitute(self, official: Principal, acting: Principal, first_day: date, last_day: date) -> None:
        """Publish that somebody acts for an official in all duties."""
        named = {"in_place_of_id": official.employee_id, "substitute_id": acting.employee_id}
        data = substitution("plh", "head", "acting", substitution_id=new_id(), first_day=first_day, last_day=last_day)
        self.deliver("SubstitutionChanged", data["substitution_id"], {**data, **named})

    def follow_up(self, employee: Principal, *codes: str, follow_up_id: UUID | None = None, **options: Any) -> UUID:
        follow_up_id = follow_up_id or new_id()
        self.deliver(
            "FollowUpOpened",
            employee.employee_id,
            {
                "follow_up_id": str(follow_up_id),
                "employee_id": str(employee.employee_id),
                "kind": "COACHING",
                "evaluation_id": str(new_id()),
                "competency_codes": list(codes),
            },
            producer="appraisal",
            **options,
        )
        return follow_up_id

    def end_follow_up(self, employee: Principal, follow_up_id: UUID, cause: str = "CORRECTED", **options: Any) -> None:
        named = {"follow_up_id": str(follow_up_id), "employee_id": str(employee.employee_id), "cause": cause}
        data = {**named, "kind": "COACHING", "evaluation_id": str(new_id()), "version": 2}
        self.deliver("FollowUpClosed", employee.employee_id, data, producer="appraisal", **options)

    # requests

    def get(self, actor: Principal, path: str, status: int = 200) -> Any:
        answer = self.service.client(actor).get(BASE + path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json(silent=True)

    def post(
        self, actor: Principal, path: str, body: Json | None = None, status: int | None = None, **options: Any
    ) -> Any:
        answer = self.service.client(actor).post(BASE + path, json=body if body is not None else {}, **options)
        assert answer.status_code == status if status else answer.status_code in {200, 201}, answer.get_data(
            as_text=True
        )
        return answer.get_json()

    def two(self, path: str, body: Json) -> Any:
        """One HR officer proposes, the second approves; gives what came of it."""
        made = self.post(self.hr, path, body, 202)
        headers = {"If-Match": f'"{made["version"]}"'}
        approve = f"/proposals/{made['id']}/approve"
        return self.post(self.second_hr, approve, {"reason": "Sudah diperiksa"}, headers=headers)["outcome"]

    def put(self, actor: Principal, path: str, body: Json, status: int = 200, match: str | None = "*") -> Any:
        answer = self.service.client(actor).put(BASE + path, json=body, headers={"If-Match": match} if match else {})
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def a_competency(self, code: str = "process_analysis", name: str = "Analisis proses") -> Any:
        return self.post(self.hr, "/competencies", {"code": code, "kind": "TECHNICAL", "name": name})

    def a_standard(
        self,
        code: str = "process_analysis",
        level: int = 3,
        position: str = POST,
        valid_from: str = "2026-01-01",
        **more: Any,
    ) -> Any:
        return self.two(
            "/standards",
            {
                "position_code": position,
                "competency_code": code,
                "required_level": level,
                "valid_from": valid_from,
                **more,
            },
        )

    def an_assessment(
        self,
        employee: Principal,
        level: int = 2,
        code: str = "process_analysis",
        actor: Principal | None = None,
        **more: Any,
    ) -> Any:
        body = {"employee_id": str(employee.employee_id), "competency_code": code, "actual_level": level, **more}
        return self.post(actor or self.head, "/assessments", body)

    def a_course(self, code: str = "WS-PA", jp: int = 8, kind: str = "WORKSHOP", **more: Any) -> Any:
        body = {
            "code": code,
            "title": f"Pelatihan {code}",
            "kind_code": kind,
            "jp": jp,
            "provider": "Pusdiklat Contoh",
            "competency_codes": [],
            **more,
        }
        return self.post(self.hr, "/courses", body)

    def a_session(self, course: str = "WS-PA", seats: int = 10, starts_on: str = "2026-09-01", **more: Any) -> Any:
        return self.post(self.hr, f"/courses/{course}/sessions", {"seats": seats, "starts_on": starts_on, **more})

    def enrol(self, actor: Principal, session: Json, status: int | None = None, **body: Any) -> Any:
        return self.post(actor, f"/sessions/{session['id']}/enrolments", body, status)

    def finish(self, employee: Principal, session: Json, number: str = "S-1") -> Any:
        """Turn the clock to the session's last day, mark attendance and issue the certificate."""
        self.on(date.fromisoformat(session["ends_on"]))
        employee_id = str(employee.employee_id)
        self.post(
            self.hr,
            f"/sessions/{session['id']}/attendance",
            {"entries": [{"employee_id": employee_id, "present": True}]},
        )
        body = {"items": [{"employee_id": employee_id, "certificate_number": number}]}
        return self.post(self.hr, f"/sessions/{session['id']}/certificates", body)["items"][0]

    def on(self, day: date, hour: int = 3) -> None:
        self.service.clock.turn(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def external(self, actor: Principal, number: str = "X-1", status: int | None = None, **more: Any) -> Any:
        body = {
            "title": "Coaching analisis proses",
            "provider": "Biro SDM",
            "certificate_number": number,
            "kind_code": "COACHING",
            "jp": 4,
            "started_on": "2026-07-01",
            "completed_on": "2026-07-02",
            "evidence_link": "https://berkas.example/x-1.pdf",
            **more,
        }
        return self.post(actor, "/records", body, status)

    def published(self, name: str) -> list[Json]:
        return [one["data"] for one in self.service.events(self.agency, name)]
