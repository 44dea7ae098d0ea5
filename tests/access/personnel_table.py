"""Siti's employee record, history and correction request, and the directory: who may do what with each."""

from typing import Any
from uuid import UUID

from testkit.service import ServiceUnderTest
from tests.access.personas import PEOPLE, SUPERIORS, UNIT_OF, UNITS, Personas
from tests.access.rows import NOTHING, REFUSED, Row, Scene, job_rows, operations_rows
from tests.personnel.builders import EMPLOYEE_COLUMNS, UNIT_COLUMNS, csv_file, employee_row, unit_row

RECORD = "owner appraiser reviewer leader hr inspector"
OVERSIGHT = "hr inspector leader"
NIPS = {name: f"199004172019032{number:03d}" for number, name in enumerate(SUPERIORS, start=1)}
MOVE = {
    "unit_id": "{elsewhere_unit}", "position_code": "ASDM-2", "position_title": "Analis", "position_kind": "JF",
    "position_level": "AHLI_MUDA", "job_class": 9, "effective_from": "2026-02-01", "reason": "mutasi",
}  # fmt: skip
DAY = {"effective_from": "2026-01-02", "reason": "surat keputusan"}
MERGER = {
    "into_id": "{elsewhere_unit}", "effective_from": "2026-07-01", "decision_number": "Permen 4/2026",
    "reason": "penataan",
}  # fmt: skip
PLH = {
    "kind": "PLH", "in_place_of_id": "{reviewer}", "substitute_id": "{owner}", "first_day": "2026-03-02",
    "last_day": "2026-03-06", "order_number": "SP-1", "scope": ["REVIEW"],
}  # fmt: skip
LEADER = {"employee_id": "{owner}", "role": "LEADER", "first_day": "2026-02-02"}
TEAM = {
    "name": "Tim", "order_number": "ST-1",
    "members": [LEADER, {"employee_id": "{reviewer}", "role": "MEMBER", "first_day": "2026-02-02"}],
}  # fmt: skip

TABLE = [
    *operations_rows(),
    *job_rows(),
    Row("GET /agencies/{agency_id}", f"{PEOPLE} operator"),
    Row("PATCH /agencies/{agency_id}", "operator", {"name": "Kementerian Contoh"}, foreign="in"),
    Row("GET /org-units/{unit_id}", PEOPLE),
    Row("PATCH /org-units/{unit_id}", "hr", {"name": "Subbagian"}),
    Row("GET /org-units/{unit_id}/timeline", "hr inspector", finds="{unit_id}"),
    Row("POST /org-units/{unit_id}/facts/{record_id}/withdrawal", "hr", {"reason": "keliru"},
        {"record_id": "leader_record_id"}),
    Row("POST /org-units/{unit_id}/closure", "hr", {"effective_from": "2026-03-01", "reason": "dibubarkan"},
        {"unit_id": "empty_unit"}),
    Row("POST /org-units/{unit_id}/merger", "hr", MERGER, own=REFUSED),
    Row("GET /officials/{official_id}", PEOPLE),
    Row("PATCH /officials/{official_id}", "hr", {"office": "Wakil Gubernur"}),
    Row("GET /substitutions", "owner reviewer hr inspector", finds="{substitution_id}"),
    Row("GET /substitutions/{substitution_id}", "owner reviewer hr inspector"),
    Row("PATCH /substitutions/{substitution_id}", "hr", {"last_day": "2026-03-04"}, own=REFUSED),
    Row("POST /substitutions/{substitution_id}/withdrawal", "hr", {"reason": "batal"}, own=REFUSED),
    Row("POST /substitutions", "hr", PLH | {"first_day": "2026-05-04", "last_day": "2026-05-08"}, own=REFUSED,
        foreign="422 invalid_input"),
    Row("GET /teams", "owner reviewer hr inspector", finds="{team_id}"),
    Row("GET /teams/{team_id}", "owner reviewer hr inspector"),
    Row("PUT /teams/{team_id}", "hr", TEAM | {"members": [{**LEADER, "last_day": "2026-06-30"}]}, own=REFUSED),
    Row("POST /teams", "hr", TEAM, own=REFUSED, foreign="422 invalid_input"),
    Row("GET /employees?nip={nip}", OVERSIGHT, finds="{owner}"),
    Row("GET /employees?unit_id={unit_unit}", OVERSIGHT, finds="{owner}"),
    Row("GET /employees/{employee_id}", RECORD),
    Row("GET /employees/{employee_id}/history", RECORD),
    Row("GET /employees/{employee_id}/subordinates", RECORD),
    Row("PATCH /employees/{employee_id}", "hr", {"name": "Siti Rahmania", "reason": "ejaan"}, own=REFUSED),
    Row("PUT /employees/{employee_id}/superior", "hr",
        {"superior_id": "{reviewer}", "effective_from": "2026-01-02", "reason": "salah"}, own=REFUSED),
    Row("POST /employees/{employee_id}/assignments", "hr", MOVE, own=REFUSED),
    Row("POST /employees/{employee_id}/status", "hr", {"status": "STUDY_LEAVE", **DAY}, own=REFUSED),
    Row("POST /employees/{employee_id}/employment-type", "hr", {"employment_type": "CPNS", **DAY}, own=REFUSED),
    Row("POST /employees/{employee_id}/grade", "hr", {"grade": "III/c", **DAY}, own=REFUSED),
    Row("POST /employees/{employee_id}/facts/{record_id}/withdrawal", "hr", {"reason": "salah orang"}, own=REFUSED),
    Row("POST /superiors", "hr", {"items": [{"employee_id": "{owner}", "superior_id": None}], **DAY}, finds="RECORDED", own=NOTHING),
    Row("POST /employees/{employee_id}/timeline/preview", "hr", {"grade": {"grade": "III/c", **DAY}}, own=REFUSED),
    Row("GET /employees/{employee_id}/timeline", RECORD),
    Row("GET /employees/{employee_id}/timeline?as_known_on=2026-02-01T00:00:00Z", RECORD),
    Row("POST /employees/{employee_id}/identifiers", "hr",
        {"value": "199004172019032999", "valid_from": "2026-01-02", "reason": "salah ketik"}, own=REFUSED),
    Row("GET /employees/me/correction-requests", "owner", finds="{request_id}"),
    Row("GET /correction-requests", "hr", finds="{request_id}"),
    Row("PUT /correction-requests/{request_id}/resolution", "hr", {"outcome": "REJECTED", "answer": "sudah benar"},
        own=REFUSED),
    Row("POST /employees/resolve", "hr", {"nips": ["{nip}"]}, finds="{owner}"),
    Row("GET /cards?ids={owner}", PEOPLE, finds="{owner}"),
    Row("GET /me", "owner", finds="{nip}"),
    Row("GET /summary?unit_id={unit_unit}", OVERSIGHT, finds="{unit_unit}"),
]  # fmt: skip


def make_scene(service: ServiceUnderTest) -> Scene:
    """The ministry as its own export tells it; personnel gives the ids."""
    scene = Scene(service, Personas(), "/api/v1/personnel")
    scene.turn(2026, 1, 5, 2)
    for agency in (scene.personas.agency, scene.personas.foreign_agency):
        scene.post("operator", "/agencies", {"id": agency, "name": "Kementerian", "time_zone": "Asia/Jakarta"})
    units = [unit_row(name, parent or "") for name, (parent, _) in UNITS.items()]
    _import(scene, "units", csv_file(units, UNIT_COLUMNS))
    people = [
        employee_row(NIPS[name], nama=name, kode_unit=UNIT_OF[name], nip_atasan=NIPS.get(superior or "", ""))
        for name, (superior, _) in SUPERIORS.items()
    ]
    scene.names["job_id"] = _import(scene, "employees", csv_file(people, EMPLOYEE_COLUMNS))
    _learn_ids(scene)
    scene.names |= {"agency_id": scene.personas.agency, "nip": NIPS["owner"], "employee_id": scene.names["owner"]}
    scene.names["unit_id"] = scene.names["unit_unit"]
    scene.names["record_id"] = scene.get("hr", "/employees/{owner}/timeline")["superiors"][0]["id"]
    _record_units(scene)
    official = {"name": "Ratna", "office": "Gubernur", "institution": "Provinsi", "first_day": "2025-02-20"}
    scene.names["official_id"] = scene.post("hr", "/officials", official)["id"]
    scene.names["substitution_id"] = scene.post("hr", "/substitutions", PLH)["id"]
    scene.names["team_id"] = scene.post("hr", "/teams", TEAM)["id"]
    asked = {"field": "name", "wanted": "Siti Rahmania"}
    scene.names["request_id"] = scene.post("owner", "/employees/me/correction-requests", asked)["id"]
    return scene


def _record_units(scene: Scene) -> None:
    """A leader who was recorded by mistake, and a unit in which nobody works."""
    scene.call("hr", "PATCH", "/org-units/{unit_id}", json={"leader_id": scene.names["colleague"]})
    records = scene.get("hr", "/org-units/{unit_id}/timeline")["records"]
    scene.names["leader_record_id"] = str(records[-1]["id"])
    scene.names["empty_unit"] = scene.post("hr", "/org-units", {"code": "kosong", "name": "Unit Kosong"})["unit_id"]


def _import(scene: Scene, kind: str, content: bytes) -> Any:
    import io

    started = scene.call("hr", "POST", f"/imports/{kind}", data={"file": (io.BytesIO(content), f"{kind}.csv")})
    scene.service.run_jobs()
    job = scene.get("hr", f"/jobs/{started['job_id']}")
    assert job["status"] == "DONE", job
    assert not scene.get("hr", f"/jobs/{started['job_id']}/issues")["items"]
    return started["job_id"]


def _learn_ids(scene: Scene) -> None:
    by_nip = {one["nip"]: one for one in scene.get("hr", "/employees?limit=200")["items"]}
    for name, nip in NIPS.items():
        scene.personas.ids[name] = UUID(by_nip[nip]["employee_id"])
        scene.personas.units[UNIT_OF[name]] = UUID(by_nip[nip]["unit_id"])
    scene.names |= scene.personas.names
