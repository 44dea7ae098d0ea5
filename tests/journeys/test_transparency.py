"""Direction 1: an appraisal is open to the person it concerns, who may answer and object."""

import io
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from pytest_bdd import given, scenarios, then, when

from documents.papers import printed_nip
from tests.journeys.forms import decision
from tests.journeys.ministry import APPRAISAL, Ministry, match
from tests.journeys.people import STAFF
from tests.journeys.system import ZONE
from tests.journeys.words import PREDICATES, Moment, says

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
    ministry.attempt(
        ministry.who(pemutus), "POST", f"{objection_of(ministry)}/decision", json=decision("ABOVE", "ABOVE")
    )


@when(says("{peminta:Nama} mencoba menarik keberatan {pegawai:Nama}"))
def its_withdrawal_is_attempted(ministry: Ministry, peminta: str, pegawai: str) -> None:
    ministry.attempt(ministry.who(peminta), "POST", f"{objection_of(ministry)}/withdraw", json={})


ATTEMPT = (
    "pada {saat:Saat} {pemutus:Nama} mencoba memutus keberatan {pegawai:Nama}: "
    "hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"
)


@when(says(ATTEMPT))
def a_decision_is_attempted(
    ministry: Ministry, saat: Moment, pemutus: str, pegawai: str, hasil: str, perilaku: str
) -> None:
    ministry.system.turn(*saat)
    ministry.attempt(
        ministry.who(pemutus), "POST", f"{objection_of(ministry)}/decision", json=decision(hasil, perilaku)
    )


@then(says("{pegawai:Nama} membaca tanggapan {penilai:Nama} pada keberatannya"))
def the_statement_is_read(ministry: Ministry, pegawai: str, penilai: str) -> None:
    shown = ministry.who(pegawai).get(objection_of(ministry))
    assert (shown["stated_by"], shown["statement_is_late"]) == (ministry.id_of(penilai), False)
    assert shown["statement"]


@when(says("{pemutus:Nama} memanggil {pegawai:Nama} ke pemeriksaan pada {saat:Saat}"))
def an_examination_is_called(ministry: Ministry, pemutus: str, pegawai: str, saat: Moment) -> None:
    starts = datetime(*saat, tzinfo=ZONE).isoformat()  # type: ignore[misc,arg-type]  # the parts of a moment
    body = {"starts_at": starts, "invited": [ministry.id_of(pegawai)], "place": "Ruang rapat biro"}
    called = ministry.who(pemutus).post(f"{objection_of(ministry)}/examinations", body)
    ministry.notes["examination"] = f"{objection_of(ministry)}/examinations/{called['id']}"


@when(says("pada {saat:Saat} {pemutus:Nama} mencatat berita acara pemeriksaan {pegawai:Nama}"))
def minutes_are_recorded(ministry: Ministry, saat: Moment, pemutus: str, pegawai: str) -> None:
    ministry.system.turn(*saat)
    body = {"present": [ministry.id_of(pegawai)], "minutes": "Pegawai menjelaskan keterlambatan layanan."}
    ministry.who(pemutus).post(f"{ministry.notes['examination']}/minutes", body)


@when(says("{pegawai:Nama} menambahkan catatan pada berita acara itu"))
def a_remark_is_added(ministry: Ministry, pegawai: str) -> None:
    ministry.who(pegawai).post(f"{ministry.notes['examination']}/remark", {"remark": "Bukti triwulan 4 belum dibahas."})
    (shown,) = ministry.who(pegawai).get(objection_of(ministry))["examinations"]
    assert (shown["minutes"] != "", shown["remark"]) == (True, "Bukti triwulan 4 belum dibahas.")


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


def objection_of(ministry: Ministry) -> str:
    return f"{APPRAISAL}/objections/{ministry.notes['objection']}"


@when(says("{pegawai:Nama} mengunduh dokumen evaluasinya"), target_fixture="printed")
def the_document_is_downloaded(ministry: Ministry, pegawai: str) -> str:
    answer = ministry.who(pegawai).raw("GET", f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/document")
    assert answer.headers["Content-Type"] == "application/pdf", answer.text
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text() for page in pages)


@then("dokumen itu menyebut nama dan NIP Siti, Bambang, dan Ratna")
def people_are_named(printed: str) -> None:
    for one in STAFF:
        is_party = one.first in {"Siti", "Bambang", "Ratna"}
        assert (one.name in printed) == is_party, one.name
        assert (printed_nip(one.nip) in printed) == is_party, one.nip


@then(
    says('siapa pun yang membuka alamat pada dokumen itu membaca bahwa dokumen itu "{keadaan}", tanpa nama atau hasil')
)
def anybody_verifies_it(ministry: Ministry, printed: str, keadaan: str) -> None:
    found = re.search(rf"{APPRAISAL}/documents/[A-Z2-7]{{26}}", printed)
    assert found, printed
    page = ministry.system.edge.raw("GET", found[0], headers={"Accept": "text/html", "Cookie": "suar_session=usang"})
    assert keadaan in page.text
    for word in ("Siti", "Bambang", "Perbaikan", "Baik", "1990"):
        assert word not in page.text


RECOMPUTED = "berkas penjelasan {pegawai:Nama}, dihitung ulang tanpa server, sesuai dengan predikat {predikat:Predikat}"


@given(says(RECOMPUTED))
@then(says(RECOMPUTED))
def the_file_agrees(ministry: Ministry, tmp_path: Path, pegawai: str, predikat: str) -> None:
    file = tmp_path / "penjelasan.json"
    file.write_bytes(exported(ministry, pegawai))
    code, out = recomputed(file)
    assert code == 0, out
    assert "Hasil: SESUAI" in out
    assert f"Predikat yang ditampilkan: tercatat {names_of(predikat)}; seharusnya {names_of(predikat)}" in out


@then(says("berkas penjelasan {pegawai:Nama} yang predikatnya diubah dinyatakan berbeda"))
def a_changed_file_differs(ministry: Ministry, tmp_path: Path, pegawai: str) -> None:
    file = tmp_path / "diubah.json"
    file.write_bytes(exported(ministry, pegawai).replace(b'"predicate":"GOOD"', b'"predicate":"VERY_GOOD"'))
    code, out = recomputed(file)
    assert code == 1, out
    assert f"seharusnya {names_of('GOOD')}" in out


def exported(ministry: Ministry, person: str) -> bytes:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(person)}/explanation/export"
    answer = ministry.who(person).raw("GET", path)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="penjelasan-evaluasi-'), answer.text
    return answer.content


def recomputed(file: Path) -> tuple[int, str]:
    """What the command line says of a file."""
    command = [sys.executable, "-m", "suar_cli", "explain", "verify", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def names_of(predicate: str) -> str:
    return f"{next(words for words, code in PREDICATES.items() if code == predicate)} ({predicate})"


OVERSIGHT = f"{APPRAISAL}/oversight"


@when(says("{pengawas:Nama} menelusuri anomali triwulan {triwulan:d} tahun {tahun:d}"))
def anomalies_are_searched(ministry: Ministry, pengawas: str, triwulan: int, tahun: int) -> None:
    inspector = ministry.who(pengawas)
    run = inspector.post(f"{OVERSIGHT}/runs", {"year": tahun, "quarter": triwulan})

    def finished() -> bool:
        return inspector.get(f"{OVERSIGHT}/runs/{run['id']}")["finished_at"] is not None

    ministry.system.consistency.wait_for("penelusuran selesai", finished)


FOUND = '{pengawas:Nama} membaca bahwa satu penilaian {penilai:Nama} selesai tanpa bukti, dengan kalimat "{kalimat}"'


@then(says(FOUND))
def an_anomaly_is_read(ministry: Ministry, pengawas: str, penilai: str, kalimat: str) -> None:
    (found,) = ministry.who(pengawas).pages(f"{OVERSIGHT}/anomalies", year=2026)
    assert (found["kind"], found["evaluations"]) == ("NO_EVIDENCE", 1)
    assert found["official_id"] == ministry.id_of(penilai)
    assert kalimat in found["sentence"]


@then(says("{petugas:Nama} hanya melihat jumlahnya, dan {penilai:Nama} tidak melihat apa pun"))
def others_see_numbers_or_nothing(ministry: Ministry, petugas: str, penilai: str) -> None:
    counts = f"{OVERSIGHT}/anomaly-counts"
    (shown,) = ministry.who(petugas).get(counts, year=2026)["items"]
    assert (shown["kind"], shown["open"], shown["looked_at"]) == ("NO_EVIDENCE", 1, 0)
    assert ministry.id_of(penilai) not in str(shown)
    assert ministry.who(petugas).raw("GET", f"{OVERSIGHT}/anomalies").status_code == 403
    for path in (counts, f"{OVERSIGHT}/anomalies"):
        assert ministry.who(penilai).raw("GET", path).status_code == 403


DRAWN = '{pengawas:Nama} menarik sampel triwulan {triwulan:d} tahun {tahun:d} dengan surat tugas "{nomor}"'


@when(says(DRAWN))
def a_sample_is_drawn(ministry: Ministry, pengawas: str, triwulan: int, tahun: int, nomor: str) -> None:
    body = {"year": tahun, "quarter": triwulan, "share": "1", "reason": "Uji petik triwulan", "order_reference": nomor}
    sample = ministry.who(pengawas).post(f"{OVERSIGHT}/samples", body)
    assert (sample["population"], sample["drawn"]) == (1, 1)
    ministry.notes["sample"] = sample


@when(says("{pengawas:Nama} membaca penilaian {pegawai:Nama} dalam sampel itu"))
def a_member_is_read(ministry: Ministry, pengawas: str, pegawai: str) -> None:
    path = f"{OVERSIGHT}/samples/{ministry.notes['sample']['id']}/members/{ministry.evaluation_of(pegawai)}"
    ministry.attempt(ministry.who(pengawas), "GET", path)


@then(says('{pegawai:Nama} melihat bahwa penilaiannya dibaca {pengawas:Nama} dengan surat tugas "{nomor}"'))
def the_reading_is_seen(ministry: Ministry, pegawai: str, pengawas: str, nomor: str) -> None:
    (seen,) = ministry.who(pegawai).pages(f"{APPRAISAL}/me/sample-readings")
    assert seen["sample_id"] == ministry.notes["sample"]["id"]
    assert (seen["read_by"], seen["order_reference"]) == (ministry.id_of(pengawas), nomor)


@when(says("{pengawas:Nama} menutup sampel itu dengan kesimpulan"))
def a_sample_is_closed(ministry: Ministry, pengawas: str) -> None:
    sample = ministry.notes["sample"]
    body = {"conclusion": "Penilaian sesuai dengan SKP; bukti perlu dicatat."}
    ministry.who(pengawas).post(f"{OVERSIGHT}/samples/{sample['id']}/close", body, headers=match(sample))


def paths_of(ministry: Ministry, person: str) -> tuple[str, str]:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(person)}"
    return path, f"{path}/explanation"
