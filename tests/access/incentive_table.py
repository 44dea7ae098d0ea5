"""Siti's allowance, attendance, penalties, credit, eligibility and awards: amounts are hers, HR's and oversight's."""

import io
import json
from importlib import resources

from testkit.service import ServiceUnderTest
from tests.access.personas import Personas, deliver_directory
from tests.access.rows import REFUSED, Row, Scene, job_rows, operations_rows, proposal_rows

OWN = "owner hr inspector former"
OVERSIGHT = "hr inspector"
RULES = next(
    item["rules"]
    for item in json.loads(resources.files("incentive.persistence").joinpath("defaults/policies.json").read_text())
    if item["name"] == "kementerian-contoh"
)
POLICY = {"name": "Kebijakan", "valid_from": "2026-01-01", "rules": RULES, "legal_source": "Kebijakan rekaan"}
PENALTY = {"employee_id": "{owner}", "level": "MODERATE", "from_month": "2026-06", "months": 6, "percent": "25",
           "letter_number": "HD-1"}  # fmt: skip
CIRCUMSTANCE = {"employee_id": "{owner}", "kind": "MPP_LEAVE", "from_month": "2026-09", "reference": "K"}
OPENING = {"level": "AHLI_PERTAMA", "balance": "90.000", "base": "50.000", "as_of": "2024-12-31", "reference": "PAK-1"}
AWARD = {"employee_id": "{owner}", "kind": "{award_kind}", "year": 2025, "evaluation_id": "{evaluation_id}",
         "reason": "x"}  # fmt: skip
TALENT = {"year": 2025, "potential": "HIGH", "reference": "panel"}
PLAN = {"instalment": 1_000_000, "from_month": "2026-05", "interview_note": "sudah didengar"}
ATTENDANCE = {"month": "2026-03", "items": [{"employee_id": "{owner}", "code": "TL1", "count": 2}]}


def approve(scene: Scene) -> None:
    scene.two("POST", "/allowance-runs/{open_run_id}/approve")


TABLE = [
    *operations_rows(),
    *job_rows(),
    *proposal_rows(),
    Row("GET /policies/{policy_id}", OVERSIGHT),
    Row("PUT /policies/{policy_id}", "hr", POLICY, {"policy_id": "draft_policy_id"}),
    Row("POST /policies/{policy_id}/publish", "hr", at={"policy_id": "draft_policy_id"}),
    Row("POST /policies/{policy_id}/simulate", "hr", {"month": "2026-01", "employee_ids": ["{owner}"]},
        finds="{owner}"),
    Row("POST /attendance", "hr", ATTENDANCE, own=REFUSED, foreign="422 invalid_input"),
    Row("GET /attendance?employee_id={owner}&year=2026", OWN),
    Row("POST /discipline-penalties", "hr", PENALTY, own=REFUSED),
    Row("GET /discipline-penalties?employee_id={owner}", OWN),
    Row("POST /discipline-penalties/{penalty_id}/revoke", "hr", {"letter_number": "HD-2"}, own=REFUSED),
    Row("POST /circumstances", "hr", CIRCUMSTANCE, own=REFUSED),
    Row("GET /circumstances?employee_id={owner}", OWN),
    Row("POST /circumstances/{circumstance_id}/void", "hr", own=REFUSED),
    Row("GET /allowance-runs/{run_id}", OVERSIGHT),
    Row("POST /allowance-runs/{run_id}/approve", "hr", at={"run_id": "open_run_id"}),
    Row("POST /allowance-runs/{run_id}/pay", "hr", {"payment_reference": "SP2D"}, {"run_id": "open_run_id"},
        given=(approve,)),
    Row("GET /allowance-runs/{run_id}/lines", OVERSIGHT),
    Row("GET /allowance-runs/{run_id}/lines.csv", OVERSIGHT),
    Row("GET /allowances?employee_id={owner}&year=2026", OWN),
    Row("GET /allowances/units?unit_id={unit_unit}&month=2026-01", OVERSIGHT),
    Row("GET /allowances/units?unit_id={root_unit}&month=2026-01", "hr inspector leader"),
    Row("GET /allowances/{line_id}/explanation", OWN),
    Row("GET /allowance-runs/{run_id}/payments", OVERSIGHT),
    Row("GET /claims?employee_id={owner}", OVERSIGHT, finds="{claim_id}"),
    Row("GET /claims/me", "owner former", finds="{claim_id}"),
    Row("GET /claims/{claim_id}", OWN),
    Row("PUT /claims/{claim_id}/plan", "hr", PLAN, own=REFUSED),
    Row("POST /claims/{claim_id}/repayments", "hr", {"amount": 1000, "reference": "NTPN-1"}, own=REFUSED),
    Row("GET /credit/{employee_id}", OWN),
    Row("PUT /credit/{employee_id}/opening", "hr", OPENING, own=REFUSED),
    Row("POST /credit/{employee_id}/periodic", "hr", {"year": 2026, "quarter": 1}, own=REFUSED),
    Row("POST /credit/{employee_id}/decisions", "hr",
        {"number": "PAK-2", "decided_on": "2026-04-20", "purpose": "RECORD", "entry_ids": ["{entry_id}"]}, own=REFUSED),
    Row("POST /predicate-history", "hr",
        {"items": [{"employee_id": "{owner}", "kind": "YEAR", "year": 2023, "predicate": "GOOD"}]},
        own=REFUSED, foreign="422 invalid_input"),
    Row("GET /eligibility?kind=RANK_PROMOTION", OVERSIGHT, finds="{owner}"),
    Row("GET /eligibility/{employee_id}", OWN),
    Row("PUT /eligibility/{employee_id}/attestation", "hr", {"vacancy": True, "reference": "x"}, own=REFUSED),
    Row("PUT /talent/{employee_id}", "hr", TALENT, own=REFUSED),
    Row("GET /talent/{employee_id}?year=2025", OWN),
    Row("POST /awards", "hr appraiser reviewer leader", {**AWARD, "kind": "MODEL_EMPLOYEE_MONTH"}, own=REFUSED),
    Row("GET /awards?employee_id={owner}", OWN, finds="{award_id}"),
    Row("GET /awards?employee_id={owner}", OVERSIGHT, finds="{nomination_id}"),
    Row("GET /awards/{award_id}", OWN),
    Row("GET /awards/{award_id}", OVERSIGHT, at={"award_id": "nomination_id"}, hidden="owner former"),
    Row("POST /awards/{award_id}/decide", "hr", {"granted": False, "decided_on": "2026-04-20"},
        {"award_id": "nomination_id"}, own=REFUSED),
    Row("POST /awards/{award_id}/revoke", "hr", {"decision_number": "KEP-9", "decided_on": "2026-04-20", "reason": "x"},
        own=REFUSED),
]  # fmt: skip


def make_scene(service: ServiceUnderTest) -> Scene:
    """January paid, claimed back with February, March calculated by one HR officer and open to the other, 2025 judged."""
    scene = Scene(service, Personas(), "/api/v1/incentive")
    names = scene.names
    names["employee_id"] = names["owner"]
    scene.turn(2026, 4, 20, 2)
    deliver_directory(service, scene.personas)
    names["policy_id"] = scene.post("hr", "/policies", POLICY)["id"]
    scene.two("POST", "/policies/{policy_id}/publish")
    names["draft_policy_id"] = scene.post("hr", "/policies", {**POLICY, "valid_from": "2027-01-01"})["id"]
    scene.two("POST", "/class-amounts/adopt", {"name": "perpres-103-2022", "effective_from": "2022-01-01"})
    late = {"month": "2026-01", "items": [{"employee_id": "{owner}", "code": "TL1", "count": 3}]}
    scene.post("hr", "/attendance", late)
    _career(scene)
    _months(scene)
    names["penalty_id"] = scene.two(
        "POST", "/discipline-penalties", {**PENALTY, "from_month": "2025-03", "letter_number": "HD-0"}
    )["id"]
    names["circumstance_id"] = scene.post("hr", "/circumstances", {**CIRCUMSTANCE, "from_month": "2026-10"})["id"]
    file = {"file": (io.BytesIO(b"kelas_jabatan,jumlah,berlaku_sejak\n8,1,2026-01-01\n"), "kelas.csv")}
    imported = scene.call("hr", "POST", "/imports/class-amounts", data=file)["id"]
    names["job_id"] = scene.approve(imported)["outcome"]["job_id"]
    _proposals(scene)
    return scene


def _proposals(scene: Scene) -> None:
    penalty = scene.fill({**PENALTY, "letter_number": "HD-3"})
    made = scene.further.post(f"{scene.prefix}/discipline-penalties", json=penalty)
    scene.names["proposal_id"] = made.get_json()["id"]
    scene.names["own_proposal_id"] = scene.post("hr", "/discipline-penalties", penalty)["id"]


def _judged(scene: Scene, year: int, quarter: int | None, evaluation: str) -> None:
    scene.deliver(
        "appraisal", "AppraisalCompleted", "{owner}", evaluation_id=evaluation, employee_id="{owner}",
        kind="PERIODIC" if quarter else "ANNUAL", year=year, quarter=quarter, predicate="VERY_GOOD",
        completed_by="ACCEPTED", work_result="ABOVE", behaviour="ABOVE",
    )  # fmt: skip


def _career(scene: Scene) -> None:
    names = scene.names
    names["evaluation_id"] = names["unknown_id"]
    scene.two("PUT", "/credit/{employee_id}/opening", OPENING)
    _judged(scene, 2025, None, "{evaluation_id}")
    _judged(scene, 2026, 1, "0196b1a2-0000-7000-8000-000000000001")
    names["entry_id"] = scene.get("hr", "/credit/{employee_id}")["entries"][0]["id"]
    kinds = scene.get("hr", "/award-kinds")["items"]
    names["award_kind"] = next(one["code"] for one in kinds if not one["medal_years"])
    names["nomination_id"] = scene.post("hr", "/awards", AWARD)["id"]
    names["award_id"] = scene.post("hr", "/awards", {**AWARD, "kind": "MODEL_EMPLOYEE_YEAR"})["id"]
    grant = {"granted": True, "decision_number": "KEP-1", "decided_on": "2026-04-20"}
    scene.two("POST", "/awards/{award_id}/decide", grant)
    scene.two("PUT", "/talent/{employee_id}", TALENT)
    scene.get("hr", "/eligibility/{employee_id}")


def _months(scene: Scene) -> None:
    names = scene.names
    names["run_id"] = scene.post("hr", "/allowance-runs", {"month": "2026-01"})["id"]
    scene.service.run_jobs()
    scene.two("POST", "/allowance-runs/{run_id}/approve")
    scene.post("hr_owner", "/allowance-runs/{run_id}/pay", {"payment_reference": "SP2D-1"})
    line = scene.get("owner", "/allowances?employee_id={owner}&year=2026")["lines"][0]
    names |= {"line_id": line["id"], "amount": str(line["amount"])}
    _overpaid(scene)
    names["open_run_id"] = scene.post("hr_owner", "/allowance-runs", {"month": "2026-03"})["id"]
    scene.service.run_jobs()


def _overpaid(scene: Scene) -> None:
    """January was paid to somebody on leave before retirement: the approval of February claims it back."""
    leave = {**CIRCUMSTANCE, "from_month": "2026-01", "to_month": "2026-02"}
    scene.post("hr", "/circumstances", leave)
    run = scene.post("hr", "/allowance-runs", {"month": "2026-02"})
    scene.service.run_jobs()
    scene.two("POST", f"/allowance-runs/{run['id']}/approve")
    (claim,) = scene.get("hr", "/claims?employee_id={owner}")["items"]
    scene.names["claim_id"] = claim["id"]
