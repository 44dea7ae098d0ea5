"""Make a ministry and write its files: units, people, attendance, job classes, past predicates, credit points."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from suar_sample import sample_person
from suar_sample.catalogue import catalogue
from suar_sample.defects import OTHER_AGENCY, REFUSES_THE_ROW, DefectKind, DefectWriter, Fault
from suar_sample.naming import Addresses
from suar_sample.nip import NipRegistry
from suar_sample.people import Career, Person
from suar_sample.records import attendance, credit_balance, past_predicates
from suar_sample.tree import UnitPlan, plan_ministry
from suar_sample.writers import FORMATS, TableSet

MANIFEST = "manifest.json"
MINIMUM_EMPLOYEES, MAXIMUM_EMPLOYEES = 50, 500_000
AGENCY, DOMAIN = "kemcontoh", "kemcontoh.example"
FOREIGN_OFFICIALS = 2
DEFECT_SHARE = 0.03

COLUMNS: dict[str, tuple[str, ...]] = {
    "pegawai": (
        "nip", "nama", "email", "kode_unit", "kode_jabatan", "nama_jabatan", "jenis_jabatan", "jenjang", "golongan",
        "tmt_golongan", "kelas_jabatan", "nip_atasan", "jenis_kepegawaian", "status", "tmt_cpns",
        "tmt_jabatan", "instansi",
    ),
    "unit": ("kode", "nama", "kode_induk", "nip_pimpinan", "aktif"),
    "kehadiran": ("nip", "bulan", "kode", "jumlah"),
    "kelas_jabatan": ("kelas_jabatan", "jumlah", "berlaku_sejak"),
    "riwayat_predikat": ("nip", "tahun", "predikat"),
    "angka_kredit": ("nip", "jenjang", "saldo", "dasar", "per_tanggal"),
}  # fmt: skip
STATUS_WORDS = {
    "ACTIVE": "AKTIF",
    "STUDY_LEAVE": "TUGAS BELAJAR",
    "UNPAID_LEAVE": "CLTN",
    "SUSPENDED": "DIBERHENTIKAN SEMENTARA",
}


@dataclass(frozen=True)
class SampleRequest:
    """What to make: how many people, from which seed, for which year, with which share of defects, in which formats."""

    employees: int
    seed: int
    folder: Path
    year: int = 2026
    defect_share: float = DEFECT_SHARE
    formats: tuple[str, ...] = FORMATS

    def __post_init__(self) -> None:
        if not MINIMUM_EMPLOYEES <= self.employees <= MAXIMUM_EMPLOYEES:
            raise ValueError(f"employees must be {MINIMUM_EMPLOYEES} to {MAXIMUM_EMPLOYEES}, not {self.employees}")
        if not 0 <= self.defect_share <= 0.5:  # noqa: PLR2004
            raise ValueError(f"defect_share must be a share from 0 to 0.5, not {self.defect_share}")


@dataclass
class Ministry:
    """The people of a plan of units, made one unit after the other."""

    request: SampleRequest
    career: Career
    leaders: dict[str, str] = field(default_factory=dict)
    siti_line: dict[str, Any] = field(default_factory=dict)

    def people(self, top: Sequence[UnitPlan]) -> Iterator[tuple[Person, bool]]:
        """Everybody with their superior; the flag says whether faults may be put on the row (nobody depends on it)."""
        for unit in top:
            yield from self._unit(unit, "")

    def _unit(self, unit: UnitPlan, superior: str) -> Iterator[tuple[Person, bool]]:
        leader = self.career.leader(unit.leader_kind, unit.name, unit.code, superior)
        self.leaders[unit.code] = leader.nip
        rows = [(leader, False), *self._members(unit, leader)]
        self.career.rng.shuffle(rows)
        yield from rows
        for child in unit.children:
            yield from self._unit(child, leader.nip)

    def _members(self, unit: UnitPlan, leader: Person) -> list[tuple[Person, bool]]:
        career, is_team = self.career, unit.code == sample_person.UNIT_CODE
        count = unit.staff - 1 if is_team else unit.staff
        members = [career.member(unit.code, leader.nip, leader.post.job_class) for _ in range(count)]
        if not is_team:
            clean_bureau = unit.code.startswith(sample_person.BUREAU_CODE)
            return [(m if clean_bureau else career.with_status(m), not clean_bureau) for m in members]
        members.append(sample_person.siti(leader.nip, career.agency, DOMAIN))
        self.siti_line = {
            "nip": sample_person.NIP,
            "unit": unit.code,
            "bureau": sample_person.BUREAU_CODE,
            "appraiser": leader.nip,
            "reviewer": leader.superior,
            "unit_members": sorted([leader.nip, *(m.nip for m in members)]),
        }
        return [(m, False) for m in members]


def write_sample(request: SampleRequest, progress: Callable[[int], None] = lambda _done: None) -> dict[str, Any]:
    """Write all files and manifest.json into the folder. Return the manifest. The same request gives the same bytes."""
    request.folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"suar sample {request.seed} {request.employees} {request.year}")  # noqa: S311 - not a secret
    registry = NipRegistry(frozenset({sample_person.NIP}))
    addresses = Addresses(DOMAIN)
    addresses.issue(sample_person.NAME)
    career = Career(rng, registry, addresses, date(request.year, 1, 1), AGENCY)
    top = plan_ministry(request.employees, rng)
    ministry = Ministry(request, career)
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(TableSet(request.folder, name, columns, request.formats))
            for name, columns in COLUMNS.items()
        }
        book = _Book(request, tables, _defect_writer(request, career))
        _write_foreign(book, career)
        for done, (person, may_have_defect) in enumerate(ministry.people(top), 1):
            book.add(person, may_have_defect=may_have_defect)
            if done % 1000 == 0:
                progress(done)
        book.finish()
        _write_units(tables["unit"], top, ministry.leaders)
        _write_job_classes(tables["kelas_jabatan"], request.year)
        manifest = _manifest(request, book, ministry, {name: table.rows for name, table in tables.items()})
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (request.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


def employee_row(person: Person) -> list[str]:
    """A person as the export writes them: ISO dates, Indonesian words, empty for what does not apply."""
    return [
        person.nip,
        person.name,
        person.email,
        person.unit,
        person.post.code,
        person.post.name,
        person.post.kind,
        person.post.level,
        person.grade,
        person.grade_since.isoformat(),
        str(person.post.job_class),
        person.superior,
        person.employment,
        STATUS_WORDS[person.status],
        person.service_start.isoformat(),
        person.post_since.isoformat(),
        person.agency,
    ]


@dataclass
class _Book:
    """Writes people and what hangs on them, and counts what it wrote."""

    request: SampleRequest
    tables: dict[str, TableSet]
    defects: DefectWriter
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    employments: Counter[str] = field(default_factory=Counter)
    repeats: list[list[str]] = field(default_factory=list)

    def add(self, person: Person, *, may_have_defect: bool) -> None:
        row = employee_row(person)
        fault = self.defects.apply_to(row) if may_have_defect else None
        self.tables["pegawai"].write(row)
        if fault and fault[0] is DefectKind.DUPLICATE_ROW:
            self.repeats.append(row)
        elif fault:
            self.fault(*fault, person.nip)
            return
        self.counts["good"] += 1
        self.kinds[person.post.kind] += 1
        self.employments[person.employment] += 1
        self._records(person)

    def fault(self, kind: DefectKind, column: str, value: str, nip: str) -> None:
        self.defects.faults.append(Fault(self.tables["pegawai"].rows + 1, column, value, kind, nip))

    def finish(self) -> None:
        """The repeated rows stand at the end, as when somebody pasted a part of the sheet twice."""
        for row in self.repeats:
            self.tables["pegawai"].write(row)
            self.fault(DefectKind.DUPLICATE_ROW, "nip", row[0], row[0])

    def _records(self, person: Person) -> None:
        year, is_siti = self.request.year, person.nip == sample_person.NIP
        rng = Random(f"{self.request.seed} {person.nip}")  # noqa: S311
        for event in _siti_attendance(year) if is_siti else attendance(person, year, rng):
            self.tables["kehadiran"].write(event)
        for past in past_predicates(person, year, rng):
            self.tables["riwayat_predikat"].write((*past[:2], sample_person.PAST_PREDICATE) if is_siti else past)
        credit = credit_balance(person, year, rng)
        if credit:
            balance = (sample_person.NIP, *sample_person.CREDIT, f"{year - 1}-12-31") if is_siti else credit
            self.tables["angka_kredit"].write(balance)


def _siti_attendance(year: int) -> list[tuple[str, str, str, str]]:
    return [
        (sample_person.NIP, f"{year}-{sample_person.LATE_MONTH:02d}", code, str(count))
        for code, count in sample_person.ATTENDANCE
    ]


def _defect_writer(request: SampleRequest, career: Career) -> DefectWriter:
    rng = Random(f"dirt {request.seed} {request.employees}")  # noqa: S311
    nobody = career.registry.issue(date(1975, 5, 5), date(2001, 4, 1), female=False, contract=False)
    assert nobody is not None
    return DefectWriter(rng, request.defect_share, COLUMNS["pegawai"], [], nobody)


def _write_foreign(book: _Book, career: Career) -> None:
    """Officials of another agency who slipped into the export; some of our people name them as superiors."""
    if book.request.defect_share == 0:
        return
    for _ in range(FOREIGN_OFFICIALS):
        person = career.leader("ADMINISTRATOR", "Bagian Umum", "99", "")
        row = employee_row(person)
        row[COLUMNS["pegawai"].index("instansi")] = OTHER_AGENCY
        row[COLUMNS["pegawai"].index("kode_unit")] = "01"
        row[COLUMNS["pegawai"].index("email")] = person.email.replace(AGENCY, OTHER_AGENCY)
        book.defects.foreign_superiors.append(person.nip)
        book.tables["pegawai"].write(row)
        book.fault(DefectKind.ROW_OF_OTHER_AGENCY, "instansi", OTHER_AGENCY, person.nip)


def _write_units(table: TableSet, top: Sequence[UnitPlan], leaders: dict[str, str]) -> None:
    table.write(("00", catalogue("units")["agency"], "", "", "ya"))
    for root in top:
        for unit in root.walk():
            table.write((unit.code, unit.name, unit.parent, leaders[unit.code], "ya"))
    table.write(("01.99", "Biro Administrasi (dilebur 2024)", "01", "", "tidak"))


def _write_job_classes(table: TableSet, year: int) -> None:
    for job_class, amount in catalogue("job_classes")["amounts"].items():
        table.write((job_class, str(amount), date(year, 1, 1).isoformat()))


def _manifest(request: SampleRequest, book: _Book, ministry: Ministry, rows: dict[str, int]) -> dict[str, Any]:
    faults = book.defects.faults
    refused = sum(fault.kind in REFUSES_THE_ROW for fault in faults)
    return {
        "agency": AGENCY,
        "agency_name": catalogue("units")["agency"],
        "seed": request.seed,
        "year": request.year,
        "rows": rows,
        "employees": {
            "asked": request.employees,
            "rows": rows["pegawai"],
            "good": book.counts["good"],
            "bad": len(faults),
            "accepted": rows["pegawai"] - refused,
            "refused": refused,
            "bad_by_kind": dict(sorted(Counter(f.kind.value for f in faults).items())),
            "good_by_position_kind": dict(sorted(book.kinds.items())),
            "good_by_employment": dict(sorted(book.employments.items())),
        },
        "siti": ministry.siti_line,
        "faults": [
            {"line": f.line, "column": f.column, "value": f.value, "kind": f.kind.value, "nip": f.nip} for f in faults
        ],
    }
