"""What is recorded late, in the middle of a month, or for many people at once, ends as if it had been known."""

from collections import Counter
from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from suar_demo.client import finish_job
from tests.journeys.ministry import APPRAISAL, INCENTIVE, PERSONNEL, Ministry, match
from tests.journeys.pay import adopt_amounts, assert_lines, calculate, lines_of, publish_policy
from tests.journeys.people import employee_rows, employees_file, many_rows
from tests.journeys.recording import WHY, record, record_superiors
from tests.journeys.words import Moment, iso, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("waktu_pencatatan.feature")
CHANGE_RULES = {
    "hari kalender": "CALENDAR_DAYS",
    "hari kerja": "WORKING_DAYS",
    "hari pertama": "FIRST_DAY",
    "hari terakhir": "LAST_DAY",
    "bulan berikut": "NEXT_MONTH",
}


@then(says("menurut petugas kepegawaian baris tunjangan {pegawai:Nama} adalah"))
def the_lines_by_hr(ministry: Ministry, pegawai: str, datatable: list[list[str]]) -> None:
    assert_lines(lines_of(ministry, pegawai, ministry.hr), datatable)


@then(says("{pegawai:Nama} tidak dibayar apa-apa pada {bulan:Bulan}, dan tagihan {jumlah:Rupiah} terbuka"))
def a_claim_is_open(ministry: Ministry, pegawai: str, bulan: str, jumlah: int) -> None:
    run = ministry.notes["run"]
    assert run["month"] == bulan
    payments = ministry.hr.pages(f"{INCENTIVE}/allowance-runs/{run['id']}/payments")
    [payment] = [one for one in payments if one["employee_id"] == ministry.id_of(pegawai)]
    assert (payment["net"], payment["claimed"], payment["amount"]) == (-jumlah, jumlah, 0)
    [claim] = ministry.hr.get(f"{INCENTIVE}/claims", employee_id=ministry.id_of(pegawai))["items"]
    assert (claim["state"], claim["amount"], claim["outstanding"]) == ("OPEN", jumlah, jumlah)
    ministry.notes["claim"] = claim


@when(says("angsuran tagihan itu direncanakan {jumlah:Rupiah} sebulan sejak {bulan:Bulan}"))
def instalments_are_planned(ministry: Ministry, jumlah: int, bulan: str) -> None:
    claim = ministry.notes["claim"]
    body = {"instalment": jumlah, "from_month": bulan, "interview_note": "Setuju mengangsur; wawancara 2 Oktober 2026"}
    path = f"{INCENTIVE}/claims/{claim['id']}/plan"
    answer = ministry.attempt(ministry.who("Wati"), "PUT", path, json=body, headers=match(claim))
    if answer.is_success:
        ministry.approved(answer.json(), "incentive")


@when(says("kas negara menerima {jumlah:Rupiah} untuk tagihan itu"))
def the_treasury_receives(ministry: Ministry, jumlah: int) -> None:
    body = {"amount": jumlah, "reference": "NTPN-1A2B3C4D"}
    ministry.by_two("POST", f"{INCENTIVE}/claims/{ministry.notes['claim']['id']}/repayments", body)


@then(says("tagihan itu direncanakan dengan sisa {jumlah:Rupiah}"))
def the_rest_is_planned(ministry: Ministry, jumlah: int) -> None:
    claim = ministry.hr.get(f"{INCENTIVE}/claims/{ministry.notes['claim']['id']}")
    assert (claim["state"], claim["outstanding"], claim["instalment"]) == ("PLANNED", jumlah, 383_000)
    assert [(one["kind"], one["amount"]) for one in claim["repayments"]] == [("TREASURY", 383_000)]


TYPE = "{pegawai:Nama} dicatat sebagai {jenis} sejak {hari:Saat}"


@given(says(TYPE))
@when(says(TYPE))
def an_employment_type(ministry: Ministry, pegawai: str, jenis: str, hari: Moment) -> None:
    record(ministry, pegawai, "employment-type", iso(hari), employment_type=jenis)


@given(says("kebijakan tunjangan kinerja berlaku sejak Januari 2026 dengan perubahan kelas menurut {aturan}"))
def a_policy_with_a_rule(ministry: Ministry, aturan: str) -> None:
    rule = CHANGE_RULES[aturan]
    rules = publish_policy(ministry, "kementerian-contoh", changes={"CLASS": rule})["rules"]
    assert rules["changes"]["CLASS"] == rule
    assert adopt_amounts(ministry)[12] == 9_896_000


@given(says("{hari:Saat} hari libur"))
def a_holiday(ministry: Ministry, hari: Moment) -> None:
    data = {"days_per_week": 5, "holidays": [iso(hari)]}
    source = {"legal_source": "SKB hari libur nasional 2026", "verified": {"holidays": "contoh"}}
    body = {"kind": "WORK_CALENDAR", "valid_from": "2026-01-01", "data": data, **source}
    ministry.by_two("POST", f"{INCENTIVE}/reference", body)


@given("kebijakan tunjangan kinerja menurut Permentan 20/2025 berlaku sejak Januari 2026")
def the_policy_of_agriculture(ministry: Ministry) -> None:
    rules = publish_policy(ministry, "permentan-20-2025")["rules"]
    assert (rules["study_leave"]["job_class"]["S2_S3"], rules["study_leave"]["extension_factor"]) == (7, "0.50")
    assert adopt_amounts(ministry)[7] == 3_915_950


@when(
    says(
        "tunjangan {bulan:Bulan} dihitung, dan belum dapat disetujui karena jenjang studi {pegawai:Nama} belum dicatat"
    )
)
def it_cannot_be_approved(ministry: Ministry, bulan: str, pegawai: str) -> None:
    run = calculate(ministry, bulan)
    assert run["totals"]["problems"] == 1
    path = f"{INCENTIVE}/allowance-runs/{run['id']}/approve"
    answer = ministry.who("Wati").raw("POST", path, headers=match(run))
    assert answer.status_code == 409, answer.text


def study(ministry: Ministry, person: str, first: str, last: str | None, *, extension: bool) -> None:
    kind = {"kind": "STUDY_LEAVE", "study_level": "S2_S3", "extension": extension, "reference": "SK-TB-5/2026"}
    body = {**kind, "employee_id": ministry.id_of(person), "from_month": first, "to_month": last}
    ministry.hr.post(f"{INCENTIVE}/circumstances", body)


@when(says("jenjang studi {pegawai:Nama} dicatat S2 dari {awal:Bulan} sampai {akhir:Bulan}"))
def a_study(ministry: Ministry, pegawai: str, awal: str, akhir: str) -> None:
    study(ministry, pegawai, awal, akhir, extension=False)


@when(says("jenjang studi {pegawai:Nama} dicatat S2 perpanjangan sejak {awal:Bulan}"))
def a_longer_study(ministry: Ministry, pegawai: str, awal: str) -> None:
    study(ministry, pegawai, awal, None, extension=True)


@when(says("{unit:Unit} digabung ke {penerima:Unit} sejak {hari:Saat}"))
def units_are_merged(ministry: Ministry, unit: str, penerima: str, hari: Moment) -> None:
    path = f"{PERSONNEL}/org-units/{ministry.units[unit]}"
    body = {**WHY, "into_id": ministry.units[penerima], "effective_from": iso(hari)}
    merger = ministry.hr.post(f"{path}/merger", body, headers=match(ministry.hr.raw("GET", path)))
    assert merger["obstacles"] == []
    ministry.notes["merger"] = finish_job(ministry.hr, "personnel", merger["job_id"])
    ministry.system.consistency.wait_until_consistent()


@then(says("{jumlah:d} pegawai ikut pindah"))
def they_moved(ministry: Ministry, jumlah: int) -> None:
    assert ministry.notes["merger"]["processed"] == jumlah


@then(says("hingga {hari:Saat} SKP {pegawai:Nama} masih pada {penilai:Nama}"))
def the_plan_is_still_there(ministry: Ministry, hari: Moment, pegawai: str, penilai: str) -> None:
    ministry.system.turn(*hari)
    ministry.system.consistency.wait_until_consistent()
    [plan] = ministry.hr.pages(f"{APPRAISAL}/plans", year=2026, employee_id=ministry.id_of(pegawai))
    assert (plan["state"], plan["appraiser_id"]) == ("ACTIVE", ministry.id_of(penilai))


def people_in(ministry: Ministry, unit: str) -> list[dict[str, Any]]:
    return list(ministry.hr.pages(f"{PERSONNEL}/employees", unit_id=ministry.units[unit]))


@then(says("{lama:Unit} sudah ditutup, dan {baru:Unit} berisi {jumlah:d} pegawai"))
def the_unit_is_closed(ministry: Ministry, lama: str, baru: str, jumlah: int) -> None:
    path = f"{PERSONNEL}/org-units/{ministry.units[lama]}"
    consistency = ministry.system.consistency
    consistency.wait_for("unit ditutup", lambda: not ministry.hr.get(path)["active"])
    consistency.wait_for("pegawai ikut", lambda: len(people_in(ministry, baru)) == jumlah)
    assert people_in(ministry, lama) == []
    assert list(ministry.hr.pages(f"{PERSONNEL}/employees", unit_closed="true")) == []


@then(
    says(
        "triwulan 2 {pegawai:Nama} dinilai di {lama:Unit} oleh {dulu:Nama}, triwulan 3 di {baru:Unit} oleh {kini:Nama}"
    )
)
def each_quarter_in_its_unit(ministry: Ministry, pegawai: str, lama: str, dulu: str, baru: str, kini: str) -> None:
    mine = ministry.who(pegawai).pages(f"{APPRAISAL}/me/evaluations", year=2026)
    shown = {one["quarter"]: (one["unit_id"], one["rated_by"], one["rated_capacity"]) for one in mine}
    assert shown == {
        2: (ministry.units[lama], ministry.id_of(dulu), "APPRAISER"),
        3: (ministry.units[baru], ministry.id_of(kini), "APPRAISER"),
    }


@given(says("berkas pegawai memuat {jumlah:d} pegawai lagi di bawah Bambang"))
def many_people(ministry: Ministry, jumlah: int) -> None:
    people = many_rows(jumlah)
    job = ministry.bring_in("employees", employees_file(people))
    assert job["result"]["created"] == jumlah
    ministry.system.consistency.wait_until_consistent()
    ministry.notes["nips"] = [ministry.people["Siti"]["nip"], *(one["nip"] for one in people)]


def correct_all(ministry: Ministry, superior: str) -> None:
    outcomes = record_superiors(ministry, ministry.notes["nips"], superior, "2026-01-02", "CORRECTION")
    ministry.notes["outcomes"] = Counter(one["outcome"] for one in outcomes)


def timelines_of(ministry: Ministry) -> Counter[str]:
    return Counter(row["subject"] for row in ministry.published("personnel", "EmployeeTimelineChanged"))


@when(says("petugas membetulkan atasan Siti dan 499 pegawai itu menjadi {atasan:Nama} dalam satu panggilan"))
def all_are_corrected(ministry: Ministry, atasan: str) -> None:
    ministry.notes["before"] = timelines_of(ministry)
    ministry.notes["superior"] = atasan
    correct_all(ministry, atasan)
    assert ministry.notes["outcomes"] == {"RECORDED": 500}
    ministry.system.consistency.wait_until_consistent()


@then(says("500 pegawai itu berada di bawah {atasan:Nama}, dan perubahan masing-masing dikabarkan tepat satu kali"))
def all_have_moved(ministry: Ministry, atasan: str) -> None:
    path = f"{PERSONNEL}/employees/{ministry.id_of(atasan)}/subordinates"
    below = {one["nip"]: one["employee_id"] for one in ministry.hr.pages(path)}
    corrected = {below[nip] for nip in ministry.notes["nips"]}
    assert timelines_of(ministry) - ministry.notes["before"] == dict.fromkeys(corrected, 1)


@when("petugas mengulang pembetulan itu")
def all_are_corrected_again(ministry: Ministry) -> None:
    correct_all(ministry, ministry.notes["superior"])


@then("500 pegawai itu dilaporkan tidak berubah")
def nothing_has_changed(ministry: Ministry) -> None:
    assert ministry.notes["outcomes"] == {"UNCHANGED": 500}


def import_correction(ministry: Ministry, superior: str) -> dict[str, Any]:
    rows = [*(one for one in employee_rows() if one["nip"] == ministry.people["Siti"]["nip"]), *many_rows(499)]
    corrected = [{**one, "nip_atasan": ministry.people[superior]["nip"]} for one in rows]
    return ministry.bring_in("employees", employees_file(corrected), cause="CORRECTION")


@when(says("petugas membetulkan atasan Siti dan 499 pegawai itu menjadi {atasan:Nama} dengan satu berkas"))
def all_are_corrected_by_file(ministry: Ministry, atasan: str) -> None:
    ministry.notes["before"] = timelines_of(ministry)
    ministry.notes["superior"] = atasan
    job = import_correction(ministry, atasan)
    assert list(ministry.hr.pages(f"{PERSONNEL}/jobs/{job['id']}/issues")) == []
    ministry.system.consistency.wait_until_consistent()


@when("petugas mengimpor berkas yang sama sekali lagi")
def the_file_once_more(ministry: Ministry) -> None:
    ministry.notes["job"] = import_correction(ministry, ministry.notes["superior"])


@then("impor itu tidak mengubah seorang pun")
def nobody_has_changed(ministry: Ministry) -> None:
    result = ministry.notes["job"]["result"]
    assert (result["unchanged"], result["superiors_changed"]) == (500, 0)
