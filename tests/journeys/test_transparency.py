"""Direction 1: an appraisal is open to the person it concerns, who may answer and object."""

import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.forms import decision
from tests.journeys.ministry import APPRAISAL, Ministry
from tests.journeys.words import says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("transparansi_penilaian.feature")
CAUSES = {"masa keberatan berakhir": "WINDOW_EXPIRED", "keberatan diputus": "DECIDED"}


@then(says("{pegawai:Nama} membaca di SKP-nya dua hasil kerja, masing-masing dengan indikator dan target"))
def the_criteria_are_read(ministry: Ministry, pegawai: str) -> None:
    plan = ministry.who(pegawai).get(f"{APPRAISAL}/me/plan", year=2026)
    assert len(plan["work_results"]) == 2
    for result in plan["work_results"]:
        assert [one["target_number"] for one in result["indicators"]] == ["5", "120"]
    assert [one["expectation"] for one in plan["behaviours"]] == ["Sesuai panduan BerAKHLAK."] * 7


@then(says("predikat triwulan {triwulan:d} {pegawai:Nama} adalah {predikat:Predikat}"))
def the_result_is_seen(ministry: Ministry, triwulan: int, pegawai: str, predikat: str) -> None:
    mine = ministry.who(pegawai).pages(f"{APPRAISAL}/me/evaluations", year=2026)
    assert [(one["quarter"], one["predicate"], one["state"]) for one in mine] == [(triwulan, predikat, "FINAL")]


@then("penjelasannya menyebut penilai, penilaian kedua unsur, matriks, dan dasar hukumnya", target_fixture="told")
def the_explanation_is_read(ministry: Ministry) -> dict:
    told = ministry.who("Siti").get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of('Siti')}/explanation")
    assert told["decided_by"]["employee_id"] == ministry.id_of("Bambang")
    assert (told["inputs"]["work_result"], told["inputs"]["behaviour"]) == ("MEETS", "ABOVE")
    assert told["rule"]["legal_source"]
    assert told["rule"]["rule_version"]
    return told


@then("siapa pun yang memakai matriks itu mendapat predikat yang sama")
def anybody_gets_the_same(told: dict) -> None:
    inputs = told["inputs"]
    assert told["rule"]["matrix"][inputs["work_result"]][inputs["behaviour"]] == told["predicate"]


@then(says("penilaian {pegawai:Nama} dapat dibaca oleh {nama}"))
def it_can_be_read(ministry: Ministry, pegawai: str, nama: str) -> None:
    for reader in nama.split(", "):
        for path in paths_of(ministry, pegawai):
            assert ministry.who(reader).raw("GET", path).status_code == 200, (reader, path)


@then(says("penilaian {pegawai:Nama} tidak dapat dibaca oleh {nama}"))
def it_cannot_be_read(ministry: Ministry, pegawai: str, nama: str) -> None:
    for reader in nama.split(", "):
        for path in paths_of(ministry, pegawai):
            answer = ministry.who(reader).raw("GET", path)
            assert answer.status_code == 403, (reader, path, answer.text)
            assert "predicate" not in answer.text
        listed = ministry.who(reader).pages(f"{APPRAISAL}/evaluations", year=2026)
        assert ministry.id_of(pegawai) not in {one["employee_id"] for one in listed}


@given(says("evaluasi tahunan {pegawai:Nama} belum final"))
def not_yet_final(ministry: Ministry, pegawai: str) -> None:
    ministry.system.freeze(2027, 1, 26, 23, 59, 59)
    ministry.system.consistency.wait_until_consistent()
    shown = ministry.who(pegawai).get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}")
    assert (shown["state"], shown["final_at"]) == ("ISSUED", None)


@then(says("evaluasi tahunan {pegawai:Nama} menjadi final dengan predikat {predikat:Predikat} karena {sebab}"))
def it_becomes_final(ministry: Ministry, pegawai: str, predikat: str, sebab: str) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}"

    def final() -> dict | None:
        shown = ministry.who(pegawai).get(path)
        return shown if shown["state"] == "FINAL" else None

    shown = ministry.system.consistency.wait_for("evaluasi tahunan final", final)
    assert (shown["predicate"], shown["completed_by"]) == (predikat, CAUSES[sebab])


@when(says("{pemutus:Nama} mencoba memutus keberatan {pegawai:Nama} sekali lagi"))
def it_is_decided_again(ministry: Ministry, pemutus: str, pegawai: str) -> None:
    path = f"{APPRAISAL}/objections/{ministry.notes['objection']}/decision"
    ministry.attempt(ministry.who(pemutus), "POST", path, json=decision("ABOVE", "ABOVE"))


@then(says("{pegawai:Nama} melihat penilaian semula dan putusannya berdampingan, masing-masing dengan alasan"))
def both_judgements_are_seen(ministry: Ministry, pegawai: str) -> None:
    told = ministry.who(pegawai).get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/explanation")
    first, second = told["history"]
    assert (first["capacity"], first["predicate"]) == ("APPRAISER", "NEEDS_IMPROVEMENT")
    assert first["work_result_note"]
    assert (second["capacity"], second["predicate"]) == ("REVIEWER", "GOOD")
    assert second["reason"]


@then(says("hasil akhir tahunan {pegawai:Nama} dikabarkan kepada layanan lain tepat satu kali"))
def it_is_published_once(ministry: Ministry, pegawai: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    told = [
        row
        for row in ministry.published("appraisal", "AppraisalCompleted")
        if row["subject"] == ministry.id_of(pegawai)
    ]
    assert len(told) == 2  # the fourth quarter, and the year
    assert ministry.published("appraisal", "AppraisalCorrected") == []


@then(
    says(
        "evaluasi tahunan {pegawai:Nama} terbit kembali dengan predikat {baru:Predikat}, "
        "sedangkan yang berlaku tetap {lama:Predikat}"
    )
)
def it_is_issued_anew(ministry: Ministry, pegawai: str, baru: str, lama: str) -> None:
    shown = ministry.who(pegawai).get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}")
    assert (shown["state"], shown["predicate"], shown["in_force"]["predicate"]) == ("ISSUED", baru, lama)


def paths_of(ministry: Ministry, person: str) -> tuple[str, str]:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(person)}"
    return path, f"{path}/explanation"
