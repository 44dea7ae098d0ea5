"""Incentives: allowances to the rupiah, credit points, eligibility, an award, each founded on a final predicate."""

import csv
import io
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from suar_demo.client import finish_job
from suar_demo.context import YEAR, DemoContext, Person
from suar_demo.ratings import rating_of
from suar_demo.scenario import rupiah
from suar_demo.steps.cycle import planned, siti_unit

INCENTIVE = "/api/v1/incentive"
POLICY = "kementerian-contoh"
SITI_YEAR = 54_277_912
SITI_JULY = 4_282_680
NOT_PAID = {"UNPAID_LEAVE", "SUSPENDED", "RETIRED"}
FACTOR = {
    "VERY_GOOD": Decimal("1.00"),
    "GOOD": Decimal("1.00"),
    "NEEDS_IMPROVEMENT": Decimal("0.90"),
    "POOR_MISCONDUCT": Decimal("0.85"),
    "VERY_POOR": Decimal("0.80"),
}
CUTS = {
    "TL1": "0.5",
    "TL2": "1",
    "TL3": "1.5",
    "TL4": "2",
    "PSW1": "0.5",
    "PSW2": "1",
    "PSW3": "1.5",
    "PSW4": "2",
    "ABSENT": "4",
}


def publish_policy(context: DemoContext) -> None:
    """The ministry's policy and class amounts; opening credit and past predicates from its files."""
    hr = context.hr
    templates = {one["name"]: one for one in hr.get(f"{INCENTIVE}/policies/templates")["items"]}
    policy = hr.post(
        f"{INCENTIVE}/policies",
        {
            "name": "Kebijakan tukin Kementerian Contoh",
            "valid_from": f"{YEAR}-01-01",
            "rules": templates[POLICY]["rules"],
            "legal_source": templates[POLICY]["legal_source"],
        },
    )
    _by_two(context, f"{INCENTIVE}/policies/{policy['id']}/publish")
    for name, target in (
        ("kelas_jabatan", "class-amounts"),
        ("angka_kredit", "credit-openings"),
        ("riwayat_predikat", "predicate-history"),
    ):
        content = (context.sample / f"{name}.csv").read_bytes()
        proposal = context.officers[0].upload(f"{INCENTIVE}/imports/{target}", f"{name}.csv", content)
        job = context.by_two(proposal, "incentive")
        finish_job(context.hr, "incentive", job["job_id"])
    context.scenario.show(
        "Kebijakan tukin 60% kinerja + 40% kehadiran berlaku; saldo angka kredit dan riwayat predikat masuk."
    )


def pay_month(context: DemoContext, month: int) -> None:
    """Attendance comes in, the month is run, approved by two officers, and paid."""
    context.turn_clock(YEAR, month, 28, 15)
    label = f"{YEAR}-{month:02d}"
    rows = [row for row in context.rows("kehadiran") if row["bulan"] == label]
    if rows:
        _import(context, "attendance", f"kehadiran-{label}", _as_csv(rows))
    run = run_month(context, label)
    expected = expected_month(context, month)
    context.notes.setdefault("months", {})[month] = (expected, int(run["totals"]["amount"]))
    context.scenario.show(f"{label}: {rupiah(int(run['totals']['amount']))} untuk {len(context.people)} pegawai")


def run_month(context: DemoContext, label: str) -> dict[str, Any]:
    """HR runs a month, one officer proposes its approval, the second approves it; gives the run, which is paid."""
    started = context.hr.post(f"{INCENTIVE}/allowance-runs", {"month": label})
    finish_job(context.hr, "incentive", started["job_id"])
    path = f"{INCENTIVE}/allowance-runs/{started['id']}"
    run = context.hr.get(path)
    run = _by_two(context, f"{path}/approve", headers=match(run))
    paid: dict[str, Any] = context.second_hr.post(
        f"{path}/pay", {"payment_reference": f"SP2D-{label}"}, headers=match(run)
    )
    return paid


def pay_months(context: DemoContext, *months: int) -> None:
    for month in months:
        pay_month(context, month)


def check_year(context: DemoContext) -> None:
    """The whole ministry's year against an independent sum; Siti's year to the rupiah, and its explanation."""
    months = context.notes["months"]
    expected = sum(pair[0] for pair in months.values())
    found = sum(pair[1] for pair in months.values())
    context.scenario.check("tukin seluruh kementerian setahun", rupiah(expected), rupiah(found))
    year = context.siti.me.get(f"{INCENTIVE}/allowances", employee_id=context.siti.employee_id, year=YEAR)
    context.scenario.check("tukin Siti setahun", rupiah(SITI_YEAR), rupiah(year["paid_amount"]))
    july = next(line for line in year["lines"] if line["month"] == f"{YEAR}-07")
    why = context.siti.me.get(f"{INCENTIVE}/allowances/{july['id']}/explanation")
    context.scenario.check(
        "tukin Siti Juli, dihitung ulang dari penjelasannya", rupiah(SITI_JULY), rupiah(why["recomputed_amount"])
    )
    for step in why["steps"]:
        context.scenario.show(f"[dim]{step['label']:<48} {step['value']:>16}[/]")


def check_credit_before(context: DemoContext) -> None:
    """The annual document is issued, not final: the credit it would give is provisional."""
    credit = context.consistency.wait_for("angka kredit sementara Siti", lambda: _with_provisional(context))
    context.scenario.check(
        "angka kredit Siti sebelum keputusan (sementara)", "99.375", f"{Decimal(str(credit['provisional'])):.3f}"
    )
    context.scenario.check("angka kredit Siti yang sudah tetap", "90.000", f"{Decimal(str(credit['balance'])):.3f}")


def check_credit_after(context: DemoContext) -> None:
    """After the decision: 12.500 points more, and what that opens."""
    context.consistency.wait_until_consistent()
    siti = context.siti
    credit = siti.me.get(f"{INCENTIVE}/credit/{siti.employee_id}")
    context.scenario.check("angka kredit Siti sesudah keputusan", "102.500", f"{Decimal(str(credit['balance'])):.3f}")
    assessed = {one["kind"]: one for one in siti.me.get(f"{INCENTIVE}/eligibility/{siti.employee_id}")["items"]}
    still = ", ".join(sorted(assessed["LEVEL_PROMOTION"]["missing"]))
    context.scenario.check("syarat Ahli Muda yang masih kurang", "competency_test, vacancy", still)
    context.scenario.check("syarat kenaikan pangkat terpenuhi", True, assessed["RANK_PROMOTION"]["eligible"])
    medal = assessed["SERVICE_MEDAL"]["review_on"]
    context.scenario.check("Satyalancana 10 tahun paling cepat", "2029-03-01", medal)


def grant_award(context: DemoContext) -> None:
    """Recognition with its evidence: the best result of Siti's unit."""
    context.turn_clock(YEAR + 1, 2, 2, 9)
    unit = siti_unit(context)
    best = next(person for person in unit if rating_of(person, None, unit).predicate == "VERY_GOOD")
    path = "/api/v1/appraisal/evaluations"
    rows = context.hr.pages(path, year=YEAR, kind="ANNUAL", employee_id=best.employee_id)
    evaluation = next(iter(rows))
    award = context.officers[0].post(
        f"{INCENTIVE}/awards",
        {
            "employee_id": best.employee_id,
            "kind": "MODEL_EMPLOYEE_YEAR",
            "year": YEAR,
            "evaluation_id": evaluation["id"],
            "reason": "Predikat tahunan tertinggi di unitnya",
        },
    )
    decision = {"granted": True, "decision_number": "KEP-12/SDM/2027", "decided_on": f"{YEAR + 1}-02-02"}
    granted = _by_two(context, f"{INCENTIVE}/awards/{award['id']}/decide", decision, headers=match(award))
    context.scenario.check("penghargaan pegawai teladan", "GRANTED", granted["state"])
    context.consistency.wait_until_consistent()


def expected_month(context: DemoContext, month: int) -> int:
    """The ministry's sum of one month, worked out anew from its own files: nothing of the service is used."""
    amounts = {int(row["kelas_jabatan"]): int(row["jumlah"]) for row in context.rows("kelas_jabatan")}
    cuts: dict[str, Decimal] = defaultdict(Decimal)
    for row in context.rows("kehadiran"):
        if row["bulan"] == f"{YEAR}-{month:02d}":
            cuts[row["nip"]] += Decimal(CUTS[row["kode"]]) * int(row["jumlah"])
    evaluated = {person.employee_id for person in planned(context)}
    unit = siti_unit(context)
    quarter = (month - 1) // 3
    return sum(
        _expected_person(person, amounts, cuts[person.nip], _predicate(person, quarter, evaluated, unit))
        for person in context.people.values()
        if person.status not in NOT_PAID
    )


def _predicate(person: Person, quarter: int, evaluated: set[str], unit: list[Person]) -> str:
    """That of the last closed quarter; where there is none, the factor is 1."""
    return rating_of(person, quarter, unit).predicate if quarter and person.employee_id in evaluated else "GOOD"


def _expected_person(person: Person, amounts: dict[int, int], cut: Decimal, predicate: str) -> int:
    base = Decimal(amounts[person.job_class])
    performance = base * Decimal("0.60") * FACTOR[predicate]
    attendance = base * Decimal("0.40") * (1 - min(cut, Decimal(100)) / 100)
    status = Decimal("0.80") if person.employment_type == "CPNS" else Decimal(1)
    return int(((performance + attendance) * status).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _with_provisional(context: DemoContext) -> Any:
    credit = context.siti.me.get(f"{INCENTIVE}/credit/{context.siti.employee_id}")
    return credit if credit["provisional"] is not None else None


def _import(context: DemoContext, target: str, name: str, content: bytes) -> None:
    job = context.hr.upload(f"{INCENTIVE}/imports/{target}", f"{name}.csv", content)
    finish_job(context.hr, "incentive", job["job_id"])


def _by_two(context: DemoContext, path: str, body: Any = None, **options: Any) -> Any:
    return context.by_two(context.officers[0].post(path, body, **options), "incentive")


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def match(row: dict[str, Any]) -> dict[str, str]:
    """The header that changes what was just read, and nothing newer."""
    return {"If-Match": f'"{row["version"]}"'}
