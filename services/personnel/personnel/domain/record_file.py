"""One row of a file of records, checked: who, which series, from which day, what, and why."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.dates import parse_date
from personnel.domain.findings import Finding
from personnel.domain.nip import clean_nip
from personnel.domain.records import Cause, Series
from personnel.domain.values import (
    EMPLOYMENT_WORDS,
    KIND_WORDS,
    LOWEST_JOB_CLASS,
    STATUS_WORDS,
    parse_job_class,
    word,
)
from spreadsheets import Columns

NOBODY = "TANPA_ATASAN"
COLUMNS = Columns(
    required=("nip", "seri", "berlaku_mulai"),
    optional=(
        "kode_unit", "kode_jabatan", "nama_jabatan", "jenis_jabatan", "jenjang", "kelas_jabatan", "nip_atasan",
        "status", "sampai", "jenis_kepegawaian", "golongan", "tmt_golongan", "sebab", "nomor_sk", "ganti_sesudahnya",
        "alasan",
    ),
)  # fmt: skip
# The column of each field that a rule may name.
COLUMN_OF = {
    "unit_id": "kode_unit", "position_level": "jenjang", "job_class": "kelas_jabatan", "superior_id": "nip_atasan",
    "superior_nip": "nip_atasan", "until": "sampai", "grade": "golongan", "grade_since": "tmt_golongan",
}  # fmt: skip
_SERIES_WORDS = {
    "JABATAN": Series.POSITION,
    "ATASAN": Series.SUPERIOR,
    "JENIS_KEPEGAWAIAN": Series.EMPLOYMENT_TYPE,
    "GOLONGAN": Series.GRADE,
}
_CAUSE_WORDS = {"": Cause.CHANGE, "PERUBAHAN": Cause.CHANGE, "KOREKSI": Cause.CORRECTION}
_STATUS_WORDS = {text: status for text, status in STATUS_WORDS.items() if text}
_LONGEST = {
    "kode_unit": 60, "kode_jabatan": 60, "nama_jabatan": 250, "golongan": 10, "nomor_sk": 100, "alasan": 500,
}  # fmt: skip
_YES, _NO = {"ya", "y", "true", "1"}, {"tidak", "t", "n", "false", "0"}
_EARLIEST, _LATEST = date(1940, 1, 1), date(2100, 12, 31)
_DATE = f"Isi tanggal antara {_EARLIEST} dan {_LATEST} dalam bentuk TTTT-BB-HH, misalnya 2026-03-01."
_ISO_NIP = re.compile(r"^\d{18}$")
W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True)
class PositionCells:
    unit_code: str
    position_code: str
    position_title: str
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int


@dataclass(frozen=True)
class StatusCells:
    status: EmployeeStatus
    until: date | None


@dataclass(frozen=True)
class TypeCells:
    employment_type: EmploymentType
    grade: str | None
    grade_since: date | None


@dataclass(frozen=True)
class GradeCells:
    grade: str
    grade_since: date | None


@dataclass(frozen=True)
class SuperiorCells:
    """`superior_nip` None: nobody."""

    superior_nip: str | None


Cells = PositionCells | StatusCells | TypeCells | GradeCells | SuperiorCells


@dataclass(frozen=True)
class RecordRow:
    """A row that can be read. `replaces_later` None: a correction sets aside what was recorded for later days."""

    series: Series
    effective_from: date
    cells: Cells
    cause: Cause
    decision_number: str | None
    replaces_later: bool | None
    reason: str


def series_of(cells: Mapping[str, str]) -> Series | None:
    """Return the series that a row names; None when it is none."""
    value = word(cells.get("seri", ""))
    return Series(value) if value in set(Series) else _SERIES_WORDS.get(value)


class _Reader:
    """Reads one row cell by cell and gathers the findings."""

    def __init__(self, cells: Mapping[str, str], highest_job_class: int, unit_codes: Collection[str]) -> None:
        self.cells, self.highest, self.units = cells, highest_job_class, unit_codes
        self.findings: list[Finding] = []

    def remark(self, column: str, code: str, expected: str) -> None:
        self.findings.append(Finding(column, self.cells.get(column, ""), code, expected))

    def text(self, column: str) -> str:
        value = self.optional_text(column)
        if not value:
            self.remark(column, "cell_missing", f"Isi 1-{_LONGEST[column]} karakter.")
        return value or ""

    def optional_text(self, column: str) -> str | None:
        value = self.cells.get(column, "")
        if len(value) > _LONGEST[column]:
            self.remark(column, "cell_too_long", f"Isi paling banyak {_LONGEST[column]} karakter.")
        return value or None

    def choice(self, column: str, words: type[W], synonyms: Mapping[str, W]) -> W | None:
        value = word(self.cells.get(column, ""))
        if value in set(words):
            return words(value)
        if value in synonyms:
            return synonyms[value]
        names = dict.fromkeys([*words, *(one for one in synonyms if one)])
        self.remark(column, f"{column}_unknown", f"Isi salah satu: {', '.join(names)}.")
        return None

    def day(self, column: str, *, required: bool = True) -> date | None:
        text = self.cells.get(column, "")
        if not text and not required:
            return None
        value = parse_date(text)
        if value is None or not _EARLIEST <= value <= _LATEST:
            self.remark(column, "date_wrong", _DATE)
            return None
        return value

    def unit(self) -> str:
        code = self.text("kode_unit")
        if code and code not in self.units:
            self.remark("kode_unit", "unit_unknown", "Isi kode unit aktif di instansi ini.")
        return code

    def job_class(self) -> int | None:
        found = parse_job_class(self.cells.get("kelas_jabatan", ""), self.highest)
        if found is None:
            expected = f"Isi bilangan {LOWEST_JOB_CLASS} sampai {self.highest}."
            self.remark("kelas_jabatan", "job_class_unknown", expected)
        return found

    def yes_or_no(self, column: str) -> bool | None:
        value = self.cells.get(column, "").lower()
        if value and value not in _YES | _NO:
            self.remark(column, "yes_or_no_wrong", "Isi ya atau tidak, atau kosongkan.")
        return None if not value else value in _YES

    def superior(self) -> str | None:
        text = self.cells.get("nip_atasan", "")
        if word(text) == NOBODY:
            return None
        number = clean_nip(text)
        if not _ISO_NIP.match(number):
            self.remark("nip_atasan", "superior_nip_wrong", f"Isi NIP atasan (18 angka), atau {NOBODY}.")
        return number


def read_record_row(
    cells: Mapping[str, str], *, highest_job_class: int, unit_codes: Collection[str]
) -> tuple[RecordRow | None, list[Finding]]:
    """Check what one row says by itself; the row is None when it is refused."""
    reader = _Reader(cells, highest_job_class, unit_codes)
    series, day = reader.choice("seri", Series, _SERIES_WORDS), reader.day("berlaku_mulai")
    cause, replaces = reader.choice("sebab", Cause, _CAUSE_WORDS), reader.yes_or_no("ganti_sesudahnya")
    decision, reason = reader.optional_text("nomor_sk"), reader.optional_text("alasan")
    values = _VALUES[series](reader) if series else None
    if reader.findings or series is None or day is None or cause is None or values is None:
        return None, reader.findings
    row = RecordRow(series, day, values, cause, decision, replaces, reason or "Impor berkas catatan")
    return row, []


def _position(reader: _Reader) -> PositionCells | None:
    unit, code, title = reader.unit(), reader.text("kode_jabatan"), reader.text("nama_jabatan")
    kind = reader.choice("jenis_jabatan", PositionKind, KIND_WORDS)
    level = reader.choice("jenjang", PositionLevel, {}) if reader.cells.get("jenjang") else None
    job_class = reader.job_class()
    return None if kind is None or job_class is None else PositionCells(unit, code, title, kind, level, job_class)


def _status(reader: _Reader) -> StatusCells | None:
    status, until = reader.choice("status", EmployeeStatus, _STATUS_WORDS), reader.day("sampai", required=False)
    return None if status is None else StatusCells(status, until)


def _type(reader: _Reader) -> TypeCells | None:
    kind = reader.choice("jenis_kepegawaian", EmploymentType, EMPLOYMENT_WORDS)
    grade, since = reader.optional_text("golongan"), reader.day("tmt_golongan", required=False)
    return None if kind is None else TypeCells(kind, grade, since)


def _grade(reader: _Reader) -> GradeCells:
    return GradeCells(reader.text("golongan"), reader.day("tmt_golongan", required=False))


def _superior(reader: _Reader) -> SuperiorCells:
    return SuperiorCells(reader.superior())


_VALUES = {
    Series.POSITION: _position,
    Series.STATUS: _status,
    Series.EMPLOYMENT_TYPE: _type,
    Series.GRADE: _grade,
    Series.SUPERIOR: _superior,
}
