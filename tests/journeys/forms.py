"""What people of the stories send: filled forms, with what the scenario does not tell left sensible."""

from typing import Any

import httpx

from suar_demo.client import Api
from tests.journeys.ministry import APPRAISAL, match

NOTE = "Capaian di bawah ekspektasi; lihat bukti dan umpan balik pada periode ini."
IDEA = "Gagasan antrean daring mempercepat layanan dari 5 hari menjadi 2 hari."
VALUES = ("BP", "AK", "KO", "HA", "LO", "AD", "KL")


def rating(employee_id: str, work_result: str, behaviour: str) -> dict[str, object]:
    """What an appraiser sends; an extreme rating needs its reason."""
    best = IDEA if work_result == behaviour == "ABOVE" else ""
    return {
        "employee_id": employee_id,
        "work_result": work_result,
        "behaviour": behaviour,
        "work_result_note": NOTE if work_result == "BELOW" else best,
        "behaviour_note": NOTE if behaviour == "BELOW" else "",
    }


def plan_of(year: int) -> dict[str, object]:
    indicators = [
        {"text": "Waktu penyelesaian", "aspect": "TIME", "target_number": "5", "unit": "hari"},
        {"text": "Jumlah berkas", "aspect": "QUANTITY", "target_number": "120", "unit": "berkas"},
    ]
    titles = ("Layanan kepegawaian selesai tepat waktu", "Data kepegawaian mutakhir")
    return {
        "year": year,
        "model": "QUANTITATIVE",
        "work_results": [{"kind": "MAIN", "title": title, "indicators": indicators} for title in titles],
        "behaviour_expectations": [{"value": value, "expectation": "Sesuai panduan BerAKHLAK."} for value in VALUES],
        "annex": {"support": ["Akses SIASN"], "accountability": ["Laporan triwulan"], "consequences": ["Umpan balik"]},
    }


def decision(work_result: str, behaviour: str) -> dict[str, object]:
    return {
        "outcome": "CHANGED",
        "work_result": work_result,
        "behaviour": behaviour,
        "work_result_note": NOTE if work_result == "BELOW" else IDEA,
        "behaviour_note": NOTE if behaviour == "BELOW" else "",
        "reasons": "Bukti triwulan 3 dan 4 diterima.",
    }


def rule_of(kind: str, value: dict[str, object], since: str) -> dict[str, object]:
    source = {"legal_source": "Peraturan Menteri 4/2026", "verified": False, "reason": "Ditetapkan pimpinan"}
    return {"kind": kind, "value": value, "effective_from": since, **source}


def approve_rule(officer: Api, proposal: dict[str, Any]) -> httpx.Response:
    """The second officer approves what was proposed, as it was seen."""
    path = f"{APPRAISAL}/rules/proposals/{proposal['id']}/approve"
    return officer.raw("POST", path, json={"reason": "Sesuai peraturan"}, headers=match(proposal))
