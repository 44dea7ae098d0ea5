"""The minutes of a calibration as a paper: whole for those who see the counts, an extract for who took part."""

import io

import openpyxl
import pytest

from appraisal.domain.paper_people import PaperName
from chassis.ids import new_id
from tests.appraisal.builders import a_rating
from tests.appraisal.component.papers import code_of, document, text_of, verify
from tests.appraisal.component.test_calibrations import BEST, WHY, opened, path_of, suggest

MINUTES = "Satu saran diterapkan.\nSatu saran ditolak."
ABOUT_HEAD = "Capaian unitnya melampaui target"


@pytest.fixture
def proposed(bureau, names):
    """Siti and five colleagues have proposals by the head, and the head one by the chief, who leads above."""
    people = [bureau.siti, *bureau.hire(5)]
    names.known[bureau.chief.employee_id] = PaperName(
        "Ratna Dewi", "Kepala Biro", "Biro SDM", "197001011995032001", "Z"
    )
    for number, one in enumerate(people[1:], 1):
        names.known[one.employee_id] = PaperName(
            f"Rekan {number}", "Analis", "Bagian", f"19900101201501100{number}", "A"
        )
    for one in people:
        bureau.active_plan(one)
    bureau.active_plan(bureau.head, bureau.chief)
    bureau.turn(2026, 4, 6, 3)
    made = [bureau.rate(1, who=one, finish=False) for one in people]
    own = {**a_rating(employee_id=str(bureau.head.employee_id)), "year": 2026, "quarter": 1, "finish": False}
    return [*made, bureau.post(bureau.chief, "/evaluations/periodic", own, 201)]


@pytest.fixture
def session(bureau, proposed):
    """A session of which one suggestion was taken up, one refused, one left, and one is about the head."""
    session = suggest(bureau, opened(bureau), proposed[0])
    bureau.post(bureau.head, f"{path_of(session)}/adopt", BEST, 200)
    session = suggest(bureau, session, proposed[1], reason="Setara dengan Siti")
    bureau.post(bureau.head, f"{path_of(session)}/refuse", {"reason": "Bukti tidak cukup"}, 200)
    suggest(bureau, session, proposed[2], reason="Inovasi layanan")
    return suggest(bureau, session, proposed[-1], reason=ABOUT_HEAD)


def close(bureau, session):
    seen = {"If-Match": f'"{session["version"]}"'}
    return bureau.post(bureau.chief, f"{path(session)}/close", {"minutes": MINUTES}, 200, headers=seen)


def path(session):
    return f"/calibrations/{session['id']}"


def test_the_minutes_state_who_took_part_the_distribution_and_each_change_with_its_reason(bureau, session):
    close(bureau, session)
    text = text_of(document(bureau, bureau.hr, path(session)))
    for words in (
        "BERITA ACARA KALIBRASI PENILAIAN KINERJA", "Triwulan I 2026", "Unit, dengan semua unit di bawahnya",
        "oleh pimpinan unit di atasnya", "Menyelaraskan ukuran antar tim",
        "Bambang Prasetyo NIP 19750812 199903 1 002", "Ratna Dewi NIP 19700101 199503 2 001",
        "Pejabat penilai kinerja; pimpinan unit di atasnya, yang membuka dan menutup",
        "Sangat Baik 0 1", "Baik 7 6", "Jumlah 7 7",
        "4 saran: 1 diterapkan, 1 ditolak, 2 tidak dijawab.",
        "Siti Rahmania NIP 19900417 201903 2 005", WHY, "predikat menjadi Sangat Baik",
        "Diterapkan oleh Bambang Prasetyo pada 6 April 2026 pukul 10.00 WIB",
        "Rekan 1", "Alasan: Bukti tidak cukup", "Tidak dijawab sampai kalibrasi ditutup", ABOUT_HEAD,
        "Satu saran diterapkan.", "Satu saran ditolak.", "Ditutup secara elektronik pada 6 April 2026",
    ):  # fmt: skip
        assert words in text, words


def test_who_took_part_gets_an_extract_without_counts_and_without_what_is_about_those_who_took_part(bureau, session):
    close(bureau, session)
    text = text_of(document(bureau, bureau.head, path(session)))
    for words in (
        "PETIKAN BERITA ACARA",
        "3 saran",
        WHY,
        "Petikan untuk peserta",
        "Tidak dicantumkan dalam petikan ini",
    ):
        assert words in text, words
    for hidden in (ABOUT_HEAD, "Jumlah 7", "Baik 7", "Satu saran diterapkan."):
        assert hidden not in text, hidden
    answer = document(bureau, bureau.head, path(session), query_string={"format": "xlsx"})
    cells = {
        str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(answer.data)) for row in sheet for cell in row
    }
    assert any(WHY in cell for cell in cells)
    assert not any(ABOUT_HEAD in cell for cell in cells)
    assert "Jumlah" not in cells


def test_hr_inspectors_and_the_leader_get_the_same_whole_minutes(bureau, session):
    close(bureau, session)
    codes = {code_of(document(bureau, who, path(session))) for who in (bureau.hr, bureau.inspector, bureau.chief)}
    assert len(codes) == 1
    assert code_of(document(bureau, bureau.head, path(session))) not in codes
    for who in (bureau.siti, bureau.outsider):
        assert document(bureau, who, path(session), 403).json["code"] == "forbidden"


def test_nobody_reads_on_paper_what_was_suggested_about_themselves(bureau, session):
    close(bureau, session)
    officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    assert document(bureau, officer, path(session), 403).json["code"] == "own_affair"
    colleague = bureau.person("hr_officer", employee_id=bureau.team[4].employee_id)
    assert document(bureau, colleague, path(session), 403).json["code"] == "own_affair"
    for one in (bureau.siti, bureau.team[4]):
        evaluation = bureau.get(bureau.hr, f"/evaluations?employee_id={one.employee_id}")["items"][0]
        bureau.post(bureau.head, f"/evaluations/{evaluation['id']}/finish", status=200)
    assert document(bureau, officer, path(session), 403).json["code"] == "own_affair"
    assert "Jumlah 7 7" in text_of(document(bureau, colleague, path(session)))


def test_the_leader_gets_an_extract_where_the_counts_would_give_another_unit_away(bureau, names, session):
    small = new_id()
    bureau.add_unit(small, bureau.bureau_unit, None)
    few = bureau.hire(2, small)
    bureau.turn(2026, 3, 1, 3)
    for one in few:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    for one in few:
        bureau.rate(1, who=one, finish=False)
    close(bureau, session)
    assert "PETIKAN" in text_of(document(bureau, bureau.chief, path(session)))
    assert "Jumlah 7 7" in text_of(document(bureau, bureau.hr, path(session)))


def test_there_are_no_minutes_before_the_session_is_closed_nor_of_one_that_nobody_closed(bureau, names, session):
    assert document(bureau, bureau.hr, path(session), 409).json["code"] == "document_not_yet"
    bureau.turn(2026, 4, 21, 3)
    refused = document(bureau, bureau.hr, path(session), 409).json
    assert "ditutup dengan notulen" in refused["detail"]
    assert names.asked == 0


def test_anybody_verifies_minutes_and_learns_neither_names_nor_results(bureau, session):
    close(bureau, session)
    for who, kind, words in (
        (bureau.hr, "CALIBRATION_MINUTES", "Berita acara kalibrasi penilaian kinerja"),
        (bureau.head, "CALIBRATION_EXTRACT", "Petikan berita acara kalibrasi penilaian kinerja"),
    ):
        code = code_of(document(bureau, who, path(session)))
        found = verify(bureau, code)
        assert (found.json["kind"], found.json["kind_words"], found.json["standing"]) == (kind, words, "VALID")
        assert found.json["period"] == "Triwulan I 2026"
        page = verify(bureau, code, headers={"Accept": "text/html"}).text
        assert words in page
        for secret in ("Siti", "Bambang", "Ratna", "Baik", "Subbagian"):
            assert secret not in page
