"""Siti's plan, evaluations, objection and follow-ups: who may do what with each."""

from datetime import date
from typing import Any

from appraisal.domain.rules import Rule, RuleKind
from testkit.service import ServiceUnderTest
from tests.access.personas import PEOPLE, Personas, deliver_directory, directory_events
from tests.access.rows import IN, NOTHING, REFUSED, Row, Scene, also_external, job_rows, operations_rows
from tests.appraisal.builders import START, enter_rule, let_receipts_be_deemed

PLAN_READERS = "owner appraiser reviewer leader hr inspector"
LOG_READERS = "owner appraiser reviewer hr inspector"
JUDGED = "owner appraiser reviewer hr inspector"
JUDGES = "appraiser reviewer hr inspector"
OVERSIGHT = "hr inspector leader"
ANY_PERSON = PEOPLE + " external"

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


def submit(scene: Scene) -> None:
    scene.post("owner", "/plans/{draft_id}/submit")


def revise(scene: Scene) -> None:
    scene.post("owner", "/plans/{plan_id}/revise", {"reason": "x"})


def receive(scene: Scene) -> None:
    scene.post("owner", "/evaluations/{evaluation_id}/receive")


def record_minutes(scene: Scene) -> None:
    path = "/objections/{objection_id}/examinations/{examination_id}/minutes"
    scene.post("reviewer", path, {"present": ["{owner}"], "minutes": "x"})


def excuse(scene: Scene) -> None:
    scene.post("hr", "/obligations/{obligation_id}/excuse", {"reason": "x", "order_reference": "SK-1"})


def withdraw_order(scene: Scene) -> None:
    scene.post("hr", "/corrections/{order_id}/withdraw", {"reason": "x"})


ROWS = [
    *operations_rows(),
    *job_rows(),
    Row("POST /plans", "owner hr", {**CONTENT, "year": 2028, "employee_id": "{owner}"},
        foreign="409 employee_without_assignment"),
    Row("POST /plans/copies", "owner hr", {"year": 2028, "from_year": 2026, "employee_id": "{owner}"}),
    Row("POST /plans/drafts", "owner appraiser hr",
        {"year": 2028, "employee_ids": ["{owner}"], "template_id": "{template_id}"}, finds="DRAFTED"),
    Row("POST /study-reports", PEOPLE, STUDY, answer=("not_on_study_leave", "study_term_reported"),
        foreign="503 not_known_yet"),
    Row("GET /study-reports?employee_id={owner}", "owner hr inspector", finds="{report_id}"),
    Row("GET /study-reports/{report_id}", "owner hr inspector"),
    Row("PUT /study-reports/{report_id}", "owner", STUDY),
    Row("POST /study-reports/{report_id}/confirm", "hr", {}, own=REFUSED),
    Row("POST /study-reports/{report_id}/return", "hr", {"reason": "x"}, own=REFUSED),
    Row("POST /plan-templates", "hr", TEMPLATE, foreign="in"),
    Row("GET /plan-templates", ANY_PERSON, finds="{template_id}", foreign="in"),
    Row("GET /plan-templates/{template_id}", ANY_PERSON),
    Row("PUT /plan-templates/{template_id}", "hr", TEMPLATE),
    Row("POST /plan-templates/{template_id}/withdraw", "hr", {}, headers={"If-Match": '"1"'}),
    Row("GET /plans?employee_id={owner}&year=2026", "owner appraiser leader hr inspector", finds="{plan_id}"),
    Row("POST /plans/activate-batch", "appraiser", {"plans": [{"plan_id": "{draft_id}", "version": 2}]},
        given=(submit,), finds="ACTIVATED"),
    Row("GET /orphans", "hr", foreign="in"),
    Row("GET /plans/{plan_id}", PLAN_READERS),
    Row("PUT /plans/{plan_id}", "owner hr", CONTENT, {"plan_id": "draft_id"}),
    Row("POST /plans/{plan_id}/submit", "owner", {}, {"plan_id": "draft_id"}),
    Row("POST /plans/{plan_id}/return", "appraiser", {"reason": "x"}, {"plan_id": "draft_id"}, given=(submit,)),
    Row("POST /plans/{plan_id}/activate", "appraiser", {}, {"plan_id": "draft_id"}, given=(submit,),
        headers={"If-Match": '"2"'}),
    Row("POST /plans/{plan_id}/withdraw", "owner", {"reason": "x"}, {"plan_id": "draft_id"}, given=(submit,)),
    Row("POST /plans/{plan_id}/withdraw", "owner appraiser", {"reason": "x"}, given=(revise,)),
    Row("POST /plans/{plan_id}/revise", "owner appraiser", {"reason": "x"}),
    Row("POST /plans/{plan_id}/close", "hr", {"reason": "x"}),
    Row("POST /plans/{plan_id}/links", "owner appraiser",
        {"links": [{"work_result_id": "{result_id}", "parent_work_result_id": "{superior_result_id}"}]}),
    Row("GET /plans/{plan_id}/history", PLAN_READERS),
    Row("GET /plans/{plan_id}/versions/{number}", PLAN_READERS),
    Row("GET /plans/{plan_id}/document", PLAN_READERS, answer=(NAMELESS,)),
    Row("GET /units/{unit_id}/role-results?year=2026", "appraiser leader hr inspector"),
    Row("POST /plans/{plan_id}/progress", "owner",
        {"date": "2026-08-03", "work_result_id": "{result_id}", "text": "3 usul"}),
    Row("GET /plans/{plan_id}/progress", LOG_READERS, finds="{progress_id}"),
    Row("PUT /plans/{plan_id}/realisations", "owner",
        {"quarter": 3, "items": [{"work_result_id": "{result_id}", "realisation": "x"}]}),
    Row("GET /plans/{plan_id}/realisations", LOG_READERS, finds="{realisation_id}"),
    Row("POST /plans/{plan_id}/feedback", "appraiser subordinate colleague", {"behaviour_value": "BP", "text": "baik"}),
    Row("GET /plans/{plan_id}/feedback", LOG_READERS + " colleague", finds="{feedback_id}"),
    Row("POST /feedback/{feedback_id}/answer", "owner", {"answer": "terima kasih"}),
    Row("POST /evaluations/periodic", "appraiser", {**RERATED, "year": 2026, "quarter": 4},
        foreign="409 plan_missing"),
    Row("POST /evaluations/periodic/batch", "appraiser",
        {"year": 2026, "quarter": 4, "items": [{**RERATED, "version": 1}]}, finds="DONE"),
    Row("POST /evaluations/annual", "appraiser", {**BELOW, "employee_id": "{owner}", "year": 2026},
        foreign="409 plan_missing"),
    Row("POST /evaluations/annual/batch", "appraiser",
        {"year": 2026, "items": [{**BELOW, "employee_id": "{owner}"}]}, finds="UNCHANGED"),
    Row("GET /evaluations/evidence?employee_id={owner}&year=2026&quarter=4", "owner appraiser hr"),
    Row("GET /evaluations/evidence?employee_id={owner}&year=2026&quarter=4", "appraiser hr", finds="{proposal_id}",
        own=NOTHING),
    Row("GET /evaluations/evidence?employee_id={owner}&year=2026&quarter=4", "owner appraiser hr", finds="{coaching_id}"),
    Row("GET /evaluations/evidence?employee_id={owner}&year=2026&quarter=4", "owner hr", finds="{counselling_id}"),
    Row("GET /evaluations/segments", "", finds="{plan_id}"),
    Row("POST /evaluations/segments", "",
        {**MEETS, "employee_id": "{owner}", "year": 2026, "quarter": 4, "first_day": "2026-10-01"}, hidden=PEOPLE,
        foreign="409 employee_without_assignment"),
    Row("GET /evaluations?employee_id={owner}", JUDGES, finds="{evaluation_id}"),
    Row("GET /me/evaluations", "owner former", finds="{evaluation_id}"),
    Row("GET /evaluations/{evaluation_id}", f"{JUDGED} former"),
    Row("GET /evaluations/{evaluation_id}", JUDGES, at={"evaluation_id": "proposal_id"}, own=REFUSED),
    Row("GET /evaluations/{evaluation_id}/explanation", f"{JUDGED} former"),
    Row("GET /evaluations/{evaluation_id}/explanation/export", f"{JUDGED} former"),
    Row("GET /evaluations/{evaluation_id}/explanation/export", JUDGES, at={"evaluation_id": "proposal_id"}, own=REFUSED),
    Row("GET /evaluations/{evaluation_id}/document", f"{JUDGED} former", answer=(NAMELESS,)),
    Row("GET /evaluations/{evaluation_id}/dialogue", JUDGED),
    Row("POST /evaluations/{evaluation_id}/finish", "appraiser", {}, {"evaluation_id": "proposal_id"}),
    Row("GET /evaluations/{evaluation_id}", JUDGES, at=IN_REVIEW, own=REFUSED),
    Row("GET /evaluations/{evaluation_id}/explanation", JUDGES, at=IN_REVIEW, own=REFUSED),
    Row("GET /appraiser/queue", "reviewer", finds="{reviewed_id}"),
    Row("GET /obligations?kind=REVIEW&employee_id={owner}", "reviewer hr inspector", finds="{reviewed_id}", own=NOTHING),
    Row("POST /evaluations/{evaluation_id}/review/confirm", "reviewer", {"reason": "x"}, IN_REVIEW, headers=FIRST),
    Row("POST /evaluations/{evaluation_id}/review/return", "reviewer", {"reason": "x"}, IN_REVIEW, headers=FIRST),
    Row("PUT /evaluations/{evaluation_id}/review/reviewer", "hr", {"reviewer_id": "{leader}", "reason": "x"},
        IN_REVIEW, own=REFUSED),
    Row("POST /evaluations/{evaluation_id}/receive", "owner", {}),
    Row("POST /evaluations/{evaluation_id}/accept", "owner", {}, given=(receive,)),
    Row("POST /evaluations/{evaluation_id}/objection", "owner", {"reasons": "x"}, given=(receive,)),
    Row("POST /evaluations/{evaluation_id}/corrections", "reviewer hr", CORRECTED, {"evaluation_id": "final_id"},
        own="409 correction_not_impartial", given=(withdraw_order,)),
    Row("GET /corrections?state=PROPOSED", "reviewer hr inspector", finds="{order_id}", own=NOTHING),
    Row("GET /corrections/{order_id}", "reviewer hr inspector", own=REFUSED),
    Row("POST /corrections/{order_id}/approve", "reviewer hr", {"reason": "x"}, own="409 correction_not_impartial",
        answer=("second_officer_needed",)),
    Row("POST /corrections/{order_id}/reject", "reviewer hr", {"reason": "x"}, own="409 correction_not_impartial",
        answer=("second_officer_needed",)),
    Row("POST /corrections/{order_id}/withdraw", "hr", {"reason": "x"}, own=REFUSED),
    Row("POST /evaluations/{evaluation_id}/dialogue", "owner appraiser reviewer", {"text": "x"}),
    Row("GET /objections?open=true", "owner appraiser reviewer hr inspector", finds="{objection_id}"),
    Row("GET /objections/{objection_id}", JUDGED),
    Row("POST /objections/{objection_id}/statement", "appraiser", {"statement": "x"}),
    Row("POST /objections/{objection_id}/examinations", "reviewer hr",
        {"starts_at": "2027-01-20T02:00:00Z", "invited": ["{owner}"], "place": "x"}, own=REFUSED),
    Row("POST /objections/{objection_id}/examinations/{examination_id}/minutes", "reviewer hr",
        {"present": ["{owner}"], "minutes": "x"}, own=REFUSED),
    Row("POST /objections/{objection_id}/examinations/{examination_id}/remark", "owner", {"remark": "x"},
        given=(record_minutes,)),
    Row("GET /objections/{objection_id}/document", JUDGED, answer=("document_not_yet",)),
    Row("POST /documents/batches", "hr", {"year": 2026}, answer=(NAMELESS,), foreign="409 nothing_to_print"),
    Row("GET /documents/batches/{batch_id}", "hr", at=OF_BATCH, answer=("not_found",)),
    Row("POST /documents/batches/{batch_id}/cancel", "hr", {}, OF_BATCH, answer=("not_found",)),
    Row("GET /documents/batches/{batch_id}/parts/{part}", "hr", at={**OF_BATCH, "part": "number"},
        answer=("not_found",)),
    Row("POST /objections/{objection_id}/decision", "reviewer", {"outcome": "KEPT", "reasons": "x"}),
    Row("PUT /objections/{objection_id}/decider", "hr", {"decider_id": "{leader}", "reason": "x"}, own=REFUSED),
    Row("GET /follow-ups", "owner appraiser hr", finds="{coaching_id}"),
    Row("GET /follow-ups", "owner hr", finds="{counselling_id}"),
    Row("GET /follow-ups/{follow_up_id}", "owner appraiser hr"),
    Row("GET /follow-ups/{follow_up_id}", "owner appraiser", finds=WORDS),
    Row("GET /follow-ups/{follow_up_id}", "owner hr", at={"follow_up_id": "counselling_id"}),
    Row("POST /follow-ups/{follow_up_id}/notes", "owner appraiser", {"text": "x"}),
    Row("POST /follow-ups/{follow_up_id}/notes", "owner", {"text": "x"}, {"follow_up_id": "counselling_id"}),
    Row("POST /follow-ups/{follow_up_id}/actions", "owner appraiser", {"kind": "COACHING", "text": "x"}),
    Row("POST /follow-ups/{follow_up_id}/actions/{action_id}/done", "owner appraiser", {"done_on": "2026-08-03"}),
    Row("PUT /follow-ups/{follow_up_id}/assignee", "hr", {"assigned_to": "{leader}"}, own=REFUSED),
    Row("POST /follow-ups/{follow_up_id}/close", "appraiser", {"outcome": "IMPROVED"}),
    Row("GET /early-warnings", "appraiser hr inspector leader", finds="{owner}"),
    Row("GET /early-warnings", "appraiser hr inspector", finds="{final_id}"),
    Row("PUT /org-predicates", "hr",
        {"unit_id": "{unit_unit}", "year": 2026, "predicate": "POOR", "reason": "x"}),
    Row("PUT /org-predicates", "hr leader",
        {"unit_id": "{bureau_unit}", "year": 2026, "predicate": "GOOD", "reason": "x"}),
    Row("GET /units/{unit_id}/org-predicates", OVERSIGHT),
    Row("GET /units/{unit_id}/distribution?year=2026", OVERSIGHT),
    Row("GET /units/{unit_id}/appraisers?year=2026", "hr"),
    Row("POST /units/{unit_id}/distribution/override", "hr", {"year": 2026, "reason": "x"}),
    Row("POST /units/{unit_id}/distribution/override", "hr leader", {"year": 2026, "reason": "x"},
        {"unit_id": "bureau_unit"}),
    Row("POST /units/{unit_id}/calibrations", "hr leader",
        {"year": 2026, "quarter": 4, "due_on": "2027-01-20", "reason": "x"}, {"unit_id": "bureau_unit"},
        answer=("calibration_open",)),
    Row("GET /calibrations?year=2026", "appraiser leader hr inspector", finds="{calibration_id}"),
    Row("GET /calibrations/{calibration_id}", "appraiser leader hr inspector"),
    Row("GET /calibrations/{calibration_id}", "appraiser leader hr inspector", finds="{suggestion_id}", own=NOTHING),
    Row("POST /calibrations/{calibration_id}/suggestions", "appraiser leader",
        {**MEETS, "evaluation_id": "{proposal_id}", "reason": "x"}),
    Row("POST /calibrations/{calibration_id}/suggestions/{suggestion_id}/adopt", "appraiser", MEETS),
    Row("POST /calibrations/{calibration_id}/suggestions/{suggestion_id}/refuse", "appraiser", {"reason": "x"}),
    Row("GET /calibrations/{calibration_id}/document", "appraiser leader hr inspector", own=REFUSED,
        answer=("document_not_yet",)),
    Row("POST /calibrations/{calibration_id}/close", "leader", {"minutes": "x"}),
    Row("GET /obligations?year=2026&employee_id={owner}&kind=ANNUAL_EVALUATION", "owner appraiser leader hr inspector",
        finds="{done_obligation_id}"),
    Row("POST /obligations/openings", "hr", {"year": 2026}, foreign="in"),
    Row("POST /obligations/{obligation_id}/excuse", "hr", {"reason": "x", "order_reference": "SK-1"}, own=REFUSED),
    Row("POST /obligations/{obligation_id}/reinstate", "hr", {}, given=(excuse,), own=REFUSED),
    Row("GET /summary?year=2026", "hr inspector leader", finds="{unit_unit}"),
    Row("GET /appraiser/queue", "appraiser", finds="{proposal_id}"),
    Row("GET /exports/evaluations.csv?year=2026", "hr inspector", finds="{owner}"),
    Row("POST /oversight/runs", "inspector", {"year": 2026, "quarter": 2}, foreign="in"),
    Row("GET /oversight/runs", "inspector", finds="{run_id}"),
    Row("GET /oversight/runs/{run_id}", "inspector"),
    Row("GET /oversight/anomalies", "inspector", finds="{anomaly_id}"),
    Row("GET /oversight/anomalies.csv", "inspector", finds="{anomaly_id}"),
    Row("GET /oversight/anomalies/{anomaly_id}", "inspector"),
    Row("GET /oversight/anomalies/{anomaly_id}/evaluations", "inspector"),
    Row("POST /oversight/anomalies/{anomaly_id}/look", "inspector", {"remark": "x"},
        headers={"If-Match": '"1"'}),
    Row("GET /oversight/anomaly-counts?year=2026", "hr inspector", finds="NO_EVIDENCE"),
    Row("GET /oversight/cases", "inspector", finds="{objection_id}"),
    Row("GET /oversight/cases.csv", "inspector", finds="{objection_id}"),
    Row("POST /oversight/samples", "inspector", DRAWN, foreign="409 nothing_to_sample"),
    Row("GET /oversight/samples", "inspector", finds="{sample_id}"),
    Row("GET /oversight/samples/{sample_id}", "inspector"),
    Row("GET /oversight/samples/{sample_id}/members", "inspector"),
    Row("GET /oversight/samples/{sample_id}/members.csv", "inspector"),
    Row("GET /oversight/samples/{sample_id}/members/{evaluation_id}", "inspector", at={"evaluation_id": "final_id"}),
    Row("POST /oversight/samples/{sample_id}/close", "inspector", {"conclusion": "x"}),
    Row("GET /me/sample-readings", "owner former", finds="{sample_id}"),
    Row("POST /outages", "hr operator",
        {"from": "2027-01-10T01:00:00Z", "to": "2027-01-10T03:00:00Z", "reason": "x"}, foreign="in"),
    Row("GET /outages", "hr operator inspector", finds="{outage_id}"),
    Row("GET /outages/{outage_id}/deadlines", "hr inspector"),
    Row("POST /outages/{outage_id}/withdraw", "hr operator", {"reason": "x"}),
    Row("GET /obligations/{obligation_id}/deadline", "owner appraiser hr inspector",
        at={"obligation_id": "receipt_id"}),
    Row("POST /obligations/{obligation_id}/extensions", "hr", {"due_on": "2027-01-25", "reason": "x"},
        {"obligation_id": "receipt_id"}, own=REFUSED),
    Row("GET /obligations?kind=RECEIPT&employee_id={owner}", "owner hr inspector", finds="{receipt_id}"),
    Row("POST /rules/proposals", "hr", SMALLEST, foreign="in"),
    Row("POST /rules/proposals", "hr", OBJECTING, foreign="in", own=REFUSED),
    Row("POST /rules/proposals/preview", "hr", SMALLEST, foreign="in"),
    Row("GET /rules/proposals?state=PROPOSED", "hr inspector", finds="{proposal_of_rule}"),
    Row("GET /rules/proposals/{proposal_id}", "hr inspector", at=OF_RULE),
    Row("POST /rules/proposals/{proposal_id}/approve", "", {"reason": "x"}, OF_RULE, own=IN),
    Row("POST /rules/proposals/{proposal_id}/approve", "", {"reason": "x"}, {"proposal_id": "proposal_of_objection"},
        own=REFUSED),
    Row("POST /rules/proposals/{proposal_id}/reject", "", {"reason": "x"}, OF_RULE, own=IN),
    Row("POST /rules/proposals/{proposal_id}/withdraw", "hr", {"reason": "x"}, OF_RULE, own=REFUSED),
    Row("POST /cycles", "hr", {"year": 2029}, foreign="in"),
    Row("GET /cycles/{year}", PEOPLE, foreign="in"),
]  # fmt: skip
# an official from outside leads no unit of the agency
TABLE = also_external(ROWS, without="/units/{unit_id}/role-results /study-reports")


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
    """Siti was on study leave for a term, which she has reported."""
    events = [data for _, subject, data in directory_events(scene.personas) if subject == scene.personas.ids["owner"]]
    (timeline,) = [data for data in events if "stretches" in data]
    before, then, after = (dict(timeline["stretches"][0]) for _ in range(3))
    before["last_day"], then["first_day"], then["last_day"] = "2024-01-31", "2024-02-01", "2024-07-31"
    then["status"], after["first_day"] = "STUDY_LEAVE", "2024-08-01"
    newer = {**timeline, "version": 2, "changed_from": "2024-02-01", "stretches": [before, then, after]}
    scene.deliver("personnel", "EmployeeTimelineChanged", scene.names["owner"], **newer)
    scene.names["report_id"] = scene.post("owner", "/study-reports", STUDY)["id"]


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
