"""Direction 3: money, credit and awards rest on final appraisals, and everybody can work them out again."""

import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.forms import plan_of, rating
from tests.journeys.ministry import APPRAISAL, INCENTIVE, Ministry, match
from tests.journeys.pay import adopt_amounts, calculate, explanation_of, line_of, lines_of, publish_policy, recompute
from tests.journeys.words import RATINGS, rows, rupiah, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("insentif.feature")


@given(
    "kebijakan tunjangan kinerja berlaku sejak Januari 2026: 60% menurut predikat triwulan lalu, 40% menurut kehadiran"
)
def a_policy(ministry: Ministry) -> None:
    published = publish_policy(ministry, "kementerian-contoh")
    assert published["rules"]["weights"] == {"performance": "0.60", "attendance": "0.40"}
    assert (published["rules"]["predicate_source"], published["rules"]["lag"]) == ("QUARTER", 1)


@given(says("tunjangan kelas jabatan {kelas:d} adalah {jumlah:Rupiah} sebulan"))
def the_amounts(ministry: Ministry, kelas: int, jumlah: int) -> None:
    assert adopt_amounts(ministry)[kelas] == jumlah


@given(
    says(
        "penilaian triwulan {triwulan:d} tahun {tahun:d} oleh {penilai:Nama} dan kehadiran bulan {bulan:Bulan} sebagai berikut"
    )
)
def rated_and_present(
    ministry: Ministry, triwulan: int, tahun: int, penilai: str, bulan: str, datatable: list[list[str]]
) -> None:
    people = rows(datatable)
    plans = []
    for one in people:
        caller = ministry.who(one["pegawai"])
        plan = caller.post(f"{APPRAISAL}/plans", plan_of(tahun))
        submitted = caller.post(f"{APPRAISAL}/plans/{plan['id']}/submit")
        plans.append({"plan_id": plan["id"], "version": submitted["version"]})
    ministry.who(penilai).post(f"{APPRAISAL}/plans/activate-batch", {"plans": plans})
    ministry.system.turn(2026, 7, 6, 9)
    items = [
        rating(ministry.id_of(one["pegawai"]), RATINGS[one["hasil kerja"]], RATINGS[one["perilaku"]]) for one in people
    ]
    body = {"year": tahun, "quarter": triwulan, "items": items}
    answer = ministry.who(penilai).post(f"{APPRAISAL}/evaluations/periodic/batch", body)
    assert {one["outcome"] for one in answer["items"]} == {"DONE"}
    ministry.system.turn(2026, 7, 28, 9)
    codes = {"terlambat s.d. 30 menit": "TL1", "pulang cepat s.d. 60 menit": "PSW2"}
    counts = [
        {"employee_id": ministry.id_of(one["pegawai"]), "code": code, "count": int(one[told])}
        for one in people
        for told, code in codes.items()
        if int(one[told])
    ]
    ministry.hr.post(f"{INCENTIVE}/attendance", {"month": bulan, "items": counts})


@when(says("tunjangan {bulan:Bulan} dihitung oleh satu petugas"))
def it_is_calculated(ministry: Ministry, bulan: str) -> None:
    ministry.notes["run"] = calculate(ministry, bulan)


@when(says("{petugas:Nama} mengusulkan persetujuannya dan mencoba menyetujuinya sendiri"))
def the_same_officer_approves(ministry: Ministry, petugas: str) -> None:
    run, officer = ministry.notes["run"], ministry.who(petugas)
    proposal = officer.post(f"{INCENTIVE}/allowance-runs/{run['id']}/approve", headers=match(run))
    path = f"{INCENTIVE}/proposals/{proposal['id']}/approve"
    ministry.attempt(officer, "POST", path, json={"reason": "Sudah diperiksa"}, headers=match(proposal))


@then(says("tunjangan {bulan:Bulan} yang dibayarkan adalah"))
def they_are_paid(ministry: Ministry, bulan: str, datatable: list[list[str]]) -> None:
    expected = {one["pegawai"]: rupiah(one["jumlah"]) for one in rows(datatable)}
    ministry.notes["paid"] = {name: line_of(ministry, name, bulan) for name in expected}
    assert {name: line["amount"] for name, line in ministry.notes["paid"].items()} == expected
    assert {line["state"] for line in ministry.notes["paid"].values()} == {"PAID"}


@then("setiap pegawai itu dapat menghitung ulang jumlahnya dari penjelasan yang diberikan kepadanya")
def anybody_recomputes(ministry: Ministry) -> None:
    for name, line in ministry.notes["paid"].items():
        told = explanation_of(ministry, name, line)
        assert recompute(told) == line["amount"], name
        assert told["legal_sources"]


@then(says("{pembaca:Nama} tidak dapat membaca tunjangan {pegawai:Nama}"))
def a_colleague_cannot_read(ministry: Ministry, pembaca: str, pegawai: str) -> None:
    line = ministry.notes["paid"][pegawai]
    reader = ministry.who(pembaca)
    paths = (
        f"{INCENTIVE}/allowances/{line['id']}/explanation",
        f"{INCENTIVE}/allowances?employee_id={ministry.id_of(pegawai)}&year=2026",
    )
    for path in paths:
        answer = reader.raw("GET", path)
        assert answer.status_code == 403, answer.text
        assert str(line["amount"]) not in answer.text


@then(
    says(
        "saldo angka kredit {pegawai:Nama} tetap {saldo:Angka}, dengan perkiraan {perkiraan:Angka} yang ditandai sementara"
    )
)
def credit_is_provisional(ministry: Ministry, pegawai: str, saldo: str, perkiraan: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    found = ministry.who(pegawai).get(f"{INCENTIVE}/credit/{ministry.id_of(pegawai)}")
    assert (found["balance"], found["provisional"], found["entries"]) == (saldo, perkiraan, [])
    assert ministry.published("incentive", "CreditConverted") == []


@then("baris penyesuaian itu menunjuk baris semula, dan penjelasannya menyebut jumlah sebelum dan sesudahnya")
def the_adjustment_refers(ministry: Ministry) -> None:
    lines = {(one["kind"], one["month"]): one for one in lines_of(ministry, "Siti")}
    adjustment, first = lines["ADJUSTMENT", "2026-07"], lines["REGULAR", "2026-07"]
    assert adjustment["adjusts_line_id"] == first["id"]
    told = explanation_of(ministry, "Siti", adjustment)
    assert (told["previous_amount"], told["full_amount"]) == (first["amount"], first["amount"] + adjustment["amount"])
    assert recompute(told) == told["full_amount"]


@when(says("{pegawai:Nama} diusulkan menjadi pegawai teladan tahun {tahun:d} dengan bukti evaluasi itu"))
def a_nomination(ministry: Ministry, pegawai: str, tahun: int) -> None:
    ministry.system.consistency.wait_until_consistent()
    body = {
        "employee_id": ministry.id_of(pegawai),
        "kind": "MODEL_EMPLOYEE_YEAR",
        "year": tahun,
        "evaluation_id": ministry.evaluation_of(pegawai),
        "reason": "Predikat tahunan tertinggi di unitnya",
    }
    answer = ministry.attempt(ministry.who("Wati"), "POST", f"{INCENTIVE}/awards", json=body)
    ministry.notes["award"] = answer.json()


@when(says("penghargaan itu ditetapkan petugas kedua dengan keputusan nomor {nomor}"))
def it_is_granted(ministry: Ministry, nomor: str) -> None:
    award = ministry.notes["award"]
    body = {"granted": True, "decision_number": nomor, "decided_on": "2027-01-12"}
    ministry.by_two("POST", f"{INCENTIVE}/awards/{award['id']}/decide", body, headers=match(award))
    ministry.notes["decision"] = nomor


@then(says("{pegawai:Nama} melihat penghargaannya beserta bukti, predikat {predikat:Predikat}, dan nomor keputusannya"))
def the_award_is_seen(ministry: Ministry, pegawai: str, predikat: str) -> None:
    mine = ministry.who(pegawai).get(f"{INCENTIVE}/awards", employee_id=ministry.id_of(pegawai))["items"]
    shown = [(one["state"], one["evaluation_id"], one["predicate"], one["decision_number"]) for one in mine]
    assert shown == [("GRANTED", ministry.evaluation_of(pegawai), predikat, ministry.notes["decision"])]
