"""Dated reference data: national or system defaults, over which an agency lays its own rows.

A row is in force from its date until the next. `verified` means that the value was seen in its source; what
was not is configurable all the same and is marked so wherever it is used.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chassis.views import view_of


class ReferenceKind(StrEnum):
    ENVIRONMENT = "ENVIRONMENT"
    ANONYMITY = "ANONYMITY"
    TRIAGE = "TRIAGE"
    WORKING_HOURS = "WORKING_HOURS"
    RELEASE = "RELEASE"


@dataclass(frozen=True)
class Reference:
    """One dated value; `version` names it wherever it was used."""

    kind: ReferenceKind
    valid_from: date
    version: str
    body: Mapping[str, Any]
    source: str
    verified: bool


@dataclass(frozen=True)
class EnterReference:
    kind: ReferenceKind
    valid_from: date
    body: Mapping[str, Any]
    source: str
    verified: bool


@dataclass(frozen=True)
class ReferenceView:
    kind: ReferenceKind
    valid_from: date
    version: str
    body: dict[str, Any]
    source: str
    verified: bool

    @classmethod
    def of(cls, reference: Reference) -> "ReferenceView":
        return view_of(cls, reference)


@dataclass(frozen=True)
class Holiday:
    day: date
    name: str
    source: str


@dataclass(frozen=True)
class EnterHolidays:
    items: Sequence[Holiday]
    removed: Sequence[date] = ()


@dataclass(frozen=True)
class HolidaysView:
    items: Sequence[Holiday]


_PERMENKES = "Permenkes 48/2016 (K3 Perkantoran)"
_UNSEEN = "Permenkes 48/2016 (K3 Perkantoran), nilai belum dilihat pada naskah"

DEFAULTS: tuple[Reference, ...] = (
    Reference(
        ReferenceKind.ENVIRONMENT,
        date(2016, 1, 1),
        "default-environment-1",
        {
            "LIGHT": {"lowest": "300", "highest": None, "source": _PERMENKES, "verified": True},
            "TEMPERATURE": {"lowest": None, "highest": "26", "source": _PERMENKES, "verified": True},
            "HUMIDITY": {"lowest": None, "highest": "60", "source": _PERMENKES, "verified": True},
            "NOISE": {"lowest": None, "highest": "65", "source": _UNSEEN, "verified": False},
            "CO2": {"lowest": None, "highest": "1000", "source": _UNSEEN, "verified": False},
        },
        _PERMENKES,
        verified=False,
    ),
    Reference(
        ReferenceKind.ANONYMITY,
        date(2016, 1, 1),
        "default-anonymity-2",
        {"scores": 5, "free_text": 10, "counts": 5, "differing": 2, "window_months": 12},
        "Kebijakan Suar; alat survei yang ada memakai 3 sampai 5 untuk nilai. Bukan ketentuan hukum.",
        verified=False,
    ),
    Reference(
        ReferenceKind.TRIAGE,
        date(2016, 1, 1),
        "default-triage-1",
        {"danger_hours": 24, "other_working_days": 3},
        "Kebijakan Suar. Bukan ketentuan hukum.",
        verified=False,
    ),
    Reference(
        ReferenceKind.RELEASE,
        date(2016, 1, 1),
        "default-release-1",
        {"hour": 7},
        "Kebijakan Suar: laporan tanpa nama dari satu hari dibuka bersama esok harinya. Bukan ketentuan hukum.",
        verified=False,
    ),
    Reference(
        ReferenceKind.WORKING_HOURS,
        date(2023, 4, 12),
        "default-working-hours-1",
        {
            "ordinary": {
                "weekly_hours": "37.5",
                "days_a_week": 5,
                "start": "07:30",
                "break_minutes": 60,
                "friday_break_minutes": 90,
            },
            "ramadan": {
                "weekly_hours": "32.5",
                "days_a_week": 5,
                "start": "08:00",
                "break_minutes": None,
                "friday_break_minutes": None,
            },
            "ramadan_periods": [],
        },
        "Perpres 21/2023; lama istirahat pada Ramadan dan tanggal berlakunya belum diverifikasi",
        verified=True,
    ),
)


def in_force(rows: Iterable[Reference], kind: ReferenceKind, day: date) -> Reference:
    """Return the row in force on a day: the agency's newest that has begun, else the default.

    `rows` are the agency's own, in the order they were entered: of two with one date the later replaces the earlier.
    Before the first default the oldest default holds, so that there is always an answer.
    """
    own = [row for row in rows if row.kind is kind and row.valid_from <= day]
    if own:
        return max(enumerate(own), key=lambda numbered: (numbered[1].valid_from, numbered[0]))[1]
    defaults = sorted((row for row in DEFAULTS if row.kind is kind), key=lambda row: row.valid_from)
    begun = [row for row in defaults if row.valid_from <= day]
    return begun[-1] if begun else defaults[0]
