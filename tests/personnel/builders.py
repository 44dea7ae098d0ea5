"""Named test data: a small ministry, the files it exports, and the people in it."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from chassis.auth import Principal
from testkit.service import Client, ServiceUnderTest

API = "/api/v1/personnel"
EMPLOYEE_COLUMNS = [
    "nip",
    "nama",
    "email",
    "kode_unit",
    "kode_jabatan",
    "nama_jabatan",
    "jenis_jabatan",
    "jenjang",
    "golongan",
    "tmt_golongan",
    "kelas_jabatan",
    "nip_atasan",
    "jenis_kepegawaian",
    "status",
    "tmt_cpns",
    "tmt_jabatan",
    "instansi",
]
UNIT_COLUMNS = ["kode", "nama", "kode_induk", "nip_pimpinan", "aktif"]

HEAD_OF_BUREAU = "197001011995031001"
HEAD_OF_SUBDIVISION = "198002022005011001"
OTHER_HEAD = "198103032006042002"
SITI = "199004172019032005"
BUDI = "199211032024211017"


def employee_row(nip: str = SITI, **cells: str) -> dict[str, str]:
    """Siti's row, or another's by keyword."""
    row = {
        "nip": nip,
        "nama": f"Pegawai {nip[-6:]}",
        "email": f"p{nip}@kemcontoh.example",
        "kode_unit": "01.01",
        "kode_jabatan": "ASDM-1",
        "nama_jabatan": "Analis SDM Ahli Pertama",
        "jenis_jabatan": "JF",
        "jenjang": "AHLI_PERTAMA",
        "golongan": "III/b",
        "tmt_golongan": "2022-04-01",
        "kelas_jabatan": "8",
        "nip_atasan": "",
        "jenis_kepegawaian": "PNS",
        "status": "AKTIF",
        "tmt_cpns": "2019-03-01",
        "tmt_jabatan": "2023-01-02",
        "instansi": "",
    }
    return row | cells


def unit_row(kode: str, kode_induk: str = "", **cells: str) -> dict[str, str]:
    row = {"kode": kode, "nama": f"Unit {kode}", "kode_induk": kode_induk, "nip_pimpinan": "", "aktif": "ya"}
    return row | cells


def four_people() -> list[dict[str, str]]:
    """Siti and Budi under the head of subdivision, and he under the head of bureau; superiors stand last in the file."""
    leader = {
        "jenis_jabatan": "PENGAWAS",
        "jenjang": "",
        "golongan": "III/d",
        "kode_jabatan": "KASUB",
        "kelas_jabatan": "9",
    }
    chief = {
        "jenis_jabatan": "JPT_PRATAMA",
        "jenjang": "",
        "golongan": "IV/c",
        "kode_jabatan": "KARO",
        "kelas_jabatan": "15",
    }
    return [
        employee_row(SITI, nama="Siti Rahmania", nip_atasan=HEAD_OF_SUBDIVISION),
        employee_row(BUDI, jenis_kepegawaian="PPPK", golongan="IX", tmt_cpns="2024-02-01", nip_atasan=HEAD_OF_SUBDIVISION,
                     tmt_golongan="2024-02-01", tmt_jabatan="2024-02-01"),
        employee_row(HEAD_OF_SUBDIVISION, nip_atasan=HEAD_OF_BUREAU, tmt_cpns="2005-01-01", **leader),
        employee_row(HEAD_OF_BUREAU, kode_unit="01", tmt_cpns="1995-03-01", **chief),
    ]  # fmt: skip


def csv_file(
    rows: Sequence[dict[str, str]], columns: Sequence[str], *, delimiter: str = ",", bom: bool = False
) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


@dataclass
class Ministry:
    service: ServiceUnderTest
    agency: str
    person: Callable[..., Principal]
    hr: Client = field(init=False)
    principal: Principal = field(init=False)

    def __post_init__(self) -> None:
        self.principal = self.person("hr_officer")
        self.hr = self.service.client(self.principal)

    def register(self, time_zone: str = "Asia/Jakarta") -> "Ministry":
        operator = self.service.client(self.person("operator"))
        body = {"id": self.agency, "name": f"Kementerian {self.agency}", "time_zone": time_zone}
        assert operator.post(f"{API}/agencies", json=body).status_code == 201
        return self

    def upload(self, kind: str, content: bytes, name: str = "berkas.csv") -> TestResponse:
        return self.hr.post(f"{API}/imports/{kind}", data={"file": (io.BytesIO(content), name)})

    def run_import(self, kind: str, content: bytes, name: str = "berkas.csv") -> dict[str, Any]:
        """Upload, let the worker do it, and give the finished job with its issues."""
        response = self.upload(kind, content, name)
        assert response.status_code == 202, response.text
        self.service.run_jobs()
        job = self.hr.get(f"{API}/jobs/{response.get_json()['job_id']}").get_json()
        assert job["status"] == "DONE", job
        issues = self.hr.get(f"{API}/jobs/{job['id']}/issues?limit=200").get_json()["items"]
        return {**job, "found": issues}

    def import_units(self, *rows: dict[str, str]) -> dict[str, Any]:
        return self.run_import("units", csv_file(rows or (unit_row("01"), unit_row("01.01", "01")), UNIT_COLUMNS))

    def import_employees(self, *rows: dict[str, str], **options: Any) -> dict[str, Any]:
        return self.run_import("employees", csv_file(rows, EMPLOYEE_COLUMNS, **options))

    def populate(self) -> "Ministry":
        """Two units and four people."""
        self.import_units()
        job = self.import_employees(*four_people())
        assert not job["found"], job["found"]
        return self

    def find(self, nip: str) -> dict[str, Any]:
        """The full record of whoever has this number, as HR sees it."""
        found = self.hr.get(f"{API}/employees?nip={nip}").get_json()["items"]
        assert len(found) == 1, found
        record: dict[str, Any] = self.hr.get(f"{API}/employees/{found[0]['employee_id']}").get_json()
        return record

    def client_of(self, nip: str, *roles: str) -> Client:
        one = self.find(nip)
        unit = UUID(one["unit_id"])
        return self.service.client(self.person(*roles, employee_id=UUID(one["employee_id"]), unit_id=unit))

    def events(self, name: str | None = None) -> list[dict[str, Any]]:
        return self.service.events(self.agency, name)
