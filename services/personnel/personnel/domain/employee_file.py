"""One row of the file of employees, checked: what can be read out of it, and what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.dates import parse_date
from personnel.domain.findings import Finding
from personnel.domain.nip import NipKind, check_nip, clean_nip
from personnel.domain.values import (
    EMPLOYMENT_WORDS,
    KIND_WORDS,
    LONGEST_EMAIL,
    LOWEST_JOB_CLASS,
    STATUS_WORDS,
    USUAL_HIGHEST_JOB_CLASS,
    parse_grade,
    parse_job_class,
    word,
)
from spreadsheets import Columns

COLUMNS = Columns(
    required=(
        "nip", "nama", "kode_unit", "kode_jabatan", "nama_jabatan", "jenis_jabatan", "golongan", "tmt_golongan",
        "kelas_jabatan", "nip_atasan", "jenis_kepegawaian", "tmt_cpns", "tmt_jabatan",
    ),
    optional=("email", "jenjang", "status", "instansi"),
)  # fmt: skip
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_LONGEST = {"nama": 200, "kode_unit": 60, "kode_jabatan": 60, "nama_jabatan": 250}
_FUTURE = "Tanggal ini di masa depan. Impor memuat keadaan yang sudah berlaku; catat yang direncanakan sebagai mutasi."
_EMAIL_WRONG = (
    f"Isi alamat surel paling banyak {LONGEST_EMAIL} karakter, misalnya nama@instansi.go.id. Pegawai tetap diimpor "
    "tanpa surel."
)
_NO_LEVEL = "Kosongkan jenjang selain untuk jabatan fungsional. Pegawai tetap diimpor tanpa jenjang."
_OTHER_AGENCY = "Baris ini milik instansi lain; hapus baris ini, atau perbaiki kolom instansi."
_DATE = "Isi tanggal yang ada dalam bentuk TTTT-BB-HH, misalnya 2019-03-01."
W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True)
class EmployeeRow:
    """A row that comes in."""

    nip: str
    nip_kind: NipKind
    name: str
    email: str | None
    unit_code: str
    position_code: str
    position_title: str
    position_kind: PositionKind
    position_level: PositionLevel | None
    grade: str
    grade_since: date
    job_class: int
    superior_nip: str | None
    employment_type: EmploymentType
    status: EmployeeStatus
    service_start: date
    position_since: date


@dataclass(frozen=True)
class FileContext:
    """What a row is checked against: the day, the agency's own names, the units it knows, its highest job class."""

    today: date
    agency_names: Collection[str]
    unit_codes: Collection[str]
    highest_job_class: int = USUAL_HIGHEST_JOB_CLASS


class _Reader:
    """Reads one row cell by cell and gathers the findings."""

    def __init__(self, cells: Mapping[str, str], context: FileContext) -> None:
        self.cells = cells
        self.context = context
        self.findings: list[Finding] = []

    def remark(self, column: str, code: str, expected: str, *, refuses: bool = True) -> None:
        self.findings.append(Finding(column, self.cells.get(column, ""), code, expected, refuses))

    def text(self, column: str) -> str:
        value = self.cells.get(column, "")
        if not value or len(value) > _LONGEST[column]:
            self.remark(column, "cell_missing" if not value else "cell_too_long", f"Isi 1-{_LONGEST[column]} karakter.")
        return value

    def choice(self, column: str, words: type[W], synonyms: Mapping[str, W]) -> W | None:
        value = word(self.cells.get(column, ""))
        if value in set(words):
            return words(value)
        if value in synonyms:
            return synonyms[value]
        self.remark(column, f"{column}_unknown", f"Isi salah satu: {', '.join(words)}.")
        return None

    def day(self, column: str) -> date | None:
        value = parse_date(self.cells.get(column, ""))
        if value is None:
            self.remark(column, "date_wrong", _DATE)
        elif value > self.context.today:
            self.remark(column, "date_in_future", _FUTURE)
        return value

    def email(self) -> str | None:
        value = self.cells.get("email", "")
        if value and (len(value) > LONGEST_EMAIL or not _EMAIL.match(value)):
            self.remark("email", "email_wrong", _EMAIL_WRONG, refuses=False)
            return None
        return value or None


def read_employee_row(cells: Mapping[str, str], context: FileContext) -> tuple[EmployeeRow | None, list[Finding]]:
    """Check one row by the rules of identifiers, positions and grades; the row is None when it is refused."""
    reader = _Reader(cells, context)
    _check_agency(reader)
    employment = reader.choice("jenis_kepegawaian", EmploymentType, EMPLOYMENT_WORDS)
    nip = check_nip(cells.get("nip", ""), today=context.today, employment_type=employment)
    reader.findings.extend(nip.findings)
    name, unit = reader.text("nama"), _unit(reader)
    position_code, position_title = reader.text("kode_jabatan"), reader.text("nama_jabatan")
    kind = reader.choice("jenis_jabatan", PositionKind, KIND_WORDS)
    level = _level(reader, kind)
    status = reader.choice("status", EmployeeStatus, STATUS_WORDS)
    grade, job_class = _grade(reader, employment), _job_class(reader)
    days = {column: reader.day(column) for column in ("tmt_cpns", "tmt_golongan", "tmt_jabatan")}
    _check_order(reader, days)
    email = reader.email()
    if any(finding.refuses for finding in reader.findings):
        return None, reader.findings
    assert nip.kind and employment and kind and status and grade and job_class  # noqa: PT018 - all or refused
    assert days["tmt_cpns"] and days["tmt_golongan"] and days["tmt_jabatan"]  # noqa: PT018
    row = EmployeeRow(
        nip=nip.value, nip_kind=nip.kind, name=name, email=email, unit_code=unit, position_code=position_code,
        position_title=position_title, position_kind=kind, position_level=level, grade=grade,
        grade_since=days["tmt_golongan"], job_class=job_class,
        superior_nip=clean_nip(cells.get("nip_atasan", "")) or None,
        employment_type=employment, status=status, service_start=days["tmt_cpns"], position_since=days["tmt_jabatan"],
    )  # fmt: skip
    return row, reader.findings


def is_this_agency(text: str, agency_names: Collection[str]) -> bool:
    """Return whether the agency column (identifier or name; empty means yes) speaks of this agency."""
    return not text or text.casefold() in agency_names


def _check_agency(reader: _Reader) -> None:
    if not is_this_agency(reader.cells.get("instansi", ""), reader.context.agency_names):
        reader.remark("instansi", "row_of_other_agency", _OTHER_AGENCY)


def _unit(reader: _Reader) -> str:
    code = reader.text("kode_unit")
    if code and code not in reader.context.unit_codes:
        reader.remark("kode_unit", "unit_unknown", "Isi kode unit yang sudah diimpor; impor berkas unit lebih dahulu.")
    return code


def _level(reader: _Reader, kind: PositionKind | None) -> PositionLevel | None:
    if not reader.cells.get("jenjang"):
        if kind is PositionKind.JF:
            expected = f"Jabatan fungsional harus berjenjang: {', '.join(PositionLevel)}."
            reader.remark("jenjang", "level_missing", expected)
        return None
    level = reader.choice("jenjang", PositionLevel, {})
    if level and kind not in {PositionKind.JF, None}:
        reader.remark("jenjang", "level_not_applicable", _NO_LEVEL, refuses=False)
        return None
    return level


def _grade(reader: _Reader, employment: EmploymentType | None) -> str | None:
    grade = parse_grade(reader.cells.get("golongan", ""), employment or EmploymentType.PNS)
    if grade is None:
        contract = employment is not None and employment.is_contract
        expected = "Isi I sampai XVII untuk PPPK." if contract else "Isi I/a sampai IV/e, misalnya III/b."
        reader.remark("golongan", "grade_unknown", expected)
    return grade


def _job_class(reader: _Reader) -> int | None:
    highest = reader.context.highest_job_class
    job_class = parse_job_class(reader.cells.get("kelas_jabatan", ""), highest)
    if job_class is None:
        expected = f"Isi bilangan {LOWEST_JOB_CLASS} sampai {highest}."
        reader.remark("kelas_jabatan", "job_class_unknown", expected)
    return job_class


def _check_order(reader: _Reader, days: Mapping[str, date | None]) -> None:
    start = days["tmt_cpns"]
    for column in ("tmt_golongan", "tmt_jabatan"):
        day = days[column]
        if start and day and day < start:
            expected = f"Tanggal ini sebelum tmt_cpns ({start}); periksa keduanya. Baris tetap diimpor."
            reader.remark(column, "date_before_service_start", expected, refuses=False)
