"""Lives that do not stand still: who appraises which days, who is excused, and who decides."""

import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.forms import approve_rule, decision, rating, rule_of
from tests.journeys.ministry import APPRAISAL, PERSONNEL, Ministry
from tests.journeys.pay import explanation_of, line_of
from tests.journeys.words import CAPACITIES, Moment, iso, moment, rows, says, unit

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("waktu_pegawai.feature")

WAITING = "hari-hari {pegawai:Nama} dari {awal:Saat} sampai {akhir:Saat} menunggu penilaian {penilai:Nama} sampai {batas:Saat}"


@then(says(WAITING))
def days_wait(ministry: Ministry, pegawai: str, awal: Moment, akhir: Moment, penilai: str, batas: Moment) -> None:
    [waiting] = ministry.who(penilai).get(f"{APPRAISAL}/evaluations/segments")["items"]
    assert waiting["employee_id"] == ministry.id_of(pegawai)
    shown = (waiting["first_day"], waiting["last_day"], waiting["rate_until"], waiting["overdue"])
    assert shown == (iso(awal), iso(akhir), iso(batas), False)


def rate_days(ministry: Ministry, by: str, person: str, since: str, ratings: tuple[str, str], order: str = "") -> None:
    body = {**rating(ministry.id_of(person), *ratings), "year": 2026, "quarter": 2, "first_day": since}
    body["items"] = [{"behaviour_value": "KO", "remark": "Membantu penggantinya"}]
    body |= {"order_reference": order} if order else {}
    ministry.attempt(ministry.who(by), "POST", f"{APPRAISAL}/evaluations/segments", json=body)


DAYS = "pada {saat:Saat} {penilai:Nama} menilai hari-hari {pegawai:Nama} sejak {awal:Saat}"
RATED = "hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"


@when(says(f"{DAYS}: {RATED}"))
def days_are_rated(
    ministry: Ministry, saat: Moment, penilai: str, pegawai: str, awal: Moment, hasil: str, perilaku: str
) -> None:
    ministry.system.turn(*saat)
    rate_days(ministry, penilai, pegawai, iso(awal), (hasil, perilaku))


@when(says(f"{DAYS} dengan surat perintah {{nomor}}: {RATED}"))
def days_are_rated_by_order(
    ministry: Ministry, saat: Moment, penilai: str, pegawai: str, awal: Moment, nomor: str, hasil: str, perilaku: str
) -> None:
    ministry.system.turn(*saat)
    rate_days(ministry, penilai, pegawai, iso(awal), (hasil, perilaku), nomor)


OFFICIAL = (
    "hasil triwulan {triwulan:d} {pegawai:Nama} adalah {predikat:Predikat} oleh {penilai:Nama} "
    "sebagai {kedudukan}, untuk {awal:Saat} sampai {akhir:Saat}"
)


@then(says(OFFICIAL))
def the_official_result(
    ministry: Ministry,
    triwulan: int,
    pegawai: str,
    predikat: str,
    penilai: str,
    kedudukan: str,
    awal: Moment,
    akhir: Moment,
) -> None:
    mine = ministry.who(pegawai).pages(f"{APPRAISAL}/me/evaluations", year=2026)
    [found] = [one for one in mine if one["quarter"] == triwulan]
    assert (found["predicate"], found["state"]) == (predikat, "FINAL")
    assert (found["rated_by"], found["rated_capacity"]) == (ministry.id_of(penilai), CAPACITIES[kedudukan])
    assert (found["first_day"], found["last_day"]) == (iso(awal), iso(akhir))
    ministry.notes["result"] = found


@then(
    says("penjelasannya memuat penilaian {predikat:Predikat} oleh {penilai:Nama} untuk {awal:Saat} sampai {akhir:Saat}")
)
def the_former_rating_is_shown(ministry: Ministry, predikat: str, penilai: str, awal: Moment, akhir: Moment) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.notes['result']['id']}/explanation"
    told = ministry.who("Dewi").get(path)
    [segment], [detail] = told["segment_ratings"], told["segments"]
    remarks = [one["remark"] for one in detail["items"] if one["remark"]]
    assert (remarks, detail["basis"]["intact"]) == (["Membantu penggantinya"], True)
    assert (segment["predicate"], segment["rated_by"]) == (predikat, ministry.id_of(penilai))
    assert (segment["first_day"], segment["last_day"]) == (iso(awal), iso(akhir))


@then(says("hasil itu tetap mencantumkan {penilai:Nama} sebagai pejabat penilai"))
def the_appraiser_is_named(ministry: Ministry, penilai: str) -> None:
    assert ministry.notes["result"]["appraiser_id"] == ministry.id_of(penilai)


@then(says("penjelasan tunjangan {bulan:Bulan} {pegawai:Nama} membagi bulan itu"))
def the_month_is_divided(ministry: Ministry, bulan: str, pegawai: str, datatable: list[list[str]]) -> None:
    told = explanation_of(ministry, pegawai, line_of(ministry, pegawai, bulan))
    shown = [
        (one["first_day"], one["last_day"], one["share"], one["job_class"], one["unit_id"]) for one in told["segments"]
    ]
    assert shown == [
        (
            iso(moment(one["dari"])),
            iso(moment(one["sampai"])),
            one["bagian"],
            int(one["kelas"]),
            ministry.units[unit(one["unit"])],
        )
        for one in rows(datatable)
    ]
    assert (told["recomputed_amount"], told["matches"]) == (told["amount"], True)


@then("belum ada SKP tanpa penilai")
def no_orphans(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    assert ministry.hr.get(f"{APPRAISAL}/orphans")["items"] == []


@then(says('petugas kepegawaian melihat SKP {pegawai:Nama} tanpa penilai, dengan jalan keluar "{kalimat}"'))
def an_orphan(ministry: Ministry, pegawai: str, kalimat: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    [orphan] = ministry.hr.get(f"{APPRAISAL}/orphans")["items"]
    assert (orphan["employee_id"], orphan["reason"]) == (ministry.id_of(pegawai), "SUPERIOR_AWAY")
    assert kalimat in orphan["way_out"]


@then(says("daftar pegawai yang atasannya sudah berhenti memuat {orang:Orang}"))
def the_superior_has_left(ministry: Ministry, orang: list[str]) -> None:
    listed = ministry.hr.pages(f"{PERSONNEL}/employees", superior_left="true")
    assert {one["employee_id"] for one in listed} == {ministry.id_of(name) for name in orang}


@when(says("{pengganti:Nama} ditetapkan sebagai Plh. {pejabat:Nama} dari {awal:Saat} sampai {akhir:Saat}"))
def somebody_acts(ministry: Ministry, pengganti: str, pejabat: str, awal: Moment, akhir: Moment) -> None:
    order = {"kind": "PLH", "order_number": "SPRIN-3/2026", "scope": ["APPRAISE", "LEAD_UNIT"]}
    people = {"in_place_of_id": ministry.id_of(pejabat), "substitute_id": ministry.id_of(pengganti)}
    days = {"first_day": iso(awal), "last_day": iso(akhir)}
    ministry.hr.post(f"{PERSONNEL}/substitutions", {**order, **people, **days})
    ministry.system.consistency.wait_until_consistent()


@given(
    says("{petugas:Nama} menetapkan masa kerja paling sedikit untuk dinilai: {hari:d} hari kerja dalam satu periode")
)
def a_minimum(ministry: Ministry, petugas: str, hari: int) -> None:
    body = rule_of("MINIMUM_DAYS", {"working_days": hari}, "2026-01-02")
    made = ministry.who(petugas).post(f"{APPRAISAL}/rules/proposals", body)
    assert approve_rule(ministry.who("Yusuf"), made).is_success


@when(says("pada {saat:Saat} {penilai:Nama} mencoba menerbitkan evaluasi tahunan {pegawai:Nama}"))
def a_year_is_attempted(ministry: Ministry, saat: Moment, penilai: str, pegawai: str) -> None:
    ministry.system.turn(*saat)
    body = {**rating(ministry.id_of(pegawai), "MEETS", "MEETS"), "year": saat[0] - 1}
    ministry.attempt(ministry.who(penilai), "POST", f"{APPRAISAL}/evaluations/annual", json=body)


@then(says("evaluasi tahunan {pegawai:Nama} mencakup {awal:Saat} sampai {akhir:Saat}"))
def it_covers_days(ministry: Ministry, pegawai: str, awal: Moment, akhir: Moment) -> None:
    shown = ministry.who(pegawai).get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}")
    assert (shown["first_day"], shown["last_day"]) == (iso(awal), iso(akhir))


@when(says("{pemutus:Nama} mencoba memutus keberatan itu"))
def a_decision_is_attempted(ministry: Ministry, pemutus: str) -> None:
    path = f"{APPRAISAL}/objections/{ministry.notes['objection']}/decision"
    ministry.attempt(ministry.who(pemutus), "POST", path, json=decision("MEETS", "MEETS"))


@given(says("{pejabat:Nama} menjabat sejak {hari:Saat} di luar instansi, dan mendapat akun dengan surelnya"))
def an_official_from_outside(ministry: Ministry, pejabat: str, hari: Moment) -> None:
    ministry.let_in_official(pejabat, iso(hari))
    ministry.system.consistency.wait_until_consistent()


@when(says("{petugas:Nama} menunjuk {pemutus:Nama} sebagai pemutus keberatan itu"))
def a_decider_is_designated(ministry: Ministry, petugas: str, pemutus: str) -> None:
    body = {"decider_id": ministry.id_of(pemutus), "reason": "Pejabat penilai adalah pimpinan tertinggi"}
    path = f"{APPRAISAL}/objections/{ministry.notes['objection']}/decider"
    ministry.attempt(ministry.who(petugas), "PUT", path, json=body)


@then(
    says(
        "evaluasi tahunan {pegawai:Nama} final dengan predikat {predikat:Predikat}, diputus {pemutus:Nama} yang ditunjuk"
    )
)
def a_designated_decision(ministry: Ministry, pegawai: str, predikat: str, pemutus: str) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}"
    shown = ministry.who(pegawai).get(path)
    assert (shown["state"], shown["predicate"], shown["completed_by"]) == ("FINAL", predikat, "DECIDED")
    last = ministry.who(pegawai).get(f"{path}/explanation")["history"][-1]
    assert (last["decided_by"], last["capacity"]) == (ministry.id_of(pemutus), "DESIGNATED")
