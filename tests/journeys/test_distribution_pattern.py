"""A bureau's pattern holds in every subdivision, and appraisers calibrate their proposals before they finish them."""

import io
import re
import zipfile

import pypdf
import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.forms import IDEA, approve_rule, rating, rule_of
from tests.journeys.ministry import APPRAISAL, Ministry, match
from tests.journeys.people import STAFF
from tests.journeys.words import Moment, iso, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("pola_distribusi.feature")
BEST = {"work_result": "ABOVE", "behaviour": "ABOVE"}
ADOPTED = {**BEST, "work_result_note": IDEA}


@given("kebijakan instansi menolak penilaian yang melanggar pola distribusi")
def a_policy_that_blocks(ministry: Ministry) -> None:
    rules = ministry.hr.get(f"{APPRAISAL}/rules")["items"]
    (value,) = [one["value"] for one in rules if one["kind"] == "DISTRIBUTION"]
    body = rule_of("DISTRIBUTION", {**value, "policy": "BLOCK"}, "2026-01-02")
    proposal = ministry.who("Wati").post(f"{APPRAISAL}/rules/proposals", body)
    assert approve_rule(ministry.who("Yusuf"), proposal).status_code == 200


@given(says("predikat organisasi {unit:Unit} triwulan {triwulan:d} tahun {tahun:d} adalah {predikat:Predikat}"))
def an_org_predicate(ministry: Ministry, unit: str, triwulan: int, tahun: int, predikat: str) -> None:
    body = {"unit_id": ministry.units[unit], "year": tahun, "quarter": triwulan, "predicate": predikat}
    ministry.who("Wati").put(f"{APPRAISAL}/org-predicates", {**body, "reason": "Atas nama pimpinan"})


@then(says("distribusi {unit:Unit} memuat {jumlah:d} {predikat:Predikat} dari {semua:d} pegawai yang wajib dinilai"))
def the_distribution(ministry: Ministry, unit: str, jumlah: int, predikat: str, semua: int) -> None:
    shown = ministry.hr.get(f"{APPRAISAL}/units/{ministry.units[unit]}/distribution", year=2026, quarter=1)
    assert (shown["counts"][predikat], shown["headcount"]) == (jumlah, semua)


@when(
    says(
        "{penilai:Nama} mencoba menilai triwulan {triwulan:d} {pegawai:Nama} dengan hasil kerja dan perilaku di atas ekspektasi"
    )
)
def the_best_is_attempted(ministry: Ministry, penilai: str, triwulan: int, pegawai: str) -> None:
    body = {**rating(ministry.id_of(pegawai), "ABOVE", "ABOVE"), "year": 2026, "quarter": triwulan}
    ministry.attempt(ministry.who(penilai), "POST", f"{APPRAISAL}/evaluations/periodic", json=body)


@given(
    says("pada {saat:Saat} {penilai:Nama} mengusulkan penilaian triwulan {triwulan:d} {pegawai:Nama} sesuai ekspektasi")
)
def a_proposal(ministry: Ministry, saat: Moment, penilai: str, triwulan: int, pegawai: str) -> None:
    ministry.system.turn(*saat)
    body = {**rating(ministry.id_of(pegawai), "MEETS", "MEETS"), "year": 2026, "quarter": triwulan, "finish": False}
    made = ministry.who(penilai).post(f"{APPRAISAL}/evaluations/periodic", body)
    ministry.notes[f"evaluation {pegawai}"] = made["id"]


@when(says("{pimpinan:Nama} membuka kalibrasi {unit:Unit} triwulan {triwulan:d} tahun {tahun:d} sampai {akhir:Saat}"))
def a_calibration(ministry: Ministry, pimpinan: str, unit: str, triwulan: int, tahun: int, akhir: Moment) -> None:
    body = {"year": tahun, "quarter": triwulan, "due_on": iso(akhir), "reason": "Menyelaraskan ukuran"}
    path = f"{APPRAISAL}/units/{ministry.units[unit]}/calibrations"
    ministry.notes["calibration"] = ministry.who(pimpinan).post(path, body)


@when(says('{pimpinan:Nama} menyarankan di atas ekspektasi bagi {pegawai:Nama} dengan alasan "{alasan}"'))
def a_suggestion(ministry: Ministry, pimpinan: str, pegawai: str, alasan: str) -> None:
    body = {**BEST, "evaluation_id": ministry.evaluation_of(pegawai), "reason": alasan}
    ministry.notes["calibration"] = ministry.who(pimpinan).post(f"{_session(ministry)}/suggestions", body)


@then(says("usulan penilaian {pegawai:Nama} masih {predikat:Predikat}"))
def the_proposal_stays(ministry: Ministry, pegawai: str, predikat: str) -> None:
    shown = ministry.hr.get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}")
    assert (shown["state"], shown["predicate"]) == ("PROPOSED", predikat)


@when(says("{pimpinan:Nama} mencoba menerapkan saran itu sendiri"))
def the_leader_tries(ministry: Ministry, pimpinan: str) -> None:
    ministry.attempt(ministry.who(pimpinan), "POST", f"{_suggestion(ministry)}/adopt", json=ADOPTED)


@when(says("{penilai:Nama} menerapkan saran itu dan menetapkan penilaian {pegawai:Nama}"))
def it_is_taken_up(ministry: Ministry, penilai: str, pegawai: str) -> None:
    ministry.who(penilai).post(f"{_suggestion(ministry)}/adopt", ADOPTED)
    ministry.who(penilai).post(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/finish")


@then(says('penjelasan penilaian {pegawai:Nama} memuat alasan "{alasan}"'))
def the_reason_is_read(ministry: Ministry, pegawai: str, alasan: str) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/explanation"
    shown = ministry.who(pegawai).get(path)
    assert (shown["predicate"], shown["history"][-1]["reason"]) == ("VERY_GOOD", alasan)


@when(says('{pimpinan:Nama} menutup kalibrasi itu dengan notulen "{notulen}"'))
def it_is_closed(ministry: Ministry, pimpinan: str, notulen: str) -> None:
    seen = match(ministry.notes["calibration"])
    answer = ministry.who(pimpinan).raw("POST", f"{_session(ministry)}/close", json={"minutes": notulen}, headers=seen)
    assert answer.status_code == 200, answer.text


@then("kalibrasi itu tertutup, dan tidak ada lagi yang dapat disarankan")
def nothing_more(ministry: Ministry) -> None:
    shown = ministry.hr.get(_session(ministry))
    assert (shown["state"], shown["moves"]) == ("CLOSED", [])


@given("kebijakan instansi meninjau penilaian tertinggi dan terendah sebelum dibaca pegawai")
def a_policy_of_reviews(ministry: Ministry) -> None:
    rules = ministry.hr.get(f"{APPRAISAL}/rules")["items"]
    (value,) = [one["value"] for one in rules if one["kind"] == "EXTREME_REVIEW"]
    body = rule_of("EXTREME_REVIEW", {**value, "evaluation_kinds": ["PERIODIC", "ANNUAL"]}, "2026-01-02")
    proposal = ministry.who("Wati").post(f"{APPRAISAL}/rules/proposals", body)
    assert approve_rule(ministry.who("Yusuf"), proposal).status_code == 200


@then(says("penilaian itu menunggu peninjauan {atasan:Nama}, dan {pegawai:Nama} belum membaca apa pun"))
def it_is_under_review(ministry: Ministry, atasan: str, pegawai: str) -> None:
    waiting = ministry.who(atasan).get(f"{APPRAISAL}/appraiser/queue")["reviews_to_make"]
    assert [one["evaluation_id"] for one in waiting] == [ministry.evaluation_of(pegawai)]
    assert ministry.who(pegawai).get(f"{APPRAISAL}/me/evaluations")["items"] == []
    assert ministry.who(pegawai).raw("GET", _evaluation(ministry, pegawai)).status_code == 403
    assert ministry.published("appraisal", "AppraisalCompleted") == []


@when(says('{atasan:Nama} mengembalikan penilaian {pegawai:Nama} dengan alasan "{alasan}"'))
def it_is_returned(ministry: Ministry, atasan: str, pegawai: str, alasan: str) -> None:
    _end_review(ministry, atasan, pegawai, "return", alasan)


@when(says('{penilai:Nama} tetap pada penilaian {pegawai:Nama} dengan alasan tambahan "{alasan}"'))
def it_is_kept(ministry: Ministry, penilai: str, pegawai: str, alasan: str) -> None:
    answer = ministry.who(penilai).post(f"{_evaluation(ministry, pegawai)}/finish", {"reason": alasan})
    assert answer["state"] == "IN_REVIEW"


@when(says('{atasan:Nama} mengonfirmasi penilaian {pegawai:Nama} dengan catatan "{catatan}"'))
def it_is_confirmed(ministry: Ministry, atasan: str, pegawai: str, catatan: str) -> None:
    _end_review(ministry, atasan, pegawai, "confirm", catatan)


@then(
    says(
        "{pegawai:Nama} membaca penilaiannya {predikat:Predikat} beserta alasan pengembalian, alasan tambahan, "
        "dan konfirmasinya"
    )
)
def the_review_is_read(ministry: Ministry, pegawai: str, predikat: str) -> None:
    shown = ministry.who(pegawai).get(f"{_evaluation(ministry, pegawai)}/explanation")
    assert (shown["predicate"], shown["state"]) == (predikat, "FINAL")
    assert [(one["outcome"], one["further_reason"], one["reason"]) for one in shown["reviews"]] == [
        ("RETURNED", "", "Bukti dukung belum terlihat"),
        ("CONFIRMED", "Survei pelanggan terlampir", "Bukti sudah cukup"),
    ]


def _evaluation(ministry: Ministry, pegawai: str) -> str:
    return f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}"


def _end_review(ministry: Ministry, atasan: str, pegawai: str, move: str, reason: str) -> None:
    path = _evaluation(ministry, pegawai)
    seen = match(ministry.who(atasan).get(path))
    answer = ministry.who(atasan).raw("POST", f"{path}/review/{move}", json={"reason": reason}, headers=seen)
    assert answer.status_code == 200, answer.text


@when(says("{nama:Nama} mengunduh dokumen kalibrasi itu"), target_fixture="printed")
def the_minutes_are_downloaded(ministry: Ministry, nama: str) -> str:
    answer = ministry.who(nama).raw("GET", f"{_session(ministry)}/document")
    assert answer.status_code == 200, answer.text
    return _text(answer.content)


@then(says('dokumen itu adalah "{judul}" yang menyebut Siti, Bambang, "{notulen}" dan sebaran predikat'))
def the_minutes(ministry: Ministry, printed: str, judul: str, notulen: str) -> None:
    assert judul in printed
    for words in (_name_of("Siti"), _name_of("Bambang"), notulen, "Sangat Baik 0 1"):
        assert words in printed, (words, printed)


@then(says('dokumen itu adalah "{judul}" tanpa sebaran predikat'))
def the_extract(printed: str, judul: str) -> None:
    assert judul in printed
    assert "Sangat Baik 0 1" not in printed


@then(says('siapa pun yang membuka alamat pada berita acara itu membaca bahwa dokumen itu "{status}", tanpa nama'))
def the_minutes_are_verified(ministry: Ministry, printed: str, status: str) -> None:
    found = re.search(rf"{APPRAISAL}/documents/[A-Z2-7]{{26}}", printed)
    assert found is not None
    page = ministry.system.edge.raw("GET", found[0], headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text
    assert status in page.text
    assert "Siti" not in page.text


@when(says("{nama:Nama} meminta dokumen semua evaluasi triwulan {triwulan:d} tahun {tahun:d}"))
def all_documents_are_asked_for(ministry: Ministry, nama: str, triwulan: int, tahun: int) -> None:
    body = {"year": tahun, "quarter": triwulan}
    ministry.notes["batch"] = ministry.who(nama).post(f"{APPRAISAL}/documents/batches", body)["job_id"]


@then(says("{nama:Nama} mengunduh satu arsip dengan dokumen evaluasi {pegawai:Nama}"))
def the_archive_is_downloaded(ministry: Ministry, nama: str, pegawai: str) -> None:
    path = f"{APPRAISAL}/documents/batches/{ministry.notes['batch']}"

    def done() -> bool:
        return bool(ministry.who(nama).get(path)["state"] == "DONE")

    ministry.system.consistency.wait_for("dokumen selesai dibuat", done)
    answer = ministry.who(nama).raw("GET", f"{path}/parts/1")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        assert _name_of(pegawai) in _text(archive.read(name))


def _name_of(first: str) -> str:
    return next(one.name for one in STAFF if one.first == first)


def _text(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def _session(ministry: Ministry) -> str:
    return f"{APPRAISAL}/calibrations/{ministry.notes['calibration']['id']}"


def _suggestion(ministry: Ministry) -> str:
    return f"{_session(ministry)}/suggestions/{ministry.notes['calibration']['suggestions'][-1]['id']}"
