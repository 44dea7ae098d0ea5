"""The words of the field: employment, status, positions, grades, job classes, time zones."""

import re
from enum import StrEnum
from typing import Any

from msgspec import UNSET

from directory.people import EmployeeStatus, EmploymentType, PositionKind


class TimeZone(StrEnum):
    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


class IdentifierType(StrEnum):
    NIP = "NIP"
    NI_PPPK = "NI_PPPK"


STATUS_WORDS = {
    "": EmployeeStatus.ACTIVE,
    "AKTIF": EmployeeStatus.ACTIVE,
    "CLTN": EmployeeStatus.UNPAID_LEAVE,
    "CUTI_DI_LUAR_TANGGUNGAN_NEGARA": EmployeeStatus.UNPAID_LEAVE,
    "TUGAS_BELAJAR": EmployeeStatus.STUDY_LEAVE,
    "TUBEL": EmployeeStatus.STUDY_LEAVE,
    "DIBERHENTIKAN_SEMENTARA": EmployeeStatus.SUSPENDED,
    "SKORSING": EmployeeStatus.SUSPENDED,
    "PENSIUN": EmployeeStatus.RETIRED,
    "BERHENTI": EmployeeStatus.RETIRED,
    "MENINGGAL": EmployeeStatus.DECEASED,
    "WAFAT": EmployeeStatus.DECEASED,
    "DIBERHENTIKAN": EmployeeStatus.DISMISSED,
    "PINDAH_INSTANSI": EmployeeStatus.TRANSFERRED,
    "MUTASI_KELUAR": EmployeeStatus.TRANSFERRED,
}
KIND_WORDS = {
    "FUNGSIONAL": PositionKind.JF,
    "JABATAN_FUNGSIONAL": PositionKind.JF,
    "JFT": PositionKind.JF,
    "JFU": PositionKind.PELAKSANA,
    "JABATAN_PELAKSANA": PositionKind.PELAKSANA,
}
EMPLOYMENT_WORDS = {"PPPK_PARUH_WAKTU": EmploymentType.PPPK_PW, "PPPK_PENUH_WAKTU": EmploymentType.PPPK}

# Seniority decides which link of a cycle of superiors is the least believable; nothing else uses it.
SENIORITY = {
    PositionKind.JPT_UTAMA: 7,
    PositionKind.JPT_MADYA: 6,
    PositionKind.JPT_PRATAMA: 5,
    PositionKind.ADMINISTRATOR: 4,
    PositionKind.PENGAWAS: 3,
    PositionKind.JF: 2,
    PositionKind.PELAKSANA: 1,
}

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
PNS_GRADES = frozenset([f"{roman}/{letter}" for roman in _ROMAN[:4] for letter in "abcd"] + ["IV/e"])
PPPK_GRADES = frozenset(_ROMAN)
GRADES = PNS_GRADES | PPPK_GRADES
LOWEST_JOB_CLASS = 1
LONGEST_EMAIL = 254
# What an agency may set as its highest class, and what it has until it says so.
HIGHEST_JOB_CLASS, USUAL_HIGHEST_JOB_CLASS = 99, 17
_NUMERIC_GRADE = re.compile(r"^([1-4])[ /]?([1-5a-e])$", re.IGNORECASE)
_WRITTEN_GRADE = re.compile(r"^(IV|I{1,3})[ /]?([a-e])$", re.IGNORECASE)


def word(text: str) -> str:
    """Bring a code to the form of the tables: upper case, underscores."""
    return re.sub(r"[\s\-.]+", "_", text.strip()).upper()


def parse_grade(text: str, employment_type: EmploymentType) -> str | None:
    """Read golongan: III/b in its usual spellings or as 32 for a PNS, I to XVII for a PPPK; None if it is none.

    PNS grades after the annex of golongan/pangkat (I/a to IV/e); the seventeen PPPK grades are unverified.
    """
    text = text.strip()
    if employment_type.is_contract:
        roman = text.upper()
        if roman.isdigit() and 1 <= int(roman) <= len(_ROMAN):
            return _ROMAN[int(roman) - 1]
        return roman if roman in PPPK_GRADES else None
    if found := _NUMERIC_GRADE.match(text):
        letter = found[2].lower()
        letter = "abcde"[int(letter) - 1] if letter.isdigit() else letter
        grade = f"{_ROMAN[int(found[1]) - 1]}/{letter}"
    elif found := _WRITTEN_GRADE.match(text):
        grade = f"{found[1].upper()}/{found[2].lower()}"
    else:
        return None
    return grade if grade in PNS_GRADES else None


def parse_job_class(text: str, highest: int) -> int | None:
    """Read kelas jabatan, 1 to the agency's highest; None if it is none."""
    text = text.strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if LOWEST_JOB_CLASS <= number <= highest else None


def given(command: object, *names: str) -> dict[str, Any]:
    """Return the named fields of a partial change that were given (are not UNSET)."""
    values = {name: getattr(command, name) for name in names}
    return {name: value for name, value in values.items() if value is not UNSET}
