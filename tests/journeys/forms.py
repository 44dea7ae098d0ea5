"""What people of the stories send: filled forms, with what the scenario does not tell left sensible."""

NOTE = "Capaian di bawah ekspektasi; lihat bukti dan umpan balik pada periode ini."
VALUES = ("BP", "AK", "KO", "HA", "LO", "AD", "KL")


def rating(employee_id: str, work_result: str, behaviour: str) -> dict[str, object]:
    """What an appraiser sends; a rating below expectation needs its reason."""
    return {
        "employee_id": employee_id,
        "work_result": work_result,
        "behaviour": behaviour,
        "work_result_note": NOTE if work_result == "BELOW" else "",
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
        "work_result_note": NOTE if work_result == "BELOW" else "",
        "behaviour_note": NOTE if behaviour == "BELOW" else "",
        "reasons": "Bukti triwulan 3 dan 4 diterima.",
    }
