"""Siti's needs, development plan, seats, certificates, learning hours and loans: who may do what with each."""

import io

from testkit.service import ServiceUnderTest
from tests.access.personas import PEOPLE, Personas, deliver_directory
from tests.access.rows import REFUSED, Row, Scene, job_rows, operations_rows, proposal_rows

READERS = "owner appraiser hr inspector"
ACTORS = "owner appraiser hr"
DRAFTERS = "owner hr"
EVERYBODY = PEOPLE
OVERSIGHT = "hr inspector leader"
REASON = {"reason": "selesai"}
ITEM = {"goal": "Analisis proses", "course_code": "WS-PA"}
CERTIFICATE = {
    "employee_id": "{owner}", "title": "Coaching", "provider": "Biro SDM", "kind_code": "COACHING", "jp": 4,
    "started_on": "2026-07-01", "completed_on": "2026-07-02", "evidence_link": "https://berkas.example/1.pdf",
}  # fmt: skip
SESSION = {"seats": 10, "starts_on": "2026-09-01"}
PRESENT = {"entries": [{"employee_id": "{owner}", "present": True}]}
ITEM_OF_LIBRARY = {"title": "Analisis proses bisnis", "kind": "BOOK", "copies": 1}
LAST_DAY = (2026, 9, 1, 3)


def submit(scene: Scene) -> None:
    scene.post("owner", "/plans/{plan_id}/submit")


def agree(scene: Scene) -> None:
    scene.post("appraiser", "/plans/{plan_id}/agree", {"note": ""})


def read_list(scene: Scene) -> None:
    scene.post("owner", "/plans/{plan_id}/items/{item_id}/reading-list", {"item_id": "{reference_item_id}"})


def attend(scene: Scene) -> None:
    scene.post("outsider", "/sessions/{session_id}/attendance", PRESENT)


def verify(scene: Scene) -> None:
    scene.post("hr", "/records/{record_id}/verify", {})


TABLE = [
    *operations_rows(),
    *proposal_rows(),
    *job_rows(),
    Row("PUT /competencies/{competency_code}", "hr", {"kind": "TECHNICAL", "name": "Analisis"}),
    Row("POST /assessments", "appraiser hr",
        {"employee_id": "{owner}", "competency_code": "process_analysis", "actual_level": 2}, own=REFUSED),
    Row("GET /employees/{employee_id}/competencies", READERS),
    Row("GET /needs?employee_id={owner}", READERS, finds="{need_id}"),
    Row("GET /needs?team=true", "appraiser", finds="{need_id}"),
    Row("GET /needs", "owner hr inspector", finds="{need_id}"),
    Row("POST /needs", ACTORS, {"employee_id": "{owner}", "competency_code": "integrity", "reason": "x"}),
    Row("GET /needs/{need_id}", READERS),
    Row("GET /needs/{need_id}/suggestions", READERS),
    Row("POST /needs/{need_id}/meet", "appraiser hr", REASON, own=REFUSED),
    Row("POST /needs/{need_id}/meet", "appraiser hr", REASON, {"need_id": "wish_id"}, own=REFUSED),
    Row("POST /needs/{need_id}/cancel", "appraiser hr", REASON, own=REFUSED),
    Row("POST /needs/{need_id}/cancel", ACTORS, REASON, {"need_id": "wish_id"}),
    Row("GET /plans?employee_id={owner}", READERS, finds="{plan_id}"),
    Row("POST /plans", DRAFTERS, {"employee_id": "{owner}", "year": 2028}),
    Row("GET /plans/{plan_id}", READERS),
    Row("POST /plans/{plan_id}/items", DRAFTERS, ITEM),
    Row("PUT /plans/{plan_id}/items/{item_id}", DRAFTERS, ITEM),
    Row("DELETE /plans/{plan_id}/items/{item_id}", DRAFTERS),
    Row("POST /plans/{plan_id}/items/{item_id}/reading-list", ACTORS, {"item_id": "{reference_item_id}"}),
    Row("POST /plans/{plan_id}/items/{item_id}/reading-list/{reference_item_id}/read", "owner", given=(read_list,)),
    Row("POST /plans/{plan_id}/submit", DRAFTERS),
    Row("POST /plans/{plan_id}/return", "appraiser", REASON, given=(submit,), own=REFUSED),
    Row("POST /plans/{plan_id}/agree", "appraiser", {"note": ""}, given=(submit,), own=REFUSED),
    Row("POST /plans/{plan_id}/revise", DRAFTERS, given=(submit, agree)),
    Row("GET /courses/{course_code}", EVERYBODY),
    Row("PUT /courses/{course_code}", "hr",
        {"title": "Analisis", "kind_code": "WORKSHOP", "jp": 8, "provider": "Pusdiklat"}),
    Row("POST /courses/{course_code}/sessions", "hr", SESSION),
    Row("GET /sessions/{session_id}", EVERYBODY),
    Row("PUT /sessions/{session_id}", "hr", {**SESSION, "trainer_id": "{outsider}"}),
    Row("POST /sessions/{session_id}/cancel", "hr", REASON),
    Row("POST /sessions/{session_id}/enrolments", ACTORS, {"employee_id": "{owner}"}, {"session_id": "free_session_id"}),
    Row("GET /sessions/{session_id}/enrolments", "hr inspector outsider"),
    Row("POST /sessions/{session_id}/attendance", "hr outsider", PRESENT, on=LAST_DAY),
    Row("POST /sessions/{session_id}/certificates", "hr",
        {"items": [{"employee_id": "{owner}", "certificate_number": "S-1"}]},
        given=(attend,), on=LAST_DAY, finds="ISSUED", own="nothing"),
    Row("GET /enrolments?employee_id={owner}", READERS, finds="{enrolment_id}"),
    Row("POST /enrolments/{enrolment_id}/cancel", ACTORS, REASON),
    Row("GET /records?employee_id={owner}", READERS, finds="{record_id}"),
    Row("POST /records", DRAFTERS, {**CERTIFICATE, "certificate_number": "X-2"}),
    Row("GET /records/{record_id}", f"{READERS} former"),
    Row("POST /records/{record_id}/verify", "hr", {}, own=REFUSED),
    Row("POST /records/{record_id}/reject", "hr", REASON, own=REFUSED),
    Row("POST /records/{record_id}/revoke", "hr", {"reason_code": "ENTERED_IN_ERROR"}, given=(verify,), own=REFUSED),
    Row("GET /ledger/{employee_id}", f"{READERS} former"),
    Row("GET /reference-items/{item_id}", EVERYBODY, at={"item_id": "reference_item_id"}),
    Row("PUT /reference-items/{item_id}", "hr", {**ITEM_OF_LIBRARY, "copies": 2}, {"item_id": "reference_item_id"}),
    Row("POST /reference-items/{item_id}/loans", ACTORS, {"employee_id": "{owner}"}, {"item_id": "reference_item_id"}),
    Row("POST /reference-items/{item_id}/holds", ACTORS, {"employee_id": "{owner}"}, {"item_id": "wanted_item_id"}),
    Row("GET /loans?employee_id={owner}", "owner appraiser hr inspector", finds="{loan_id}"),
    Row("POST /loans/{loan_id}/return", "hr"),
    Row("POST /loans/{loan_id}/renew", ACTORS),
    Row("GET /holds?employee_id={owner}", "owner appraiser hr inspector", finds="{hold_id}"),
    Row("POST /holds/{hold_id}/cancel", ACTORS),
    Row("GET /summaries/jp?unit_id={unit_unit}", OVERSIGHT, finds="{unit_unit}"),
    Row("GET /summaries/jp.csv?unit_id={unit_unit}", OVERSIGHT, foreign="unknown", finds="unit,PNS"),
    Row("GET /summaries/needs?unit_id={unit_unit}", OVERSIGHT, finds="process_analysis"),
    Row("GET /summaries/needs.csv?unit_id={unit_unit}", OVERSIGHT, finds="process_analysis"),
]  # fmt: skip


def make_scene(service: ServiceUnderTest) -> Scene:
    """A need out of an evaluation and a wish, a draft plan, a seat, a certificate handed in, a loan and a hold."""
    scene = Scene(service, Personas(), "/api/v1/training")
    scene.turn(2026, 7, 6, 3)
    deliver_directory(service, scene.personas)
    names = scene.names
    names |= {"employee_id": names["owner"], "course_code": "WS-PA", "competency_code": "process_analysis"}
    scene.post("hr", "/competencies", {"code": "process_analysis", "kind": "TECHNICAL", "name": "Analisis proses"})
    scene.deliver(
        "appraisal", "FollowUpOpened", "{owner}", follow_up_id="{unknown_id}", employee_id="{owner}", kind="COACHING",
        evaluation_id="{unknown_id}", competency_codes=["process_analysis"],
    )  # fmt: skip
    names["need_id"] = scene.get("owner", "/needs")["items"][0]["id"]
    wish = {"competency_code": "communication", "reason": "ingin belajar"}
    names["wish_id"] = scene.post("owner", "/needs", wish)["id"]
    course = {"code": "WS-PA", "title": "Analisis", "kind_code": "WORKSHOP", "jp": 8, "provider": "Pusdiklat"}
    scene.post("hr", "/courses", {**course, "competency_codes": ["process_analysis"]})
    for name in ("session_id", "free_session_id"):
        names[name] = scene.post("hr", "/courses/WS-PA/sessions", {**SESSION, "trainer_id": "{outsider}"})["id"]
    names["enrolment_id"] = scene.post("owner", "/sessions/{session_id}/enrolments")["id"]
    names["record_id"] = scene.post("owner", "/records", {**CERTIFICATE, "certificate_number": "X-1"})["id"]
    names["plan_id"] = scene.post("owner", "/plans", {"year": 2026})["id"]
    names["item_id"] = scene.post("owner", "/plans/{plan_id}/items", ITEM)["items"][0]["id"]
    _library(scene)
    file = {"file": (io.BytesIO(b"code,title,kind_code,provider\n"), "katalog.csv")}
    names["job_id"] = scene.call("hr", "POST", "/imports/courses", data=file)["job_id"]
    _proposals(scene)
    return scene


def _proposals(scene: Scene) -> None:
    """Siti's certificates were verified; two officers would each have one of them revoked."""
    reason = {"reason_code": "ENTERED_IN_ERROR"}
    for number, proposer in (("P-1", scene.further), ("P-2", scene.service.client(scene.personas.of("hr")))):
        record = scene.post("owner", "/records", {**CERTIFICATE, "certificate_number": number})["id"]
        scene.post("hr", f"/records/{record}/verify", {})
        made = proposer.post(f"{scene.prefix}/records/{record}/revoke", json=reason).get_json()["id"]
        scene.names["proposal_id" if number == "P-1" else "own_proposal_id"] = made


def _library(scene: Scene) -> None:
    """One item on the shelf, one that Siti has borrowed, one that she waits for, and one that is out."""
    names = scene.names
    items = {}
    for code in ("shelf", "borrowed", "awaited", "out"):
        items[code] = scene.post("hr", "/reference-items", {**ITEM_OF_LIBRARY, "code": code})["id"]
    names |= {"reference_item_id": items["shelf"], "wanted_item_id": items["out"]}
    for code, reader in (("borrowed", "owner"), ("awaited", "colleague"), ("out", "colleague")):
        loan = scene.post(reader, f"/reference-items/{items[code]}/loans")["id"]
        names.setdefault("loan_id", loan)
    names["hold_id"] = scene.post("owner", f"/reference-items/{items['awaited']}/holds")["id"]
