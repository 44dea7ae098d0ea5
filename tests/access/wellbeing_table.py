"""Surveys, tickets, personal cases, programmes, check-ups and flexible working: who may do what with each."""

from testkit.service import ServiceUnderTest
from tests.access.personas import PEOPLE, Personas, deliver_directory
from tests.access.rows import REFUSED, Row, Scene, operations_rows

OFFICERS = "officer other_officer"
NOT_OFFICERS = " ".join(one for one in PEOPLE.split() if one not in OFFICERS.split())
SURVEY = {"title": "Denyut", "questions": [{"kind": "SCORE", "text": "Beban kerja saya dapat dikelola."}]}
ASKED = "owner appraiser reviewer subordinate colleague"
NEAR = f"{ASKED} leader hr_owner"
PARTIES = "owner outsider officer other_officer"
SECRET = "kata-kata-yang-hanya-untuk-petugas"
HAZARD = {"category": "SAFETY", "unit_id": "{unit_unit}", "description": "kabel terkelupas"}
CASE = {"category": "VERBAL", "description": SECRET, "reported_employee_ids": ["{colleague}"]}
SESSION = {
    "starts_at": "2026-08-20T02:00:00+00:00",
    "ends_at": "2026-08-20T04:00:00+00:00",
    "place": "Aula",
    "seats": 9,
}
TRIAGE = {"target": "TRIAGED", "resolve_by": "2026-08-28"}


def open_draft(scene: Scene) -> None:
    scene.post("officer", "/surveys/{draft_id}/open", {"closes_on": "2026-08-31"})


def close_draft(scene: Scene) -> None:
    open_draft(scene)
    scene.post("officer", "/surveys/{draft_id}/close")


DRAFT = {"survey_id": "draft_id"}
CASE_TICKET = {"ticket_id": "case_id"}
TABLE = [
    *operations_rows(),
    Row("GET /surveys/{survey_id}", PEOPLE),
    Row("GET /surveys/{survey_id}", OFFICERS, at=DRAFT, hidden=NOT_OFFICERS),
    Row("GET /surveys", OFFICERS, finds="{draft_id}"),
    Row("PUT /surveys/{survey_id}", OFFICERS, SURVEY, DRAFT),
    Row("POST /surveys/{survey_id}/open", OFFICERS, {"closes_on": "2026-08-31"}, DRAFT),
    Row("POST /surveys/{survey_id}/close", OFFICERS, at=DRAFT, given=(open_draft,)),
    Row("POST /surveys/{survey_id}/publish", OFFICERS, at=DRAFT, given=(close_draft,)),
    Row("POST /surveys/{survey_id}/token", ASKED, at={"survey_id": "open_id"}),
    Row("GET /surveys/{survey_id}/results", PEOPLE),
    Row("GET /surveys/{survey_id}/results?unit_id={unit_unit}", f"{NEAR} inspector {OFFICERS}"),
    Row("POST /measurements", PEOPLE, {"unit_id": "{unit_unit}", "place": "Ruang 1", "measure": "NOISE", "value": "50",
        "measured_on": "2026-08-11"}, foreign="422 invalid_input"),
    Row("POST /conditions", PEOPLE, HAZARD, foreign="422 invalid_input"),
    Row("GET /conditions", f"{PARTIES} leader", finds="{ticket_id}"),
    Row("GET /conditions/{ticket_id}", f"{PARTIES} leader"),
    Row("GET /conditions/{ticket_id}", PARTIES, finds="{owner}"),
    Row("PUT /conditions/{ticket_id}/owner", OFFICERS, {"owner_id": "{colleague}"}),
    Row("POST /conditions/{ticket_id}/moves", f"outsider {OFFICERS}", TRIAGE),
    Row("POST /conditions/{ticket_id}/messages", PARTIES, {"text": "x"}),
    Row("GET /cases", OFFICERS, finds="{case_id}"),
    Row("GET /cases/{ticket_id}", "officer", at=CASE_TICKET),
    Row("POST /cases/{ticket_id}/take", "officer", at=CASE_TICKET),
    Row("POST /cases/{ticket_id}/take", OFFICERS, at={"ticket_id": "new_case_id"}),
    Row("POST /cases/{ticket_id}/moves", "officer", TRIAGE, CASE_TICKET),
    Row("PUT /cases/{ticket_id}/handler", "officer", {"employee_id": "{other_officer}"}, CASE_TICKET),
    Row("POST /cases/{ticket_id}/reported", "officer", {"employee_ids": ["{subordinate}"]}, CASE_TICKET),
    Row("POST /cases/{ticket_id}/messages", "officer", {"text": "x"}, CASE_TICKET),
    Row("POST /programmes/{programme_id}/sessions", OFFICERS, SESSION),
    Row("POST /sessions/{session_id}/enrolments", PEOPLE, at={"session_id": "free_session_id"}),
    Row("GET /sessions/{session_id}/enrolments", OFFICERS),
    Row("GET /enrolments", "owner", finds="{enrolment_id}"),
    Row("POST /enrolments/{enrolment_id}/cancel", "owner"),
    Row("PUT /enrolments/{enrolment_id}/attendance", OFFICERS, {"present": True}, on=(2026, 8, 20, 3)),
    Row("POST /check-ups", OFFICERS, {"employee_id": "{owner}", "year": 2026, "done": True, "done_on": "2026-03-03"},
        foreign="422 invalid_input"),
    Row("GET /check-ups/mine?year=2026", "owner", finds="2026-02-03"),
    Row("GET /arrangements", "owner appraiser", finds="{arrangement_id}"),
    Row("POST /arrangements/{arrangement_id}/decision", "appraiser", {"decision": "APPROVED"}, own=REFUSED),
    Row("POST /arrangements/{arrangement_id}/decision", "owner", {"decision": "WITHDRAWN"}),
    Row("GET /reference/{kind}", PEOPLE, at={"kind": "reference_kind"}, foreign="in"),
    Row("POST /reference/{kind}", OFFICERS, {"valid_from": "2026-10-01", "body": {}, "source": "x", "verified": False},
        {"kind": "reference_kind"}, answer=("invalid_input",), foreign="422 invalid_input"),
    Row("GET /summary?year=2026&unit_id={unit_unit}", f"leader inspector {OFFICERS}"),
    Row("GET /summary?year=2026", f"inspector {OFFICERS}", foreign="in"),
]  # fmt: skip


def make_scene(service: ServiceUnderTest) -> Scene:
    """A published survey, an open one and a draft; a ticket, a case in hand and a new one; a seat, a check-up."""
    scene = Scene(service, Personas(), "/api/v1/wellbeing")
    scene.turn(2026, 8, 12, 2)
    deliver_directory(service, scene.personas)
    names = scene.names
    names["reference_kind"] = "ENVIRONMENT"
    only_here = {**SURVEY, "unit_ids": ["{bureau_unit}"]}
    for name in ("survey_id", "open_id", "draft_id"):
        names[name] = scene.post("officer", "/surveys", SURVEY if name != "open_id" else only_here)["survey_id"]
    scene.post("officer", "/surveys/{survey_id}/open", {"closes_on": "2026-08-31"})
    scene.post("officer", "/surveys/{survey_id}/close")
    scene.post("officer", "/surveys/{survey_id}/publish")
    scene.post("officer", "/surveys/{open_id}/open", {"closes_on": "2026-08-31"})
    names["ticket_id"] = scene.post("owner", "/conditions", HAZARD)["ticket_id"]
    scene.put("officer", "/conditions/{ticket_id}/owner", {"owner_id": "{outsider}"})
    _cases(scene)
    names["programme_id"] = scene.post("officer", "/programmes", {"name": "Senam", "kind": "EXERCISE"})["programme_id"]
    for number, name in enumerate(("session_id", "free_session_id")):
        sessions = scene.post("officer", "/programmes/{programme_id}/sessions", {**SESSION, "seats": 9 + number})
        names[name] = next(one["session_id"] for one in sessions["sessions"] if one["seats"] == 9 + number)
    names["enrolment_id"] = scene.post("owner", "/sessions/{session_id}/enrolments")["enrolment_id"]
    done = {"employee_id": "{owner}", "year": 2026, "done": True, "done_on": "2026-02-03"}
    scene.post("officer", "/check-ups", done)
    wish = {"flexibility": "PLACE", "begins_on": "2026-09-01", "ends_on": "2026-09-30"}
    names["arrangement_id"] = scene.post("owner", "/arrangements", wish)["arrangement_id"]
    return scene


def _cases(scene: Scene) -> None:
    scene.post("owner", "/cases", CASE)
    scene.names["case_id"] = scene.get("officer", "/cases")["items"][0]["ticket_id"]
    scene.post("officer", "/cases/{case_id}/take")
    scene.post("owner", "/cases", CASE)
    known = scene.get("officer", "/cases")["items"]
    scene.names["new_case_id"] = next(one["ticket_id"] for one in known if not one["taken"])
