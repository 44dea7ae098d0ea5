"""How the features' words become values: dates, ratings, predicates, rupiah."""

import re
from functools import partial

from parse import with_pattern
from pytest_bdd import parsers

from tests.journeys.people import UNITS

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
RATINGS = {"di atas ekspektasi": "ABOVE", "sesuai ekspektasi": "MEETS", "di bawah ekspektasi": "BELOW"}
PREDICATES = {
    "Sangat Baik": "VERY_GOOD",
    "Baik": "GOOD",
    "Butuh Perbaikan": "NEEDS_IMPROVEMENT",
    "Kurang": "POOR_MISCONDUCT",
    "Sangat Kurang": "VERY_POOR",
}
STATUSES = {
    "pensiun": "RETIRED",
    "cuti di luar tanggungan negara": "UNPAID_LEAVE",
    "tugas belajar": "STUDY_LEAVE",
}
CAPACITIES = {"penilai": "APPRAISER", "pelaksana": "ACTING"}
_MOMENT = rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})(?: pukul (\d\d)\.(\d\d)(?:\.(\d\d))?)?"
Moment = tuple[int, ...]


@with_pattern(_MOMENT, regex_group_count=6)
def moment(text: str) -> Moment:
    """6 April 2026 pukul 09.30 -> (2026, 4, 6, 9, 30, 0); without a time it is nine in the morning."""
    found = re.fullmatch(_MOMENT, text)
    assert found, text
    day, month, year, hour, minute, second = found.groups()
    return (int(year), MONTHS.index(month) + 1, int(day), int(hour or 9), int(minute or 0), int(second or 0))


@with_pattern(rf"(?:{'|'.join(MONTHS)}) \d{{4}}")
def month(text: str) -> str:
    """Juli 2026 -> 2026-07."""
    name, year = text.split()
    return f"{year}-{MONTHS.index(name) + 1:02d}"


@with_pattern("|".join(RATINGS))
def rating(text: str) -> str:
    return RATINGS[text]


@with_pattern('"(?:' + "|".join(sorted(PREDICATES, key=len, reverse=True)) + ')"')
def predicate(text: str) -> str:
    return PREDICATES[text.strip('"')]


@with_pattern(r"-?Rp[\d.]+")
def rupiah(text: str) -> int:
    return int(text.replace("Rp", "").replace(".", ""))


@with_pattern(r"[A-Z][a-z]+")
def name(text: str) -> str:
    return text


@with_pattern(r"[A-Z][a-z]+(?:, [A-Z][a-z]+)+")
def names(text: str) -> list[str]:
    return text.split(", ")


@with_pattern("|".join(known for _, known, _, _ in UNITS))
def unit(text: str) -> str:
    """Subbagian Kinerja -> 01.01."""
    return next(code for code, known, _, _ in UNITS if known == text)


@with_pattern("|".join(STATUSES))
def status(text: str) -> str:
    return STATUSES[text]


@with_pattern(r"\d+,\d+")
def points(text: str) -> str:
    """102,500 angka kredit -> 102.500."""
    return text.replace(",", ".")


TYPES = {
    "Saat": moment,
    "Bulan": month,
    "Nilai": rating,
    "Predikat": predicate,
    "Rupiah": rupiah,
    "Nama": name,
    "Orang": names,
    "Unit": unit,
    "Keadaan": status,
    "Angka": points,
}
says = partial(parsers.parse, extra_types=TYPES)


def iso(day: Moment) -> str:
    return f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}"


def rows(datatable: list[list[str]]) -> list[dict[str, str]]:
    """A step's table as one mapping a row."""
    header, *body = datatable
    return [dict(zip(header, row, strict=True)) for row in body]
