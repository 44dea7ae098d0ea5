"""Named people and documents of a small bureau; overrides by keyword."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from chassis.ids import new_id

API = "/api/v1/appraisal"


def a_result(kind="MAIN", title="Layanan kenaikan pangkat selesai tepat waktu", **fields):
    return {
        "kind": kind,
        "title": title,
        "indicators": [
            {"text": "usul selesai", "aspect": "QUANTITY", "target_number": "120", "unit": "usul"},
            {"text": "durasi layanan", "aspect": "TIME", "target_text": "paling lambat 5 hari", "unit": "hari"},
        ],
        **fields,
    }


def a_plan(year=2026, **fields):
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


def a_rating(work_result="MEETS", behaviour="MEETS", **fields):
    notes = {}
    if work_result == "BELOW":
        notes["work_result_note"] = "Waktu layanan 9 hari, target 5 hari"
    if behaviour == "BELOW":
        notes["behaviour_note"] = "Tiga kali tidak hadir rapat tanpa kabar"
    return {"work_result": work_result, "behaviour": behaviour, **notes, **fields}


@dataclass
class Bureau:
    service: object
    agency: str
    person: object
    root: object
    unit: object
    top: object
    chief: object
    head: object
    siti: object
    hr: object
    inspector: object
    stranger: object
    team: list = field(default_factory=list)

    @classmethod
    def found(cls, service, agency, person):
        root, bureau_unit, unit = new_id(), new_id(), new_id()
        top = person("unit_leader", unit_id=root)
        chief = person("unit_leader", unit_id=bureau_unit)
        head = person(unit_id=unit)
        siti = person(unit_id=unit)
        made = cls(
            service,
            agency,
            person,
            root,
            unit,
            top,
            chief,
            head,
            siti,
            person("hr_officer"),
            person("inspector"),
            person(),
        )
        made.bureau_unit = bureau_unit
        made.hear("AgencyChanged", agency, agency_id=agency, name="Kementerian Contoh", time_zone="Asia/Jakarta")
        for one, parent, leader in ((root, None, top), (bureau_unit, root, chief), (unit, bureau_unit, head)):
            made.add_unit(one, parent, leader)
        made.place(top, root, "JPT_MADYA")
        made.place(chief, bureau_unit, "JPT_PRATAMA", top)
        made.place(head, unit, "PENGAWAS", chief, top)
        made.place(siti, unit, "JF", head, chief)
        made.place(made.hr, bureau_unit, "PELAKSANA", chief, top)
        made.place(made.stranger, root, "PELAKSANA", top)
        return made

    def add_unit(self, unit, parent, leader):
        self.hear(
            "OrgUnitChanged",
            unit,
            unit_id=str(unit),
            parent_id=str(parent) if parent else None,
            code=str(unit)[-4:],
            name="Unit",
            leader_id=str(leader.employee_id) if leader else None,
            active=True,
        )

    def hear(self, event, subject, sequence=None, /, **data):
        return self.service.deliver(
            event, {**data, "version": 1}, producer="personnel", agency=self.agency, subject=subject, sequence=sequence
        )

    def place(self, who, unit, kind="JF", appraiser=None, reviewer=None, sequence=None):
        employee = who.employee_id
        if sequence is None:
            self.hear(
                "EmployeeChanged",
                employee,
                employee_id=str(employee),
                employment_type="PNS",
                status="ACTIVE",
                grade="III/b",
                grade_since="2024-04-01",
                service_start="2019-03-01",
            )
        self.hear(
            "AssignmentChanged",
            employee,
            sequence,
            employee_id=str(employee),
            unit_id=str(unit),
            position_code="JF-SDM",
            position_kind=kind,
            job_class=8,
            appraiser_id=str(appraiser.employee_id) if appraiser else None,
            reviewer_id=str(reviewer.employee_id) if reviewer else None,
            effective_from="2026-01-02",
        )

    def hire(self, count, unit=None):
        people = [self.person(unit_id=unit or self.unit) for _ in range(count)]
        for one in people:
            self.place(one, unit or self.unit, "JF", self.head, self.chief)
        self.team += people
        return people

    def turn(self, *parts):
        self.service.clock.turn(datetime(*parts, tzinfo=UTC))

    def call(self, who, method, path, status=None, **options):
        response = self.service.client(who).request(method, API + path, **options)
        if status is not None:
            assert response.status_code == status, (response.status_code, response.text)
        return response

    def post(self, who, path, json=None, status=None, **options):
        response = self.call(who, "POST", path, status, json=json, **options)
        return response.json if status is not None else response

    def get(self, who, path, status=200, **options):
        return self.call(who, "GET", path, status, **options).json

    def put(self, who, path, json=None, status=200, version=None):
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.call(who, "PUT", path, status, json=json, headers=headers).json

    def draft(self, who=None, **fields):
        return self.post(who or self.siti, "/plans", a_plan(**fields), 201)

    def active_plan(self, who=None, by=None, **fields):
        who = who or self.siti
        plan = self.draft(who, **fields)
        self.post(who, f"/plans/{plan['id']}/submit", status=200)
        self.post(by or self.head, f"/plans/{plan['id']}/activate", status=200)
        return plan

    def rate(self, quarter, work_result="MEETS", behaviour="MEETS", who=None, status=201, year=2026, **fields):
        body = a_rating(work_result, behaviour, employee_id=str((who or self.siti).employee_id), year=year)
        return self.post(self.head, "/evaluations/periodic", {**body, "quarter": quarter, **fields}, status)

    def issue(self, work_result="MEETS", behaviour="MEETS", who=None, status=201, year=2026, by=None, **fields):
        body = a_rating(work_result, behaviour, employee_id=str((who or self.siti).employee_id), year=year)
        return self.post(by or self.head, "/evaluations/annual", {**body, **fields}, status)

    def events(self, name=None):
        return self.service.events(self.agency, name)
