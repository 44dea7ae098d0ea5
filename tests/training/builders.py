"""Named test data: a ministry's people and a catalogue, with sensible defaults."""

from datetime import UTC, date, datetime
from uuid import UUID

from chassis.auth import Principal
from chassis.ids import new_id

BASE = "/api/v1/training"
POST = "JF-ASDM-1"
SITI_YEAR = datetime(2026, 7, 6, 3, tzinfo=UTC)


class World:
    """One agency as the service knows it, with Siti, her appraiser, HR and an inspector."""

    def __init__(self, service, agency, person, *, now=SITI_YEAR):
        self.service, self.agency, self.person = service, agency, person
        service.clock.turn(now)
        self.unit = new_id()
        self.tell(
            "AgencyChanged", agency, {"agency_id": agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta"}
        )
        self.tell_unit(self.unit)
        self.head = self.an_employee(position_code="PENGAWAS-1")
        self.siti = self.an_employee(appraiser=self.head)
        self.hr = self.an_employee("hr_officer", position_code="HR")
        self.inspector = self.an_employee("inspector", position_code="INS")
        self.leader = person("unit_leader", employee_id=self.head.employee_id, unit_id=self.unit)

    def tell(self, name, subject, data, producer="personnel", **options):
        return self.service.deliver(
            name, {"version": 1, **data}, producer=producer, agency=self.agency, subject=subject, **options
        )

    def tell_unit(self, unit_id, parent_id=None, code="U"):
        self.tell(
            "OrgUnitChanged",
            unit_id,
            {
                "unit_id": str(unit_id),
                "parent_id": str(parent_id) if parent_id else None,
                "code": code,
                "name": f"Unit {code}",
                "leader_id": None,
                "active": True,
            },
        )

    def an_employee(self, *roles, employment_type="PNS", **assignment) -> Principal:
        employee_id = new_id()
        self.employ(employee_id, employment_type)
        self.assign(employee_id, **assignment)
        return self.person(*roles, employee_id=employee_id)

    def employ(self, employee_id: UUID, employment_type="PNS", status="ACTIVE"):
        self.tell(
            "EmployeeChanged",
            employee_id,
            {"employee_id": str(employee_id), "employment_type": employment_type, "status": status, "grade": "III/b"},
        )

    def assign(self, employee_id, *, appraiser=None, position_code=POST, unit=None, **options):
        self.tell(
            "AssignmentChanged",
            employee_id,
            {
                "employee_id": str(employee_id),
                "unit_id": str(unit or self.unit),
                "position_code": position_code,
                "position_kind": "JF",
                "position_level": "AHLI_PERTAMA",
                "job_class": 8,
                "appraiser_id": str(appraiser.employee_id) if appraiser else None,
                "reviewer_id": None,
                "effective_from": "2026-01-01",
            },
            **options,
        )

    def follow_up(self, employee, *codes, follow_up_id=None, **options):
        follow_up_id = follow_up_id or new_id()
        self.tell(
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

    # requests

    def get(self, actor, path, status=200):
        answer = self.service.client(actor).get(BASE + path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json(silent=True)

    def post(self, actor, path, body=None, status=None, **options):
        answer = self.service.client(actor).post(BASE + path, json=body if body is not None else {}, **options)
        assert answer.status_code == status if status else answer.status_code in {200, 201}, answer.get_data(
            as_text=True
        )
        return answer.get_json()

    def put(self, actor, path, body, status=200, match="*"):
        answer = self.service.client(actor).put(BASE + path, json=body, headers={"If-Match": match} if match else {})
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def a_competency(self, code="process_analysis", name="Analisis proses"):
        return self.post(self.hr, "/competencies", {"code": code, "kind": "TECHNICAL", "name": name})

    def a_standard(self, code="process_analysis", level=3, position=POST, valid_from="2026-01-01", **more):
        return self.post(
            self.hr,
            "/standards",
            {
                "position_code": position,
                "competency_code": code,
                "required_level": level,
                "valid_from": valid_from,
                **more,
            },
        )

    def an_assessment(self, employee, level=2, code="process_analysis", actor=None, **more):
        body = {"employee_id": str(employee.employee_id), "competency_code": code, "actual_level": level, **more}
        return self.post(actor or self.head, "/assessments", body)

    def a_course(self, code="WS-PA", jp=8, kind="WORKSHOP", **more):
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

    def a_session(self, course="WS-PA", seats=10, starts_on="2026-09-01", **more):
        return self.post(self.hr, f"/courses/{course}/sessions", {"seats": seats, "starts_on": starts_on, **more})

    def enrol(self, actor, session, status=None, **body):
        return self.post(actor, f"/sessions/{session['id']}/enrolments", body, status)

    def finish(self, employee, session, number="S-1"):
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

    def on(self, day: date, hour=3):
        self.service.clock.turn(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def external(self, actor, number="X-1", status=None, **more):
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

    def facts(self, name):
        return [one["data"] for one in self.service.events(self.agency, name)]
