"""Changes and corrections of many people's timelines by a file: tested first, then recorded, and repeated without harm."""

import io
from typing import Any

import pytest

from personnel.domain.record_file import COLUMNS
from personnel.use_cases.imports import import_records
from tests.personnel.builders import (
    API,
    BUDI,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    OTHER_HEAD,
    SITI,
    Ministry,
    csv_file,
    employee_row,
)
from tests.personnel.component.test_recording import published, record, shown, timelines


def row(nip: str, seri: str, day: str, **cells: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS.all, ""), "nip": nip, "seri": seri, "berlaku_mulai": day, **cells}


def take(ministry: Ministry, *rows: dict[str, str], dry_run: bool = False) -> dict[str, Any]:
    """Upload, let the worker do it, and give the job's result with the issues."""
    content = csv_file(rows, COLUMNS.all)
    address = f"{API}/imports/records" + ("" if dry_run else "?dry_run=false")
    answer = ministry.hr.post(address, data={"file": (io.BytesIO(content), "catatan.csv")})
    assert answer.status_code == 202, answer.text
    ministry.service.run_jobs()
    job = ministry.hr.get(f"{API}/jobs/{answer.json['job_id']}").json
    assert job["status"] == "DONE", job
    issues = ministry.hr.get(f"{API}/jobs/{job['id']}/issues?limit=200").json["items"]
    return {**job["result"], "found": [(one["row"], one["column"], one["value"], one["code"]) for one in issues]}


def counts(result: dict[str, Any]) -> tuple[int, ...]:
    return tuple(result[name] for name in ("recorded", "unchanged", "refused", "people"))


def a_year() -> list[dict[str, str]]:
    position = {
        "kode_unit": "01", "kode_jabatan": "ASDM-2", "nama_jabatan": "Analis SDM Ahli Muda", "jenis_jabatan": "JF",
        "jenjang": "Ahli Muda", "kelas_jabatan": "10",
    }  # fmt: skip
    return [
        row(SITI, "Jabatan", "2025-03-01", **position, nomor_sk="SK 1/2025"),
        row(SITI, "ATASAN", "2025-03-01", nip_atasan=HEAD_OF_BUREAU),
        row(SITI, "GOLONGAN", "2025-10-01", golongan="III/c", sebab="KOREKSI"),
        row(BUDI, "STATUS", "2026-02-01", status="CLTN", sampai="2026-06-30"),
        row(HEAD_OF_SUBDIVISION, "ATASAN", "2026-07-01", nip_atasan="TANPA_ATASAN"),
    ]


def test_a_dry_run_shows_what_would_change_and_writes_nothing(ministry: Ministry):
    ministry.populate()
    before, told = {nip: shown(ministry, nip) for nip in (SITI, BUDI, HEAD_OF_SUBDIVISION)}, len(ministry.events())
    result = take(ministry, *a_year(), dry_run=True)
    assert (result["dry_run"], counts(result), result["found"]) == (True, (5, 0, 0, 4), [])
    changes = {(one["row"], one["series"]): (one["before"], one["after"]) for one in result["changes"]}
    assert changes[3, "SUPERIOR"] == ({"superior_id": "Pegawai 011001"}, {"superior_id": "Pegawai 031001"})
    old, new = changes[2, "POSITION"]
    assert (old["unit_id"], old["job_class"], new["unit_id"], new["job_class"]) == ("01.01", "8", "01", "10")
    assert changes[5, "STATUS"] == ({"status": "ACTIVE"}, {"status": "UNPAID_LEAVE"})
    assert changes[6, "SUPERIOR"] == ({"superior_id": "Pegawai 031001"}, {"superior_id": None})
    assert {nip: shown(ministry, nip) for nip in before} == before
    assert len(ministry.events()) == told


def test_what_the_dry_run_showed_is_recorded_and_a_repeat_changes_nothing(ministry: Ministry):
    ministry.populate()
    chief = ministry.find(HEAD_OF_BUREAU)["employee_id"]
    result = take(ministry, *a_year())
    assert (result["dry_run"], counts(result), result["changes"], result["found"]) == (False, (5, 0, 0, 4), [], [])
    assert published(ministry, SITI, "job_class", "superior_id", "grade")[-2:] == [
        ("2025-03-01", 10, chief, "III/b"),
        ("2025-10-01", 10, chief, "III/c"),
    ]
    assert published(ministry, BUDI, "status") == [
        ("2024-02-01", "ACTIVE"),
        ("2026-02-01", "UNPAID_LEAVE"),
        ("2026-07-01", "ACTIVE"),
    ]
    assert timelines(ministry, SITI)[-1]["cause"] == "CORRECTION"
    position = shown(ministry, SITI)["positions"][-1]
    assert (position["source"], position["decision_number"]) == ("IMPORT", "SK 1/2025")
    assert (ministry.find(SITI)["job_class"], ministry.find(SITI)["appraiser_id"]) == (10, chief)

    told, records = len(ministry.events()), shown(ministry, SITI)
    assert counts(take(ministry, *a_year())) == (0, 5, 0, 0)
    assert (len(ministry.events()), shown(ministry, SITI)) == (told, records)


def test_a_correction_with_a_change_after_it_is_repeated_without_harm(ministry: Ministry):
    ministry.populate()
    rows = [
        row(SITI, "GOLONGAN", "2024-01-01", golongan="III/a", sebab="KOREKSI"),
        row(SITI, "GOLONGAN", "2025-01-01", golongan="III/d"),
    ]
    assert counts(take(ministry, *rows)) == (2, 0, 0, 1)
    assert counts(take(ministry, *rows)) == (0, 2, 0, 0)
    assert len(shown(ministry, SITI)["grades"]) == 3


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"seri": "PANGKAT"}, "seri", "seri_unknown"),
        ({"berlaku_mulai": "2026-02-30"}, "berlaku_mulai", "date_wrong"),
        ({"sebab": "LAIN"}, "sebab", "sebab_unknown"),
        ({"golongan": ""}, "golongan", "cell_missing"),
        ({"golongan": "V/z"}, "golongan", "grade_unknown"),
        ({"tmt_golongan": "2026-05-01"}, "tmt_golongan", "date_in_future"),
        ({"ganti_sesudahnya": "mungkin"}, "ganti_sesudahnya", "yes_or_no_wrong"),
        ({"seri": "STATUS", "status": ""}, "status", "status_unknown"),
        ({"seri": "STATUS", "status": "PENSIUN", "sampai": "2026-12-31"}, "sampai", "until_not_applicable"),
        ({"seri": "ATASAN", "nip_atasan": ""}, "nip_atasan", "superior_nip_wrong"),
        ({"seri": "ATASAN", "nip_atasan": "197505052001041001"}, "nip_atasan", "superior_unknown"),
        ({"seri": "ATASAN", "nip_atasan": SITI}, "nip_atasan", "superior_cycle"),
        ({"seri": "JABATAN", "kode_unit": "99"}, "kode_unit", "unit_unknown"),
        ({"nip": "197505052001041001"}, "nip", "employee_unknown"),
    ],
)
def test_a_row_that_cannot_be_names_its_cell_and_the_others_come_in(ministry: Ministry, cells, column, code):
    ministry.populate()
    good = row(BUDI, "GOLONGAN", "2026-02-01", golongan="X")
    bad = {**row(SITI, "GOLONGAN", "2026-02-01", golongan="III/c"), **cells}
    result = take(ministry, good, bad)
    assert (3, column, bad[column], code) in result["found"]
    assert {one[0] for one in result["found"]} == {3}
    assert counts(result) == (1, 0, 1, 1)


def test_the_same_person_series_and_day_stand_once_in_a_file_and_officers_stay_out_of_it(ministry: Ministry):
    ministry.populate()
    ministry.hr = ministry.client_of(SITI, "hr_officer")
    rows = [
        row(BUDI, "GOLONGAN", "2026-02-01", golongan="X"),
        row(BUDI, "GOLONGAN", "01-02-2026", golongan="XI"),
        row(SITI, "GOLONGAN", "2026-02-01", golongan="III/c"),
    ]
    result = take(ministry, *rows)
    assert (counts(result), [(one[0], one[3]) for one in result["found"]]) == (
        (1, 0, 2, 1),
        [(3, "duplicate_row"), (4, "own_affair")],
    )


def test_links_of_a_file_that_close_a_cycle_on_a_day_to_come_stay_out(ministry: Ministry):
    ministry.populate()
    superior = {"superior_id": ministry.find(SITI)["employee_id"], "effective_from": "2026-04-01"}
    assert record(ministry, BUDI, "superior", "PUT", **superior).status_code == 200
    rows = [
        row(SITI, "ATASAN", "2026-03-01", nip_atasan=BUDI),
        row(HEAD_OF_SUBDIVISION, "ATASAN", "2026-03-01", nip_atasan=BUDI),
        row(HEAD_OF_BUREAU, "ATASAN", "2026-02-01", nip_atasan=HEAD_OF_SUBDIVISION),
    ]
    for dry_run in (True, False):
        result = take(ministry, *rows, dry_run=dry_run)
        assert [(one[0], one[3]) for one in result["found"]] == [(row, "superior_cycle") for row in (2, 3, 4)]


def test_five_hundred_superiors_are_corrected_by_a_file(ministry: Ministry, monkeypatch):
    monkeypatch.setattr(import_records, "CHUNK", 100)
    ministry.populate()
    numbers = [f"1990{1 + n // 25:02}{1 + n % 25:02}2019{1 + n % 12:02}2{n + 1:03}" for n in range(250)]
    numbers += [f"1991{1 + n // 25:02}{1 + n % 25:02}2019{1 + n % 12:02}2{n + 1:03}" for n in range(250)]
    people = [employee_row(one, nip_atasan=HEAD_OF_SUBDIVISION, tmt_cpns=f"2019-{one[12:14]}-01") for one in numbers]
    head = employee_row(OTHER_HEAD, jenis_jabatan="PENGAWAS", jenjang="", tmt_cpns="2006-04-01")
    assert not ministry.import_employees(*people, head)["found"]
    other = ministry.find(OTHER_HEAD)["employee_id"]
    rows = [
        row(one, "ATASAN", "2025-07-01", nip_atasan=OTHER_HEAD, sebab="KOREKSI", nomor_sk="SK 9") for one in numbers
    ]

    told = len(ministry.events("EmployeeTimelineChanged"))
    assert counts(take(ministry, *rows, dry_run=True)) == (500, 0, 0, 500)
    assert len(ministry.events("EmployeeTimelineChanged")) == told
    result = take(ministry, *rows)
    assert (counts(result), result["found"]) == ((500, 0, 0, 500), [])
    news = ministry.events("EmployeeTimelineChanged")[told:]
    assert (len(news), {one["data"]["cause"] for one in news}) == (500, {"CORRECTION"})
    assert {one["data"]["changed_from"] for one in news} == {"2025-07-01"}
    assert {one["data"]["stretches"][-1]["superior_id"] for one in news} == {other}
    assert ministry.find(numbers[0])["appraiser_id"] == ministry.find(numbers[-1])["appraiser_id"] == other
    assert counts(take(ministry, *rows)) == (0, 500, 0, 0)
