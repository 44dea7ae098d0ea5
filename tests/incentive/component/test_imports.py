"""Files of agencies: good rows in, bad rows listed; NIPs asked of personnel over its socket, and never kept."""

import hashlib
import io
import json
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import text

from tests.incentive.builders import V1, Ministry, approved, moment, ok

SITI, UNKNOWN = "199004172019032005", "199211032024211017"


class Personnel(BaseHTTPRequestHandler):
    """The answer of personnel to `employees/resolve`, over HTTP on a unix socket."""

    people: ClassVar[dict] = {}
    requests: ClassVar[list] = []
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "socket"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.requests.append((self.path, self.headers["Authorization"], body["nips"]))
        items = [{"nip": nip, "employee_id": self.people[nip]} for nip in body["nips"] if nip in self.people]
        answer = json.dumps({"items": items}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@pytest.fixture(scope="module")
def personnel(tmp_path_factory):
    path = tmp_path_factory.mktemp("s") / "p.sock"
    server = socketserver.ThreadingUnixStreamServer(str(path), Personnel)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"unix:{path}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def asking(make_service, personnel):
    return make_service("incentive", {"PERSONNEL_URL": personnel})


@pytest.fixture
def ministry(asking, agency, person):
    asking.clock.turn(moment(2026, 3, 2, 2))
    made = Ministry(asking, agency, person)
    made.policy()
    made.amounts()
    made.siti = made.hire()
    Personnel.people = {SITI: str(made.siti)}
    Personnel.requests.clear()
    return made


def send(ministry, kind, content, name="berkas.csv", **headers):
    content = content.encode() if isinstance(content, str) else content
    files = {"file": (io.BytesIO(content), name)}
    return ministry.hr.post(f"{V1}/imports/{kind}", data=files, content_type="multipart/form-data", headers=headers)


def take(ministry, kind, content, name="berkas.csv"):
    sent = ok(send(ministry, kind, content, name), 202)
    job = (sent if kind == "attendance" else approved(sent, ministry.second))["job_id"]
    ministry.service.run_jobs()
    issues = ok(ministry.hr.get(f"{V1}/jobs/{job}/issues"))["items"]
    return ok(ministry.hr.get(f"{V1}/jobs/{job}")), [(item["row"], item["column"], item["code"]) for item in issues]


ATTENDANCE = f"""nip,bulan,kode,jumlah
{SITI},2026-02,TL1,2
{SITI},2026-02,PSW2,1
{UNKNOWN},2026-02,TL1,1
12345,2026-02,TL1,1
{SITI},2026-13,TL1,1
{SITI},2026-04,TL1,1
{SITI},2026-02,TLX,1
{SITI},2026-02,TL2,dua
{SITI},2026-02,TL1,2
"""


def test_good_rows_come_in_and_bad_ones_say_what_would_be_right(ministry):
    job, issues = take(ministry, "attendance", ATTENDANCE)
    assert (job["status"], job["processed"], job["total"], job["result"]) == ("DONE", 9, 9, {"changed": 2})
    assert issues == [
        (4, "nip", "nip_unknown"),
        (5, "nip", "nip_unknown"),
        (10, "baris", "duplicate_row"),
        (6, "bulan", "month_invalid"),
        (7, "bulan", "month_in_future"),
        (8, "kode", "choice_invalid"),
        (9, "jumlah", "number_invalid"),
    ]
    ministry.calculate("2026-02")
    assert ministry.year(ministry.siti)["lines"][0]["amount"] == 4_558_389


def test_the_same_file_again_changes_nothing(ministry):
    take(ministry, "attendance", ATTENDANCE)
    job, _ = take(ministry, "attendance", ATTENDANCE)
    assert job["result"] == {"changed": 0}
    entries = ok(ministry.hr.get(f"{V1}/attendance?employee_id={ministry.siti}&year=2026"))["items"]
    assert [(entry["code"], entry["revision"], entry["count"]) for entry in entries] == [("PSW2", 1, 1), ("TL1", 1, 2)]


def test_an_upload_sent_again_with_its_key_starts_one_job_and_another_file_is_refused(ministry):
    key = {"Idempotency-Key": "kehadiran-2026-02"}
    first, again = (ok(send(ministry, "attendance", ATTENDANCE, **key), 202) for _ in range(2))
    assert first == again
    assert len(ok(ministry.hr.get(f"{V1}/jobs"))["items"]) == 1
    other = send(ministry, "attendance", ATTENDANCE.replace(",2\n", ",3\n"), **key)
    assert (other.status_code, other.get_json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    "kind,row",
    [
        ("attendance", "nip,bulan,kode,jumlah\n{nip},2026-02,TL1,2\n"),
        ("credit-openings", "nip,jenjang,saldo,dasar,per_tanggal\n{nip},Ahli Pertama,90.000,50,2025-12-31\n"),
        ("predicate-history", "nip,tahun,triwulan,predikat\n{nip},2025,,Baik\n"),
    ],
)
def test_rows_about_the_uploader_stay_out_and_a_colleague_brings_them_in(ministry, person, kind, row):
    officer, ministry.hr = ministry.hr, ministry.service.client(person("hr_officer", employee_id=ministry.siti))
    job, issues = take(ministry, kind, row.format(nip=SITI))
    assert (job["result"], issues) == ({"changed": 0}, [(2, "nip", "own_affair")])
    ministry.hr = officer
    job, issues = take(ministry, kind, row.format(nip=SITI))
    assert (job["result"], issues) == ({"changed": 1}, [])


@pytest.mark.parametrize(
    "kind,row",
    [
        ("credit-openings", "nip,jenjang,saldo,dasar,per_tanggal\n{nip},Ahli Pertama,90.000,50,2025-12-31\n"),
        ("predicate-history", "nip,tahun,triwulan,predikat\n{nip},2025,,Baik\n"),
    ],
)
def test_rows_about_the_line_of_either_officer_stay_out_as_they_would_by_hand(ministry, person, kind, row):
    superior, subordinate, below = ministry.hire(), ministry.employ(), ministry.employ()
    ministry.assign(ministry.siti, superior_id=str(superior))
    ministry.assign(subordinate, superior_id=str(ministry.siti))
    ministry.assign(below, superior_id=str(subordinate))
    first, second = ministry.hr, ministry.second
    # two levels above Siti is no line of a subordinate: all officers are below the head of the agency
    for officer, changed in ((superior, 0), (subordinate, 0), (below, 1)):
        own = ministry.service.client(person("hr_officer", employee_id=officer))
        expected = [] if changed else [(2, "nip", "approval_own_line")]
        for ministry.hr, ministry.second in ((own, second), (first, own)):
            job, issues = take(ministry, kind, row.format(nip=SITI))
            assert (job["result"]["changed"] <= changed, issues) == (True, expected)
        ministry.hr, ministry.second = first, second


def test_the_second_officer_reads_the_rows_and_the_hash_of_the_file_as_it_was_uploaded(ministry, person):
    table = f"nip,tahun,triwulan,predikat\n{SITI},2023,,Baik\n{UNKNOWN},2023,,Baik\n{SITI},2024,,Kurang\n"
    sent = ok(send(ministry, "predicate-history", table), 202)
    assert sent["payload"] == {
        "kind": "predicate_history",
        "rows": 3,
        "sha256": hashlib.sha256(table.encode()).hexdigest(),
    }
    path = f"{V1}/proposals/{sent['id']}/rows"
    first = ok(ministry.second.get(f"{path}?limit=2"))
    last = ok(ministry.second.get(f"{path}?limit=2&cursor={first['next_cursor']}"))
    assert [one["line"] for one in [*first["items"], *last["items"]]] == [2, 3, 4]
    assert last["next_cursor"] is None
    cells = {"tahun": "2024", "triwulan": "", "bulan": "", "predikat": "Kurang"}
    assert last["items"] == [{"line": 4, "cells": cells, "employee_id": str(ministry.siti), "duplicate_of": None}]
    siti = ministry.service.client(person("hr_officer", employee_id=ministry.siti))
    assert [one["line"] for one in ok(siti.get(path))["items"]] == [3]


def test_a_proposal_that_is_no_file_has_no_rows(ministry):
    body = {"name": "perpres-103-2022", "effective_from": "2026-05-01"}
    made = ok(ministry.hr.post(f"{V1}/class-amounts/adopt", json=body), 202)
    assert ok(ministry.second.get(f"{V1}/proposals/{made['id']}/rows")) == {"items": [], "next_cursor": None}


def test_personnel_is_asked_once_with_the_uploader_s_own_token_and_no_nip_of_a_known_person_is_kept(ministry):
    take(ministry, "attendance", ATTENDANCE)
    ((path, authorization, nips),) = Personnel.requests
    assert path == "/api/v1/personnel/employees/resolve"
    assert authorization == ministry.hr.headers["Authorization"]
    assert nips == [SITI, UNKNOWN]
    with ministry.service.work.database.engine.connect() as connection:
        contents = connection.execute(
            text("SELECT content FROM job WHERE agency_id = :a AND content IS NOT NULL"), {"a": ministry.agency}
        )
        assert not any(SITI.encode() in bytes(row.content) for row in contents)


def test_a_spreadsheet_says_the_same_as_a_csv(ministry):
    book = openpyxl.Workbook()
    book.active.append(["NIP", "Bulan", "Kode", "Jumlah"])
    book.active.append([SITI, "2026-02", "TL1", 2])
    out = io.BytesIO()
    book.save(out)
    job, issues = take(ministry, "attendance", out.getvalue(), "kehadiran.xlsx")
    assert (job["result"], issues) == ({"changed": 1}, [])


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("nip,bulan,kode\n", 422, "import_columns_missing"),
        ("", 422, "import_file_empty"),
        (b"\xff\xfe\x00", 415, "import_wrong_encoding"),
        (b"PK\x03\x04rusak", 415, "import_not_spreadsheet"),
    ],
)
def test_an_unreadable_file_is_refused_at_once(ministry, content, status, code):
    refused = send(ministry, "attendance", content)
    assert (refused.status_code, refused.get_json()["code"]) == (status, code)


def test_without_personnel_the_upload_is_refused_and_nothing_is_stored(service, agency, person):
    service.clock.turn(moment(2026, 3, 2, 2))
    ministry = Ministry(service, agency, person)
    refused = send(ministry, "attendance", ATTENDANCE)
    assert (refused.status_code, refused.get_json()["code"]) == (503, "incentive_directory_unavailable")
    assert refused.headers["Retry-After"]
    assert ok(ministry.hr.get(f"{V1}/jobs"))["items"] == []


def test_amounts_are_imported_with_their_day_and_a_later_day_takes_over(ministry):
    table = "kelas_jabatan;jumlah;berlaku_sejak\n8;5000000;2026-03-01\n99;1;2026-03-01\n8;x;besok\n"
    job, issues = take(ministry, "class-amounts", table)
    assert job["result"] == {"changed": 1}
    assert issues == [
        (3, "kelas_jabatan", "number_invalid"),
        (4, "jumlah", "number_invalid"),
        (4, "berlaku_sejak", "date_invalid"),
    ]
    for day, amount in (("2026-02-28", 4_595_150), ("2026-03-01", 5_000_000)):
        found = ok(ministry.hr.get(f"{V1}/class-amounts?on={day}"))["items"]
        assert next(item["amount"] for item in found if item["job_class"] == 8) == amount


def test_the_classes_of_an_imported_table_are_those_of_the_agency(ministry):
    table = "kelas_jabatan;jumlah;berlaku_sejak\n27;2000000;2026-03-01\n28;1;2026-03-01\n45;3000000;2026-03-01\n"
    job, issues = take(ministry, "class-amounts", table)
    assert (job["result"], issues) == (
        {"changed": 1},
        [(3, "kelas_jabatan", "number_invalid"), (4, "kelas_jabatan", "number_invalid")],
    )
    values = {"agency_id": ministry.agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta"}
    ministry.deliver("personnel", "AgencyChanged", ministry.agency, **values, highest_job_class=45, version=3)
    ministry.deliver("personnel", "AgencyChanged", ministry.agency, **values, highest_job_class=17, version=2)
    job, issues = take(ministry, "class-amounts", table)
    assert (job["result"], issues) == ({"changed": 3}, [])
    found = ok(ministry.hr.get(f"{V1}/class-amounts?on=2026-03-01"))["items"]
    assert next(item["amount"] for item in found if item["job_class"] == 45) == 3_000_000
    ministry.deliver("personnel", "AgencyChanged", ministry.agency, **values, highest_job_class=17, version=4)
    _, issues = take(ministry, "class-amounts", table)
    assert len(issues) == 3


def test_openings_and_history_are_imported_for_credit_and_eligibility(ministry):
    table = f"nip,jenjang,saldo,dasar,per_tanggal\n{SITI},Ahli Pertama,90.000,50,2025-12-31\n"
    job, issues = take(ministry, "credit-openings", table)
    assert (job["result"], issues) == ({"changed": 1}, [])
    assert take(ministry, "credit-openings", table)[0]["result"] == {"changed": 0}
    assert ministry.credit(ministry.siti)["balance"] == "90.000"
    table = f"nip,tahun,triwulan,predikat\n{SITI},2025,,Baik\n{SITI},2024,,SANGAT BAIK\n{SITI},2025,4,Butuh Perbaikan\n{SITI},2024,7,Baik\n"
    job, issues = take(ministry, "predicate-history", table)
    assert (job["result"], issues) == ({"changed": 3}, [(5, "triwulan", "number_invalid")])
    rows = f"{SITI},2025,,11,Baik\n{SITI},2025,,13,Baik\n{SITI},2025,1,2,Baik\n"
    job, issues = take(ministry, "predicate-history", f"nip,tahun,triwulan,bulan,predikat\n{rows}")
    assert (job["result"], issues) == ({"changed": 1}, [(3, "bulan", "number_invalid"), (4, "bulan", "two_parts")])
    reasons = {reason["code"]: reason for reason in ministry.finding(ministry.siti, "RANK_PROMOTION")["reasons"]}
    assert reasons["predicates"]["met"]
    ministry.calculate("2026-02")
    assert ministry.year(ministry.siti)["lines"][0]["predicate"] == "NEEDS_IMPROVEMENT"
    assert ministry.published("CreditConverted") == []


def test_counts_by_employee_id_are_taken_whole_or_not_at_all(ministry):
    items = [
        {"employee_id": str(ministry.siti), "code": "TL1", "count": 1},
        {"employee_id": str(uuid4()), "code": "TL1", "count": 1},
        {"employee_id": str(ministry.siti), "code": "NOPE", "count": 1},
    ]
    refused = ministry.hr.post(f"{V1}/attendance", json={"month": "2026-02", "items": items})
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.get_json()["errors"]] == ["items.1.employee_id", "items.2.code"]
    assert ok(ministry.hr.get(f"{V1}/attendance?employee_id={ministry.siti}&year=2026"))["items"] == []
