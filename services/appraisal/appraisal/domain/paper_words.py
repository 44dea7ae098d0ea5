"""How papers say in Indonesian what the API says in codes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from appraisal.domain.periods import Period
from appraisal.domain.values import Aspect, Capacity, Outcome, Perspective, PlanModel, RatingLevel
from chassis.indonesian import MONTHS, day_in_words
from directory.performance import Predicate

NOTHING = "–"
RATINGS: Mapping[RatingLevel, str] = {
    RatingLevel.ABOVE: "Di atas ekspektasi",
    RatingLevel.MEETS: "Sesuai ekspektasi",
    RatingLevel.BELOW: "Di bawah ekspektasi",
}
PREDICATES: Mapping[Predicate, str] = {
    Predicate.VERY_GOOD: "Sangat Baik",
    Predicate.GOOD: "Baik",
    Predicate.NEEDS_IMPROVEMENT: "Butuh Perbaikan",
    Predicate.POOR_MISCONDUCT: "Kurang",
    Predicate.VERY_POOR: "Sangat Kurang",
}
ASPECTS: Mapping[Aspect, str] = {
    Aspect.QUANTITY: "Kuantitas",
    Aspect.QUALITY: "Kualitas",
    Aspect.TIME: "Waktu",
    Aspect.COST: "Biaya",
}
PERSPECTIVES: Mapping[Perspective, str] = {
    Perspective.SERVICE_RECIPIENTS: "Penerima layanan",
    Perspective.BUSINESS_PROCESS: "Proses bisnis",
    Perspective.INTERNAL_STRENGTHENING: "Penguatan internal",
    Perspective.BUDGET: "Anggaran",
}
MODELS: Mapping[PlanModel, str] = {
    PlanModel.QUANTITATIVE: "pendekatan kuantitatif",
    PlanModel.QUALITATIVE: "pendekatan kualitatif",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.KEPT: "Penilaian dipertahankan",
    Outcome.CHANGED: "Penilaian diubah",
}
# As whom somebody signs; empty: in the own office, which the paper names already.
CAPACITIES: Mapping[Capacity, str] = {
    Capacity.APPRAISER: "",
    Capacity.ACTING: "selaku pelaksana tugas atau pelaksana harian",
    Capacity.DELEGATE: "selaku pejabat yang diberi pelimpahan wewenang",
    Capacity.EXTERNAL: "",
    Capacity.REVIEWER: "selaku atasan pejabat penilai kinerja",
    Capacity.DESIGNATED: "selaku pejabat yang ditunjuk",
    Capacity.HR: "selaku pengelola kepegawaian dengan surat keputusan",
}
# Pangkat of PNS by golongan ruang (PP 11/2017, annex).
_RANKS: Mapping[str, str] = {
    "I/a": "Juru Muda", "I/b": "Juru Muda Tk. I", "I/c": "Juru", "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tk. I", "II/c": "Pengatur", "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda", "III/b": "Penata Muda Tk. I", "III/c": "Penata", "III/d": "Penata Tk. I",
    "IV/a": "Pembina", "IV/b": "Pembina Tk. I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}  # fmt: skip
_QUARTERS = ("I", "II", "III", "IV")


def rank_in_words(grade: str) -> str:
    """Return rank and grade of a PNS, or the grade of a PPPK, who has no rank."""
    rank = _RANKS.get(grade)
    return f"Golongan {grade}" if rank is None else f"{rank} ({grade})"


def number_in_words(number: Decimal) -> str:
    """Return a number as people write it: 1.234,5."""
    whole, _, places = f"{abs(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    places = places.rstrip("0")
    return f"{'-' if number < 0 else ''}{grouped}{',' + places if places else ''}"


def signed(words: str, moment: str, capacity: Capacity | None) -> str:
    """Return the words over a name: what was done, when, and as whom where it was not in the own office."""
    office = "" if capacity is None else CAPACITIES[capacity]
    return f"{words} secara elektronik pada {moment}{', ' + office if office else ''}"


def days_in_words(first_day: date, last_day: date) -> str:
    """Return a stretch of days: 1 Januari – 31 Desember 2026; the year stands once where it is the same."""
    start = day_in_words(first_day)
    if first_day.year == last_day.year:
        start = start.removesuffix(f" {first_day.year}")
    return f"{start} – {day_in_words(last_day)}"


def period_in_words(period: Period) -> str:
    """Return a period by its name: Triwulan I 2026, Maret 2026, Tahun 2026."""
    if period.quarter is not None:
        return f"Triwulan {_QUARTERS[period.quarter - 1]} {period.year}"
    if period.month is not None:
        return f"{MONTHS[period.month - 1]} {period.year}"
    return f"Tahun {period.year}"
