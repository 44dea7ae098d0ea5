"""The things of Siti's that the table of appraisal asks about: plans, evaluations, an objection, cases and orders."""

from datetime import date
from typing import Any

from appraisal.domain.rules import Rule, RuleKind
from testkit.service import ServiceUnderTest
from tests.access.personas import Personas, deliver_directory, directory_events
from tests.access.rows import Scene
from tests.appraisal.builders import START, enter_rule, let_receipts_be_deemed

CONTENT = {
    "model": "QUANTITATIVE",
    "work_results": [
        {"kind": "MAIN", "title": f"Hasil {number}", "indicators": [
            {"text": "usul selesai", "aspect": "QUANTITY", "target_number": "120", "unit": "usul"}]}
        for number in range(3)
    ],
    "behaviour_expectations": [],
    "annex": {"support": [], "accountability": [], "consequences": []},
}  # fmt: skip
STUDY = {"first_day": "2024-02-01", "last_day": "2024-07-31", "institution": "x", "programme": "x", "progress": "x",
         "on_schedule": True}  # fmt: skip
TEMPLATE = {"title": "x", "content": CONTENT}
MEETS = {"work_result": "MEETS", "behaviour": "MEETS"}
BELOW = {
    "work_result": "BELOW",
    "work_result_note": "9 hari, target 5",
    "behaviour": "BELOW",
    "behaviour_note": "kabar",
}
RERATED = {**MEETS, "employee_id": "{owner}", "reason": "x"}
CORRECTED = {**MEETS, "reason": "x", "order_reference": "ND-1"}
SMALLEST = {"kind": "SMALL_GROUP", "effective_from": "2027-02-01", "value": {"smallest": 6},
            "legal_source": "Kebijakan rekaan", "verified": True, "reason": "x"}  # fmt: skip
OBJECTING = {**SMALLEST, "kind": "OBJECTION",
             "value": {"objection_days": 21, "decision_days": 14, "deemed_receipt_days": 7}}  # fmt: skip
IN_REVIEW, FIRST = {"evaluation_id": "reviewed_id"}, {"If-Match": '"1"'}
DRAWN = {"year": 2026, "quarter": 2, "share": "1", "reason": "x", "order_reference": "ST-1"}
OF_RULE = {"proposal_id": "proposal_of_rule"}
OF_BATCH = {"batch_id": "unknown_id"}  # none is made where names are unknown
NAMELESS = "appraisal_names_unavailable"  # who is let in finds no personnel here
WORDS = "catatan-bimbingan-rahasia"


def make_scene(service: ServiceUnderTest) -> Scene:
    """Three years of Siti's: 2025 objected to, 2026 issued with a final quarter and a proposal, 2027 a draft."""
    scene = Scene(service, Personas(), "/api/v1/appraisal")
    scene.names |= {"unit_id": scene.names["unit_unit"], "number": "1", "year": "2026"}
    scene.turn(2025, 1, 13, 2)
    deliver_directory(service, scene.personas)
    _study(scene)
    let_receipts_be_deemed(service, scene.personas.agency, scene.personas.ids["hr"])
    _plan(scene, "owner", "appraiser", 2025)
    scene.turn(2025, 12, 28, 2)
    first = _annual(scene, 2025)
    scene.turn(2026, 1, 12, 2)
    scene.post("owner", f"/evaluations/{first}/receive")
    scene.names["objection_id"] = scene.post("owner", f"/evaluations/{first}/objection", {"reasons": "x"})["id"]
    call = {"starts_at": "2026-01-20T02:00:00Z", "invited": ["{owner}"], "place": "x"}
    scene.names["examination_id"] = scene.post("reviewer", "/objections/{objection_id}/examinations", call)["id"]
    _review(scene)
    superior = _plan(scene, "appraiser", "reviewer", 2026)
    plan = _plan(scene, "owner", "appraiser", 2026)
    scene.names |= {
        "plan_id": plan["id"],
        "result_id": plan["work_results"][0]["id"],
        "superior_result_id": superior["work_results"][0]["id"],
    }
    _first_quarter(scene)
    scene.turn(2026, 12, 28, 2)
    scene.names["evaluation_id"] = _annual(scene, 2026)
    _oversight(scene)
    scene.turn(2027, 1, 12, 2)
    scene.names["template_id"] = scene.post("hr", "/plan-templates", TEMPLATE)["id"]
    scene.names["draft_id"] = scene.post("owner", "/plans", {**CONTENT, "year": 2027})["id"]
    proposed = {**BELOW, "employee_id": "{owner}", "year": 2026, "quarter": 4, "finish": False}
    scene.names["proposal_id"] = scene.post("appraiser", "/evaluations/periodic", proposed)["id"]
    scene.put("hr", "/org-predicates", {"unit_id": "{unit_unit}", "year": 2026, "predicate": "GOOD", "reason": "x"})
    scene.names["order_id"] = scene.post("hr", "/evaluations/{final_id}/corrections", CORRECTED)["id"]
    _calibration(scene)
    _obligations(scene)
    _outage(scene)
    scene.names["proposal_of_rule"] = scene.post("hr", "/rules/proposals", SMALLEST)["id"]
    scene.names["proposal_of_objection"] = scene.post("hr", "/rules/proposals", OBJECTING)["id"]
    return scene


def _study(scene: Scene) -> None:
    """Siti was on study leave for two terms, which she has reported; that of the second was revoked."""
    events = [data for _, subject, data in directory_events(scene.personas) if subject == scene.personas.ids["owner"]]
    (timeline,) = [data for data in events if "stretches" in data]
    before, then, after = (dict(timeline["stretches"][0]) for _ in range(3))
    before["last_day"], then["first_day"], then["last_day"] = "2024-01-31", "2024-02-01", "2024-08-31"
    then["status"], after["first_day"] = "STUDY_LEAVE", "2024-09-01"
    newer = {**timeline, "version": 2, "changed_from": "2024-02-01", "stretches": [before, then, after]}
    scene.deliver("personnel", "EmployeeTimelineChanged", scene.names["owner"], **newer)
    scene.names["report_id"] = scene.post("owner", "/study-reports", STUDY)["id"]
    second = {**STUDY, "first_day": "2024-08-01", "last_day": "2024-08-31"}
    scene.names["revoked_report_id"] = scene.post("owner", "/study-reports", second)["id"]
    scene.post("hr", "/study-reports/{revoked_report_id}/confirm")
    revoked = scene.post("hr", "/study-reports/{revoked_report_id}/revocations", {"reason": "x"})
    scene.names["revocation_id"] = revoked["id"]


def _review(scene: Scene) -> None:
    """Siti's last quarter of 2025 is under review, and stays so when the rule ends."""
    officer = scene.personas.ids["hr"]
    for day, kinds in ((START, ["PERIODIC"]), (date(2026, 2, 1), [])):
        value = {"evaluation_kinds": kinds, "predicates": ["VERY_POOR"], "days": 5, "hr_after_days": 5}
        rule = Rule(RuleKind.EXTREME_REVIEW, f"own/{day}", day, value, "Kebijakan rekaan", verified=True)
        enter_rule(scene.service, scene.personas.agency, officer, rule)
    worst = {**BELOW, "employee_id": "{owner}", "year": 2025, "quarter": 4}
    scene.names["reviewed_id"] = scene.post("appraiser", "/evaluations/periodic", worst)["id"]


def _oversight(scene: Scene) -> None:
    """An inspector has searched the first quarter, of which nothing of Siti was logged, and has read her in a sample."""
    run = scene.post("inspector", "/oversight/runs", {"year": 2026, "quarter": 1})
    scene.service.run_jobs()
    (anomaly,) = scene.get("inspector", "/oversight/anomalies")["items"]
    sample = scene.post("inspector", "/oversight/samples", DRAWN)
    scene.names |= {"run_id": run["id"], "anomaly_id": anomaly["id"], "sample_id": sample["id"]}
    scene.get("inspector", "/oversight/samples/{sample_id}/members/{final_id}")


def _calibration(scene: Scene) -> None:
    """The leader two above Siti's unit calibrates the bureau's proposals, of which one is about Siti."""
    session = {"year": 2026, "quarter": 4, "due_on": "2027-01-20", "reason": "x"}
    scene.names["calibration_id"] = scene.post("leader", "/units/{bureau_unit}/calibrations", session)["id"]
    suggestion = {**MEETS, "evaluation_id": "{proposal_id}", "reason": "x"}
    made = scene.post("leader", "/calibrations/{calibration_id}/suggestions", suggestion)["suggestions"]
    scene.names["suggestion_id"] = made[0]["id"]


def _obligations(scene: Scene) -> None:
    """Name the obligation of Siti's evaluated year, the open one of a quarter that nobody has rated, and a job."""
    scene.names["job_id"] = scene.post("hr", "/obligations/openings", {"year": 2026})["job_id"]
    owed = scene.get("hr", f"/obligations?year=2026&limit=200&employee_id={scene.names['owner']}")["items"]
    subjects = {one["subject"]: one["id"] for one in owed if "EVALUATION" in one["kind"]}
    scene.names |= {"done_obligation_id": subjects["2026"], "obligation_id": subjects["2026-Q3"]}


def _outage(scene: Scene) -> None:
    """An outage of yesterday, and the receipt that Siti owes, which it has extended."""
    span = {"from": "2027-01-11T01:00:00Z", "to": "2027-01-11T03:00:00Z", "reason": "x"}
    scene.names["outage_id"] = scene.post("hr", "/outages", span)["id"]
    path = f"/obligations?kind=RECEIPT&state=OPEN&employee_id={scene.names['owner']}"
    (receipt,) = scene.get("hr", path)["items"]
    scene.names["receipt_id"] = receipt["id"]


def _plan(scene: Scene, who: str, by: str, year: int) -> Any:
    plan = scene.post(who, "/plans", {**CONTENT, "year": year})
    scene.post(who, f"/plans/{plan['id']}/submit")
    scene.post(by, f"/plans/{plan['id']}/activate", headers={"If-Match": '"2"'})
    return plan


def _annual(scene: Scene, year: int) -> Any:
    return scene.post("appraiser", "/evaluations/annual", {**BELOW, "employee_id": "{owner}", "year": year})["id"]


def _first_quarter(scene: Scene) -> None:
    scene.turn(2026, 4, 6, 2)
    progress = {"date": "2026-04-03", "work_result_id": "{result_id}", "text": "2 usul"}
    scene.names["progress_id"] = scene.post("owner", "/plans/{plan_id}/progress", progress)["id"]
    feedback = {"behaviour_value": "BP", "text": "baik"}
    scene.names["feedback_id"] = scene.post("colleague", "/plans/{plan_id}/feedback", feedback)["id"]
    stated = {"quarter": 2, "items": [{"work_result_id": "{result_id}", "realisation": "x"}]}
    scene.names["realisation_id"] = scene.put("owner", "/plans/{plan_id}/realisations", stated, headers={})["id"]
    slow = {**MEETS, "work_result": "BELOW", "work_result_note": "9 hari, target 5", "employee_id": "{owner}"}
    scene.post("appraiser", "/evaluations/periodic", {**slow, "year": 2026, "quarter": 1})
    scene.turn(2026, 7, 6, 2)
    rating = {**BELOW, "employee_id": "{owner}", "year": 2026, "quarter": 2}
    scene.names["final_id"] = scene.post("appraiser", "/evaluations/periodic", rating)["id"]
    cases = {one["kind"]: one["id"] for one in scene.get("hr", "/follow-ups")["items"]}
    scene.names |= {"coaching_id": cases["COACHING"], "counselling_id": cases["COUNSELLING"]}
    scene.names["follow_up_id"] = cases["COACHING"]
    scene.post("appraiser", "/follow-ups/{follow_up_id}/notes", {"text": WORDS})
    action = scene.post("appraiser", "/follow-ups/{follow_up_id}/actions", {"kind": "COACHING", "text": "x"})
    scene.names["action_id"] = action["actions"][0]["id"]
