"""Direction 2: a gap that an appraisal shows becomes training, and what was learnt is counted once."""

from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.ministry import TRAINING, Ministry
from tests.journeys.words import Moment, iso, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("kompetensi.feature")
COMPETENCY, COURSE, BOOK, PROVIDER = "process_analysis", "ANPROS-WS", "BUKU-ANPROS", "Pusdiklat Contoh"


@given(says("standar jabatan Analis SDM meminta kompetensi analisis proses tingkat {tingkat:d}"))
def a_standard(ministry: Ministry, tingkat: int) -> None:
    competency = {"code": COMPETENCY, "kind": "TECHNICAL", "name": "Analisis proses"}
    ministry.hr.post(f"{TRAINING}/competencies", competency)
    standard = {"position_code": "ASDM-1", "competency_code": COMPETENCY, "required_level": tingkat}
    body = {**standard, "valid_from": "2026-01-01", "source": "Standar jabatan"}
    ministry.by_two("POST", f"{TRAINING}/standards", body)


@given(
    says(
        "katalog memuat lokakarya analisis proses {jp:d} JP pada {saat:Saat} dengan {kursi:d} kursi, "
        "dan satu buku rujukannya"
    )
)
def a_catalogue(ministry: Ministry, jp: int, saat: Moment, kursi: int) -> None:
    course = {"code": COURSE, "title": "Lokakarya", "kind_code": "WORKSHOP", "jp": jp, "provider": PROVIDER}
    ministry.hr.post(f"{TRAINING}/courses", {**course, "competency_codes": [COMPETENCY]})
    days = {"starts_on": iso(saat), "ends_on": iso(saat), "enrol_opens_on": "2026-01-02", "enrol_closes_on": iso(saat)}
    session = ministry.hr.post(f"{TRAINING}/courses/{COURSE}/sessions", {"seats": kursi, "place": "Ruang A", **days})
    ministry.notes |= {"session": session["id"], "held on": saat}
    book = {"code": BOOK, "title": "Panduan Penyederhanaan Proses", "kind": "BOOK", "copies": 2}
    ministry.hr.post(f"{TRAINING}/reference-items", {**book, "competency_codes": [COMPETENCY]})


@given(says("{penilai:Nama} menilai kompetensi analisis proses {pegawai:Nama} di tingkat {tingkat:d}"))
def an_assessment(ministry: Ministry, penilai: str, pegawai: str, tingkat: int) -> None:
    body = {"employee_id": ministry.id_of(pegawai), "competency_code": COMPETENCY, "actual_level": tingkat}
    ministry.who(penilai).post(f"{TRAINING}/assessments", {**body, "method": "Penilaian atasan"})


@then(
    says(
        "{pegawai:Nama} mempunyai kebutuhan pelatihan analisis proses dengan kesenjangan {kesenjangan:d} tingkat, "
        "karena evaluasi itu"
    ),
    target_fixture="need",
)
def a_need(ministry: Ministry, pegawai: str, kesenjangan: int) -> dict[str, Any]:
    def found() -> dict[str, Any] | None:
        mine = ministry.who(pegawai).pages(f"{TRAINING}/needs", employee_id=ministry.id_of(pegawai))
        for one in mine:
            whole = ministry.who(pegawai).get(f"{TRAINING}/needs/{one['id']}")
            if "EVALUATION" in {cause["source"] for cause in whole["causes"]}:
                return whole
        return None

    need = ministry.system.consistency.wait_for("kebutuhan pelatihan timbul dari evaluasi", found)
    assert (need["competency_code"], need["gap"], need["state"]) == (COMPETENCY, kesenjangan, "OPEN")
    assert need["explanation"]
    return need


@then("kepadanya disarankan lokakarya dan buku rujukan itu")
def suggestions(ministry: Ministry, need: dict[str, Any]) -> None:
    told = ministry.who("Siti").get(f"{TRAINING}/needs/{need['id']}/suggestions")
    assert [one["course"]["code"] for one in told["courses"]] == [COURSE]
    assert [one["item"]["code"] for one in told["reference_items"]] == [BOOK]


@when(says("{nama} berturut-turut mendaftar lokakarya itu"))
def they_enrol(ministry: Ministry, nama: str) -> None:
    for one in nama.split(", "):
        enrolment = ministry.who(one).post(f"{TRAINING}/sessions/{ministry.notes['session']}/enrolments", {})
        ministry.notes[f"enrolment {one}"] = enrolment["id"]


@when(says("{pegawai:Nama} membatalkan pendaftarannya"))
def one_withdraws(ministry: Ministry, pegawai: str) -> None:
    path = f"{TRAINING}/enrolments/{ministry.notes[f'enrolment {pegawai}']}/cancel"
    ministry.who(pegawai).post(path, {"reason": "Dinas luar"})


@then(says("yang mendapat kursi adalah {nama}"))
def seats_are_given_to(ministry: Ministry, nama: str) -> None:
    found = {one["employee_id"] for one in enrolments(ministry) if one["state"] == "CONFIRMED"}
    assert found == {ministry.id_of(one) for one in nama.split(", ")}


@then(says("yang menunggu, menurut urutan, adalah {nama}"))
def waiting_are(ministry: Ministry, nama: str) -> None:
    waiting = sorted(
        (one for one in enrolments(ministry) if one["state"] == "WAITING"), key=lambda one: one["queue_number"]
    )
    assert [one["employee_id"] for one in waiting] == [ministry.id_of(one) for one in nama.split(", ")]


FINISH = "{pegawai:Nama} menyelesaikan lokakarya itu dan menerima sertifikat nomor {nomor}"


@given(says(FINISH))
@when(says(FINISH))
def it_is_finished(ministry: Ministry, pegawai: str, nomor: str) -> None:
    session = f"{TRAINING}/sessions/{ministry.notes['session']}"
    ministry.who(pegawai).post(f"{session}/enrolments", {})
    ministry.system.turn(*ministry.notes["held on"])
    employee = {"employee_id": ministry.id_of(pegawai)}
    ministry.hr.post(f"{session}/attendance", {"entries": [{**employee, "present": True}]})
    items = {"items": [{**employee, "certificate_number": nomor}]}
    issued = ministry.hr.post(f"{session}/certificates", items)["items"][0]
    assert issued["outcome"] == "ISSUED", issued
    ministry.notes["record"] = issued["record_id"]


@then(
    says(
        "catatan JP {pegawai:Nama} tahun {tahun:d} berjumlah {jumlah:d} JP "
        "dan masih kurang {kurang:d} JP dari target {target:d} JP"
    )
)
def the_ledger(ministry: Ministry, pegawai: str, tahun: int, jumlah: int, kurang: int, target: int) -> None:
    found = ledger(ministry, pegawai, tahun)
    assert (found["earned_jp"], found["remaining_jp"], found["target"]["jp"]) == (jumlah, kurang, target)


@then("catatan itu menyebut hitungan, aturan, dan dasar hukumnya")
def the_ledger_explains_itself(ministry: Ministry) -> None:
    told = ledger(ministry, "Siti")["explanation"]
    assert told["calculation"] == "+8 = 8 JP"
    assert told["rule_version"]
    assert "PP 17/2020" in told["legal_source"]


@then(says("selesainya pelatihan {pegawai:Nama} dikabarkan kepada layanan lain tepat satu kali"))
def it_is_published_once(ministry: Ministry, pegawai: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    assert [one["subject"] for one in ministry.published("training", "TrainingFinished")] == [ministry.id_of(pegawai)]


@when(says("{pegawai:Nama} menyerahkan sertifikat nomor {nomor} dari penyelenggara yang sama sebagai pelatihan lain"))
def the_same_certificate_again(ministry: Ministry, pegawai: str, nomor: str) -> None:
    body = {
        "title": "Pelatihan mandiri",
        "provider": PROVIDER,
        "certificate_number": nomor,
        "kind_code": "WORKSHOP",
        "jp": 8,
        "started_on": "2026-09-10",
        "completed_on": "2026-09-10",
        "evidence_link": "https://berkas.example/sertifikat.pdf",
    }
    ministry.attempt(ministry.who(pegawai), "POST", f"{TRAINING}/records", json=body)


@when("petugas kepegawaian mencabut sertifikat itu karena penyelenggara menariknya")
def it_is_revoked(ministry: Ministry) -> None:
    body = {"reason_code": "PROVIDER_WITHDREW", "note": "Surat penyelenggara 12/2026"}
    ministry.by_two("POST", f"{TRAINING}/records/{ministry.notes['record']}/revoke", body)


@then(says("catatan itu tetap memuat {jp:d} JP semula dan pembatalannya sebagai baris sendiri"))
def both_rows_stand(ministry: Ministry, jp: int) -> None:
    first, second = ledger(ministry, "Siti")["entries"]
    assert (first["jp"], second["jp"], second["reverses_id"]) == (jp, -jp, first["id"])


@then("pembatalan itu dikabarkan kepada layanan lain tepat satu kali")
def the_reversal_is_published_once(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    assert [one["subject"] for one in ministry.published("training", "TrainingReversed")] == [ministry.id_of("Siti")]


def enrolments(ministry: Ministry) -> list[dict[str, Any]]:
    return list(ministry.hr.pages(f"{TRAINING}/sessions/{ministry.notes['session']}/enrolments"))


def ledger(ministry: Ministry, person: str, year: int = 2026) -> dict[str, Any]:
    found: dict[str, Any] = ministry.who(person).get(f"{TRAINING}/ledger/{ministry.id_of(person)}", year=year)
    return found
