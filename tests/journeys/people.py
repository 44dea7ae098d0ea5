"""The agency's files, as a personnel office exports them: three units, fifteen people."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

BUREAU, PERFORMANCE, DATA = "01", "01.01", "01.02"
UNITS = (
    (BUREAU, "Biro Sumber Daya Manusia", "", "Ratna"),
    (PERFORMANCE, "Subbagian Kinerja", BUREAU, "Bambang"),
    (DATA, "Subbagian Data Pegawai", BUREAU, "Dewi"),
)
UNIT_COLUMNS = ("kode", "nama", "kode_induk", "nip_pimpinan", "aktif")


@dataclass(frozen=True)
class Entry:
    """One row of the people's file, in the words a story needs."""

    name: str
    nip: str
    unit: str
    superior: str | None
    kind: str = "JF"

    @property
    def first(self) -> str:
        return self.name.split(maxsplit=1)[0]


STAFF = (
    Entry("Ratna Kusumawati", "197001011995032001", BUREAU, None, "JPT_PRATAMA"),
    Entry("Nia Paramita", "198807152012042001", BUREAU, "Ratna"),
    Entry("Bambang Prasetyo", "198002022005011001", PERFORMANCE, "Ratna", "PENGAWAS"),
    Entry("Siti Rahmania", "199004172019032005", PERFORMANCE, "Bambang"),
    Entry("Budi Santoso", "199211032019031001", PERFORMANCE, "Bambang"),
    Entry("Rina Wulandari", "199105202019032001", PERFORMANCE, "Bambang"),
    Entry("Agus Setiawan", "198909092019031002", PERFORMANCE, "Bambang"),
    Entry("Maya Anggraini", "199301252019032002", PERFORMANCE, "Bambang"),
    Entry("Dewi Lestari", "198103032006042002", DATA, "Ratna", "PENGAWAS"),
    Entry("Joko Susilo", "199006062019031003", DATA, "Dewi"),
    Entry("Lina Marlina", "199207072019032003", DATA, "Dewi"),
    Entry("Hadi Nugroho", "198808082019031004", DATA, "Dewi"),
    Entry("Wati Suryani", "199409092019032004", DATA, "Dewi"),
    Entry("Yusuf Ibrahim", "199110102019031005", DATA, "Dewi"),
    Entry("Tari Handayani", "199311112019032006", DATA, "Dewi"),
)
# who comes later, in some stories
NEWCOMERS = {
    one.first: one
    for one in (
        Entry("Putri Maharani", "199602022019032011", PERFORMANCE, "Bambang"),
        Entry("Eko Prabowo", "199603032019031012", PERFORMANCE, "Bambang"),
        Entry("Surya Dharma", "196804041994031001", BUREAU, None, "JPT_PRATAMA"),
    )
}
_POSTS = {
    "JPT_PRATAMA": ("KARO", "Kepala Biro", "", "IV/c", "15"),
    "PENGAWAS": ("KASUB", "Kepala Subbagian", "", "III/d", "9"),
    "JF": ("ASDM-1", "Analis SDM Ahli Pertama", "AHLI_PERTAMA", "III/b", "8"),
}
EMPLOYEE_COLUMNS = (
    "nip", "nama", "email", "kode_unit", "kode_jabatan", "nama_jabatan", "jenis_jabatan", "jenjang", "golongan",
    "tmt_golongan", "kelas_jabatan", "nip_atasan", "jenis_kepegawaian", "status", "tmt_cpns", "tmt_jabatan",
)  # fmt: skip


def nip_of(first: str) -> str:
    return next(one.nip for one in STAFF if one.first == first)


def employee_rows() -> list[dict[str, str]]:
    return [_row(one) for one in STAFF]


def units_file() -> bytes:
    rows = [
        {"kode": code, "nama": name, "kode_induk": parent, "nip_pimpinan": nip_of(leader), "aktif": "ya"}
        for code, name, parent, leader in UNITS
    ]
    return csv_file(rows, UNIT_COLUMNS)


def employees_file(rows: Sequence[dict[str, str]] | None = None) -> bytes:
    return csv_file(employee_rows() if rows is None else rows, EMPLOYEE_COLUMNS)


def csv_file(rows: Sequence[dict[str, str]], columns: Sequence[str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _row(entry: Entry) -> dict[str, str]:
    post, title, level, grade, job_class = _POSTS[entry.kind]
    started = f"{entry.nip[8:12]}-{entry.nip[12:14]}-01"
    return {
        "nip": entry.nip,
        "nama": entry.name,
        "email": f"{entry.first.lower()}@contoh.example",
        "kode_unit": entry.unit,
        "kode_jabatan": post,
        "nama_jabatan": title,
        "jenis_jabatan": entry.kind,
        "jenjang": level,
        "golongan": grade,
        "tmt_golongan": "2023-04-01",
        "kelas_jabatan": job_class,
        "nip_atasan": nip_of(entry.superior) if entry.superior else "",
        "jenis_kepegawaian": "PNS",
        "status": "AKTIF",
        "tmt_cpns": started,
        "tmt_jabatan": "2023-04-01",
    }


def further_row(number: int, name: str, changes: dict[str, str]) -> dict[str, str]:
    """A row of a later file: somebody new in the performance subdivision, with what is wrong about it."""
    nip = f"1995010{number}2019031{number:03d}"
    return _row(Entry(name, nip, PERFORMANCE, "Bambang")) | {"tmt_cpns": "2019-03-01"} | changes


def newcomer_row(name: str, since: str) -> dict[str, str]:
    """A row of a later file: somebody who comes on a day."""
    return _row(NEWCOMERS[name]) | {"tmt_jabatan": since}


def many_rows(number: int) -> list[dict[str, str]]:
    """Rows of a later file: so many people more in the performance subdivision."""
    return [
        _row(Entry(f"Pegawai {one:03d}", f"199501012019031{one:03d}", PERFORMANCE, "Bambang"))
        for one in range(1, number + 1)
    ]
