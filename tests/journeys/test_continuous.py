"""Direction 4: evaluation through the whole year, with problems found early and answered at once."""

from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from appraisal.domain.canonical import digest_of
from tests.journeys.forms import rating
from tests.journeys.ministry import APPRAISAL, PERSONNEL, Ministry, match
from tests.journeys.words import Moment, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("evaluasi_berkelanjutan.feature")
EVIDENCE = "https://arsip.example/layanan/2026-03-02"


@when(says("{pegawai:Nama} mencatat progres {jumlah:d} berkas dengan tautan bukti"))
def progress(ministry: Ministry, pegawai: str, jumlah: int) -> None:
    plan = ministry.notes[f"plan {pegawai}"]
    entry = {
        "date": "2026-03-02",
        "work_result_id": plan["work_results"][0]["id"],
        "text": "Berkas layanan kepegawaian diselesaikan",
        "evidence_link": EVIDENCE,
        "quantity": str(jumlah),
        "unit": "berkas",
    }
    ministry.who(pegawai).post(f"{APPRAISAL}/plans/{plan['id']}/progress", entry)


@when(says('{penilai:Nama} memberi umpan balik "{teks}"'))
def feedback(ministry: Ministry, penilai: str, teks: str) -> None:
    plan = ministry.notes["plan Siti"]
    body = {"work_result_id": plan["work_results"][0]["id"], "text": teks}
    given_ = ministry.who(penilai).post(f"{APPRAISAL}/plans/{plan['id']}/feedback", body)
    ministry.notes["feedback"] = given_


@when(says('{pegawai:Nama} menjawab umpan balik itu dengan "{teks}"'))
def an_answer(ministry: Ministry, pegawai: str, teks: str) -> None:
    path = f"{APPRAISAL}/feedback/{ministry.notes['feedback']['id']}/answer"
    ministry.notes["feedback"] = ministry.who(pegawai).post(path, {"answer": teks})


@when(says('{pegawai:Nama} menyatakan realisasi triwulan {triwulan:d} "{teks}"'))
def a_realisation_is_stated(ministry: Ministry, pegawai: str, triwulan: int, teks: str) -> None:
    plan = ministry.notes[f"plan {pegawai}"]
    items = [{"work_result_id": plan["work_results"][0]["id"], "realisation": teks}]
    ministry.who(pegawai).put(f"{APPRAISAL}/plans/{plan['id']}/realisations", {"quarter": triwulan, "items": items})
    ministry.notes[f"stated by {pegawai}"] = teks


@when(says("pada {saat:Saat} {penilai:Nama} membuka bahan penilaian triwulan {triwulan:d} {pegawai:Nama}"))
def evidence_is_read(ministry: Ministry, saat: Moment, penilai: str, triwulan: int, pegawai: str) -> None:
    ministry.system.turn(*saat)
    wanted = {"employee_id": ministry.id_of(pegawai), "year": saat[0], "quarter": triwulan}
    ministry.notes["evidence"] = ministry.who(penilai).get(f"{APPRAISAL}/evaluations/evidence", **wanted)


@then(
    says(
        "bahan itu memuat target {target:d} berkas di samping {jumlah:d} berkas yang tercatat, pernyataan {pegawai:Nama}, "
        "dan umpan baliknya"
    )
)
def it_is_side_by_side(ministry: Ministry, target: int, jumlah: int, pegawai: str) -> None:
    result = ministry.notes["evidence"]["results"][0]
    assert result["indicators"][1]["target_number"] == str(target)
    assert result["realised"]["quantities"] == [{"unit": "berkas", "quantity": str(jumlah)}]
    assert result["realised"]["evidence_links"] == [EVIDENCE]
    assert result["stated"] == ministry.notes[f"stated by {pegawai}"]
    assert [one["id"] for one in result["feedback"]] == [ministry.notes["feedback"]["id"]]


@when(
    says(
        "{penilai:Nama} menilai triwulan {triwulan:d} {pegawai:Nama} sesuai ekspektasi, "
        'dengan realisasi "{realisasi}" dan catatan "{catatan}"'
    )
)
def it_is_rated_with_items(
    ministry: Ministry, penilai: str, triwulan: int, pegawai: str, realisasi: str, catatan: str
) -> None:
    result_id = ministry.notes["evidence"]["results"][0]["id"]
    items = [{"work_result_id": result_id, "realisation": realisasi, "remark": catatan}]
    period = {"year": ministry.notes["evidence"]["year"], "quarter": triwulan}
    body = {**rating(ministry.id_of(pegawai), "MEETS", "MEETS"), **period, "items": items}
    rated = ministry.who(penilai).post(f"{APPRAISAL}/evaluations/periodic", body)
    ministry.notes[f"evaluation {pegawai}"] = rated["id"]


@then(says('{pegawai:Nama} membaca realisasi "{realisasi}" dan catatan "{catatan}" pada hasil kerjanya'))
def the_items_are_read(ministry: Ministry, pegawai: str, realisasi: str, catatan: str) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/explanation"
    items = ministry.who(pegawai).get(path)["items"]
    assert (items[0]["realisation"], items[0]["remark"]) == (realisasi, catatan)
    assert items[0]["feedback_ids"] == [ministry.notes["feedback"]["id"]]
    assert (len(items), len(items[0]["progress_ids"])) == (9, 1)


@then(
    says("penjelasan penilaian itu memuat {jumlah:d} berkas dengan buktinya, umpan balik, dan jawaban {pegawai:Nama}")
)
def it_is_considered(ministry: Ministry, jumlah: int, pegawai: str) -> None:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/explanation"
    inputs = ministry.who(pegawai).get(path)["inputs"]
    realised = [(float(one["quantity"]), one["evidence_links"]) for one in inputs["realisation"] if one["entries"]]
    assert realised == [(jumlah, 1)]
    used = ministry.notes["feedback"]
    assert [(one["text"], one["answer"]) for one in inputs["feedback"]] == [(used["text"], used["answer"])]


@then(
    says("penjelasan penilaian itu tetap memuat {jumlah:d} berkas, dan umpan balik tanpa jawaban {pegawai:Nama}"),
    target_fixture="basis",
)
def it_stays_as_it_was(ministry: Ministry, jumlah: int, pegawai: str) -> dict[str, Any]:
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/explanation"
    shown = ministry.who(pegawai).get(path)
    realised = [float(one["quantity"]) for one in shown["inputs"]["realisation"] if one["entries"]]
    assert realised == [jumlah]
    assert [one["answer"] for one in shown["inputs"]["feedback"]] == [None]
    assert shown["frozen"] is True
    [basis] = shown["bases"]
    return basis


@then("siapa pun yang menghitung sidik isi bahan penilaian itu mendapat sidik yang sama")
def anybody_gets_the_same_hash(basis: dict[str, Any]) -> None:
    assert (digest_of(basis["content"]), basis["intact"]) == (basis["sha256"], True)


@then(says("terbuka satu bimbingan antara {penilai:Nama} dan {pegawai:Nama}"))
def coaching_is_open(ministry: Ministry, penilai: str, pegawai: str) -> None:
    for person in (penilai, pegawai):
        [case] = ministry.who(person).get(f"{APPRAISAL}/follow-ups")["items"]
        assert (case["kind"], case["state"]) == ("COACHING", "OPEN")
        assert (case["employee_id"], case["assigned_to"]) == (ministry.id_of(pegawai), ministry.id_of(penilai))
    ministry.notes["case"] = f"{APPRAISAL}/follow-ups/{case['id']}"


@when(says('{penilai:Nama} mencatat dalam bimbingan itu "{teks}"'))
def a_note(ministry: Ministry, penilai: str, teks: str) -> None:
    ministry.notes["words"] = teks
    ministry.who(penilai).post(f"{ministry.notes['case']}/notes", {"text": teks})


@then(says("{pegawai:Nama} membaca catatan itu"))
def it_is_read(ministry: Ministry, pegawai: str) -> None:
    notes = ministry.who(pegawai).get(ministry.notes["case"])["notes"]
    assert [one["text"] for one in notes] == [ministry.notes["words"]]


@then("petugas kepegawaian hanya tahu bahwa bimbingan itu ada")
def its_words_are_hidden(ministry: Ministry) -> None:
    seen = ministry.hr.raw("GET", ministry.notes["case"])
    assert seen.json()["words_hidden"] is True
    assert ministry.notes["words"] not in seen.text


@then(says("{satu:Nama} dan {dua:Nama} tidak dapat melihat bimbingan itu"))
def nobody_else_sees_it(ministry: Ministry, satu: str, dua: str) -> None:
    for person in (satu, dua):
        assert ministry.who(person).raw("GET", ministry.notes["case"]).status_code in {403, 404}


@when(says("{penilai:Nama} menutup bimbingan itu karena kinerja membaik"))
def it_is_closed(ministry: Ministry, penilai: str) -> None:
    ministry.who(penilai).post(f"{ministry.notes['case']}/close", {"outcome": "IMPROVED"})


@then("bimbingan itu tertutup dengan hasil membaik")
def it_shows_closed(ministry: Ministry) -> None:
    case = ministry.who("Siti").get(ministry.notes["case"])
    assert (case["state"], case["outcome"]) == ("CLOSED", "IMPROVED")


@given(says("petugas kepegawaian melihat peringatan tunggal atas {pegawai:Nama}"))
def a_single_warning(ministry: Ministry, pegawai: str) -> None:
    [warning] = warnings(ministry)
    assert (warning["employee_id"], warning["level"]) == (ministry.id_of(pegawai), "SINGLE")


@then(
    says("petugas kepegawaian melihat peringatan berulang atas {pegawai:Nama}, dengan bimbingan yang sedang berjalan")
)
def a_repeated_warning(ministry: Ministry, pegawai: str) -> None:
    [warning] = warnings(ministry)
    assert (warning["employee_id"], warning["level"]) == (ministry.id_of(pegawai), "REPEATED")
    assert warning["predicates"] == ["NEEDS_IMPROVEMENT", "NEEDS_IMPROVEMENT"]
    assert "COACHING" in {one["kind"] for one in warning["open_follow_ups"]}


@then(says("{pimpinan:Nama} sebagai pimpinan unit melihat peringatan itu tanpa predikatnya"))
def the_leader_is_warned(ministry: Ministry, pimpinan: str) -> None:
    [warning] = ministry.who(pimpinan).get(f"{APPRAISAL}/early-warnings")["items"]
    assert (warning["level"], warning["predicates"], warning["evaluation_id"]) == ("REPEATED", None, None)


@then(says("{satu:Nama} dan {dua:Nama} tidak melihat daftar peringatan siapa pun"))
def nobody_else_is_notified(ministry: Ministry, satu: str, dua: str) -> None:
    for person in (satu, dua):
        assert ministry.who(person).get(f"{APPRAISAL}/early-warnings")["items"] == []


@when(says("petugas kepegawaian membetulkan atasan {pegawai:Nama} menjadi {atasan:Nama}"))
def the_superior_is_corrected(ministry: Ministry, pegawai: str, atasan: str) -> None:
    ministry.notes["told before"] = assignment_events_of(ministry, pegawai)
    path = f"{PERSONNEL}/employees/{ministry.id_of(pegawai)}"
    body = {"superior_id": ministry.id_of(atasan), "effective_from": "2026-01-02", "reason": "Atasan salah pada berkas"}
    ministry.hr.put(f"{path}/superior", body, headers=match(ministry.hr.raw("GET", path)))
    ministry.system.consistency.wait_until_consistent()


@then(says("atasan {pegawai:Nama} adalah {atasan:Nama}, dan atasan pejabat penilainya {reviewer:Nama}"))
def the_line_is_right(ministry: Ministry, pegawai: str, atasan: str, reviewer: str) -> None:
    shown = ministry.who(pegawai).get(f"{PERSONNEL}/employees/{ministry.id_of(pegawai)}")
    assert (shown["appraiser_id"], shown["reviewer_id"]) == (ministry.id_of(atasan), ministry.id_of(reviewer))


@then(says("perubahan atasan {pegawai:Nama} dikabarkan kepada layanan lain tepat satu kali"))
def it_is_published_once(ministry: Ministry, pegawai: str) -> None:
    assert assignment_events_of(ministry, pegawai) == ministry.notes["told before"] + 1


def warnings(ministry: Ministry) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ministry.hr.get(f"{APPRAISAL}/early-warnings")["items"]
    return found


def assignment_events_of(ministry: Ministry, person: str) -> int:
    rows = ministry.published("personnel", "AssignmentChanged")
    return sum(row["subject"] == ministry.id_of(person) for row in rows)
