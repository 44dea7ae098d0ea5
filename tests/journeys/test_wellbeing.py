"""Direction 5: people can say how they are without being known, and nothing of it reaches a rating or a payment."""

from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from chassis.waiting import wait_for
from suar_demo.client import Api
from tests.journeys.ministry import WELLBEING, Ministry
from tests.journeys.people import BUREAU, DATA, PERFORMANCE
from tests.journeys.words import Moment, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("kesejahteraan.feature")
UNITS = {
    "Biro Sumber Daya Manusia": BUREAU,
    "Subbagian Kinerja": PERFORMANCE,
    "Subbagian Data Pegawai": DATA,
}
WORDS = "Dibentak berulang kali di depan rekan."


@given(says("{petugas:Nama} membuka survei denyut untuk {unit} pada {saat:Saat}"))
def a_survey(ministry: Ministry, petugas: str, unit: str, saat: Moment) -> None:
    ministry.system.turn(*saat)
    officer = ministry.who(petugas)
    questions = [{"kind": "SCORE", "text": "Beban kerja saya wajar."}]
    body = {"title": "Denyut Agustus", "questions": questions, "unit_ids": [ministry.units[UNITS[unit]]]}
    made = officer.post(f"{WELLBEING}/surveys", body)
    path = f"{WELLBEING}/surveys/{made['survey_id']}"
    ministry.notes |= {"survey": path, "opened": officer.post(f"{path}/open", {"closes_on": "2026-08-21"})}


@when(says("{nama} dari {unit} menjawab survei itu tanpa menyebut diri"))
def they_answer(ministry: Ministry, nama: str, unit: str) -> None:
    for place, one in enumerate(nama.split(", ")):
        assert ministry.people[one]["unit_id"] == ministry.units[UNITS[unit]]
        token = ministry.who(one).post(f"{ministry.notes['survey']}/token", keyed=False)["token"]
        ministry.system.edge.post(f"{WELLBEING}/answers", ballot(ministry, token, 3 + place % 2 * 2), keyed=False)


@when(says("{pegawai:Nama} memakai satu kartu suara dua kali"))
def one_votes_twice(ministry: Ministry, pegawai: str) -> None:
    token = ministry.who(pegawai).post(f"{ministry.notes['survey']}/token", keyed=False)["token"]
    ministry.system.edge.post(f"{WELLBEING}/answers", ballot(ministry, token), keyed=False)
    ministry.attempt(ministry.system.edge, "POST", f"{WELLBEING}/answers", json=ballot(ministry, token))


@when(says("survei itu ditutup dan hasilnya diterbitkan pada {saat:Saat}"))
def it_is_published(ministry: Ministry, saat: Moment) -> None:
    officer, path = ministry.who("Nia"), ministry.notes["survey"]
    officer.post(f"{path}/close")
    ministry.system.turn(*saat)
    officer.post(f"{path}/publish")


@then(says("{pembaca:Nama} melihat hasil biro dari {jumlah:d} jawaban"))
def the_whole_is_seen(ministry: Ministry, pembaca: str, jumlah: int) -> None:
    seen = results(ministry, pembaca)
    assert (seen["group"]["answers"], seen["group"]["questions"][0]["mean"]) == (jumlah, "4.00")


@then(says("hasil {unit} disembunyikan karena kurang dari {paling_sedikit:d} jawaban"))
def it_is_hidden(ministry: Ministry, unit: str, paling_sedikit: int) -> None:
    seen = results(ministry, "Siti")
    assert seen["explanation"]["minimum_scores"] == paling_sedikit
    assert hidden(ministry, seen, unit)


@then(says("hasil {unit} ikut disembunyikan agar yang kecil tidak dapat dihitung dari selisihnya"))
def its_cover_is_hidden(ministry: Ministry, unit: str) -> None:
    assert hidden(ministry, results(ministry, "Siti"), unit)


@then(says("bagi {pimpinan:Nama} sebagai pimpinan pun kedua hasil itu tersembunyi"))
def hidden_from_the_leader_too(ministry: Ministry, pimpinan: str) -> None:
    seen = results(ministry, pimpinan)
    assert all(hidden(ministry, seen, unit) for unit in ("Subbagian Kinerja", "Subbagian Data Pegawai"))


@when(says("{pegawai:Nama} mencatat penerangan {lux:d} lux di mejanya"))
def light_is_measured(ministry: Ministry, pegawai: str, lux: int) -> None:
    body = {
        "unit_id": ministry.people[pegawai]["unit_id"],
        "place": "Meja 4, lantai 3",
        "measure": "LIGHT",
        "value": str(lux),
        "measured_on": "2026-08-10",
    }
    measured = ministry.who(pegawai).post(f"{WELLBEING}/measurements", body)
    ministry.notes["measured"] = measured
    ministry.notes.setdefault("ticket", f"{WELLBEING}/conditions/{measured['ticket_id']}")


@then(
    says("terbuka tiket kondisi kerja karena penerangan paling sedikit {lux:d} lux, dengan dasar hukum dan tenggatnya")
)
def a_ticket_is_open(ministry: Ministry, lux: int) -> None:
    measured = ministry.notes["measured"]
    assert (measured["finding"], float(measured["lowest"])) == ("TOO_LOW", lux)
    assert "48/2016" in measured["source"]
    ticket = ministry.who("Siti").get(ministry.notes["ticket"])
    assert (ticket["state"], ticket["category"]) == ("RECEIVED", "LIGHT")
    # three working days from Monday the 10th, to the end of the day in Jakarta
    assert ticket["due_at"].startswith("2026-08-13T17:00:00")


@when(says("{petugas:Nama} menunjuk {pegawai:Nama} sebagai penanggung jawab, dan {pegawai2:Nama} mengganti lampunya"))
def lamps_are_replaced(ministry: Ministry, petugas: str, pegawai: str, pegawai2: str) -> None:
    assert pegawai == pegawai2
    path, officer, owner = ministry.notes["ticket"], ministry.who(petugas), ministry.who(pegawai)
    officer.put(f"{path}/owner", {"owner_id": ministry.id_of(pegawai)})
    officer.post(f"{path}/moves", {"target": "TRIAGED", "note": "Lampu perlu diganti", "resolve_by": "2026-08-20"})
    owner.post(f"{path}/moves", {"target": "IN_PROGRESS", "note": "Lampu dipesan"})


@then("tiket itu selesai dengan riwayat dan kedua hasil ukur")
def it_is_resolved(ministry: Ministry) -> None:
    done = ministry.who("Joko").post(f"{ministry.notes['ticket']}/moves", {"target": "RESOLVED", "note": "Diganti"})
    assert [float(one["value"]) for one in done["measurements"]] == [210, 340]
    actions = [one["action"] for one in done["history"]]
    assert actions == ["RECEIVED", "ASSIGNED", "TRIAGED", "IN_PROGRESS", "MEASURED", "RESOLVED"]


@when(says("seseorang tanpa masuk akun melaporkan bahwa ia dibentak {terlapor:Nama} berulang kali"))
def an_anonymous_report(ministry: Ministry, terlapor: str) -> None:
    body = {
        "agency_id": ministry.agency,
        "category": "VERBAL",
        "description": WORDS,
        "reported_employee_ids": [ministry.id_of(terlapor)],
    }
    ministry.notes["code"] = ministry.system.edge.post(f"{WELLBEING}/reports/cases", body, keyed=False)["code"]


@then("ia mendapat kode rahasia, dan dengan kode itu mengetahui bahwa laporannya diterima")
def it_is_followed(ministry: Ministry) -> None:
    followed = ministry.system.edge.post(f"{WELLBEING}/reports/follow", {"code": ministry.notes["code"]}, keyed=False)
    assert followed["state"] == "RECEIVED"
    assert WORDS not in str(followed)


@when(says('{petugas:Nama} mengambil laporan itu dan bertanya "{teks}"'))
def it_is_taken(ministry: Ministry, petugas: str, teks: str) -> None:
    officer = ministry.who(petugas)
    [row] = wait_for("the reports of the day before are shown", lambda: officer.get(f"{WELLBEING}/cases")["items"])
    ministry.notes["case"] = f"{WELLBEING}/cases/{row['ticket_id']}"
    officer.post(f"{ministry.notes['case']}/take", keyed=False)
    officer.post(f"{ministry.notes['case']}/messages", {"text": teks}, keyed=False)


@when(says('pelapor menjawab dengan kodenya "{teks}"'))
def the_reporter_answers(ministry: Ministry, teks: str) -> None:
    message = {"code": ministry.notes["code"], "text": teks}
    ministry.system.edge.post(f"{WELLBEING}/reports/messages", message, keyed=False)


@then(says("{petugas:Nama} membaca laporan itu beserta jawabannya, tanpa mengetahui siapa pelapornya"))
def the_handler_reads(ministry: Ministry, petugas: str) -> None:
    case = ministry.who(petugas).get(ministry.notes["case"])
    assert (case["description"], case["anonymous"], case["reporter_id"]) == (WORDS, True, None)
    assert [one["text"] for one in case["messages"]] == ["Apakah ada saksi?", "Ada dua orang."]


@then(says("petugas kepegawaian, {satu:Nama}, {dua:Nama}, dan {tiga:Nama} tidak dapat membacanya"))
def nobody_else_reads(ministry: Ministry, satu: str, dua: str, tiga: str) -> None:
    readers: list[Api] = [ministry.hr, ministry.system.operator, *(ministry.who(one) for one in (satu, dua, tiga))]
    for reader in readers:
        for path in (f"{WELLBEING}/cases", ministry.notes["case"]):
            answer = reader.raw("GET", path)
            assert answer.status_code in {403, 404}, (reader.name, path)
            assert WORDS not in answer.text


@then("kode yang salah tidak membuka apa pun")
def a_wrong_code(ministry: Ministry) -> None:
    code = ministry.notes["code"]
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    answer = ministry.attempt(ministry.system.edge, "POST", f"{WELLBEING}/reports/follow", json={"code": wrong})
    assert (answer.status_code, answer.json()["code"]) == (404, "report_code_unknown")


@when(says("{pegawai:Nama} mendaftar Senam Jumat yang dibuka {petugas:Nama}"))
def a_programme(ministry: Ministry, pegawai: str, petugas: str) -> None:
    officer = ministry.who(petugas)
    made = officer.post(f"{WELLBEING}/programmes", {"name": "Senam Jumat", "kind": "EXERCISE"})
    times = {"starts_at": "2026-08-28T07:00:00+07:00", "ends_at": "2026-08-28T08:00:00+07:00"}
    path = f"{WELLBEING}/programmes/{made['programme_id']}/sessions"
    made = officer.post(path, {**times, "place": "Halaman", "seats": 50})
    ministry.who(pegawai).post(f"{WELLBEING}/sessions/{made['sessions'][0]['session_id']}/enrolments")


@then("yang dikabarkan layanan kesejahteraan hanyalah tiket tempat kerja, tanpa menyebut orang")
def only_places_are_published(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    told = [one for one in ministry.system.history("wellbeing") if one["agency_id"] == ministry.agency]
    assert [one["name"] for one in told] == ["ConditionOpened"]
    assert not {one["subject"] for one in told} & {one["employee_id"] for one in ministry.people.values()}
    ministry.notes["told"] = [one["id"] for one in told]


@then("layanan penilaian dan layanan insentif tidak pernah mendengarnya")
def they_never_consume_it(ministry: Ministry) -> None:
    body = {"ids": ministry.notes["told"]}
    for service in ("appraisal", "incentive"):
        path = f"/api/v1/{service}/events/unprocessed"
        assert ministry.system.operator.post(path, body, keyed=False)["ids"] == body["ids"]


def ballot(ministry: Ministry, token: str, score: int = 4) -> dict[str, Any]:
    questions = ministry.notes["opened"]["questions"]
    return {"token": token, "answers": [{"question_id": one["question_id"], "score": score} for one in questions]}


def results(ministry: Ministry, reader: str) -> dict[str, Any]:
    path = f"{ministry.notes['survey']}/results"
    found: dict[str, Any] = ministry.who(reader).get(path, unit_id=ministry.units[BUREAU])
    return found


def hidden(ministry: Ministry, seen: dict[str, Any], unit: str) -> bool:
    group = next(one for one in seen["below"] if one["unit_id"] == ministry.units[UNITS[unit]])
    cells = {(one["answers"], one["mean"]) for one in group["questions"]}
    return group["answers"] is None and bool(group["reason"]) and cells <= {(None, None)}
