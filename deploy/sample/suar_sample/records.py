"""What hangs on a person: attendance by month, predicates of past years, credit points."""

from datetime import date
from decimal import Decimal
from random import Random

from suar_sample.people import Person

LATE_CODES = ("TL1", "TL2", "TL3", "TL4")
EARLY_CODES = ("PSW1", "PSW2", "PSW3", "PSW4")
EVENT_WEIGHTS = (60, 22, 10, 8)
LATE_SHARE, EARLY_SHARE, ABSENT_SHARE = 0.11, 0.06, 0.004
PREDICATES = {"VERY_GOOD": 220, "GOOD": 720, "NEEDS_IMPROVEMENT": 45, "POOR_MISCONDUCT": 10, "VERY_POOR": 5}
COEFFICIENTS = {
    "PEMULA": Decimal("3.75"),
    "TERAMPIL": Decimal(5),
    "MAHIR": Decimal("12.5"),
    "PENYELIA": Decimal(25),
    "AHLI_PERTAMA": Decimal("12.5"),
    "AHLI_MUDA": Decimal(25),
    "AHLI_MADYA": Decimal("37.5"),
    "AHLI_UTAMA": Decimal(50),
}
BASE_CREDIT = {
    ("TERAMPIL", "II/c"): 20,
    ("TERAMPIL", "II/d"): 40,
    ("MAHIR", "III/b"): 50,
    ("PENYELIA", "III/d"): 100,
    ("AHLI_PERTAMA", "III/b"): 50,
    ("AHLI_MUDA", "III/d"): 100,
    ("AHLI_MADYA", "IV/b"): 150,
    ("AHLI_MADYA", "IV/c"): 300,
    ("AHLI_UTAMA", "IV/e"): 200,
}
MOST_YEARS_OF_CREDIT = 5


def attendance(person: Person, year: int, rng: Random) -> list[tuple[str, str, str, str]]:
    """The months in which somebody came late, left early or was absent: nip, month, code, count."""
    if person.status != "ACTIVE":
        return []
    rows = []
    for month in range(1, 13):
        if date(year, month, 1) < person.service_start:
            continue
        for codes, share in ((LATE_CODES, LATE_SHARE), (EARLY_CODES, EARLY_SHARE)):
            if rng.random() < share:
                code = rng.choices(codes, weights=EVENT_WEIGHTS)[0]
                rows.append((person.nip, f"{year}-{month:02d}", code, str(rng.choice((1, 1, 1, 2, 2, 3)))))
        if rng.random() < ABSENT_SHARE:
            rows.append((person.nip, f"{year}-{month:02d}", "ABSENT", str(rng.choice((1, 1, 2)))))
    return rows


def past_predicates(person: Person, year: int, rng: Random) -> list[tuple[str, str, str]]:
    """The annual predicates of the two years before, for the years that somebody served whole."""
    return [
        (person.nip, str(past), rng.choices(list(PREDICATES), weights=list(PREDICATES.values()))[0])
        for past in (year - 2, year - 1)
        if person.service_start <= date(past, 1, 1)
    ]


def credit_balance(person: Person, year: int, rng: Random) -> tuple[str, ...] | None:
    """Credit points of a functional PNS on 31 December: nip, level, balance, the base of the grade in it, date."""
    if person.post.kind != "JF" or person.employment != "PNS":
        return None
    level = person.post.level
    base = Decimal(BASE_CREDIT.get((level, person.grade), 0))
    since = max(person.grade_since, person.post_since)
    years = min(MOST_YEARS_OF_CREDIT, year - since.year)
    earned = COEFFICIENTS[level] * years * rng.choice((Decimal(1), Decimal(1), Decimal("1.125"), Decimal("1.25")))
    return person.nip, level, f"{base + earned:.3f}", f"{base:.3f}", f"{year - 1}-12-31"
