"""Documents that an agency files: who gets which, what they state, and what anybody learns by their code."""

import csv
import io
import re

import pytest

from appraisal.domain.paper_people import PaperName
from tests.appraisal.builders import API, a_rating
from tests.appraisal.component.papers import SITI_NIP, code_of, document, text_of, verify


@pytest.fixture
def issued(bureau, names):
    """Siti's annual evaluation of 2026, issued and not yet received."""
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 2)
    return bureau.issue("BELOW", "MEETS")


def test_the_plan_is_filed_with_names_targets_and_annex(bureau, names):
    plan = bureau.active_plan()
    text = text_of(document(bureau, bureau.siti, f"/plans/{plan['id']}"))
    for words in (
        "KEMENTERIAN CONTOH", "SASARAN KINERJA PEGAWAI", "1 Januari – 31 Desember 2026", "Siti Rahmania",
        "19900417 201903 2 005", "Penata Muda Tk. I (III/b)", "Analis SDM Ahli Pertama", "Bambang Prasetyo",
        "120 usul", "paling lambat 5 hari", "Kuantitas", "Tambahan", "akses SIASN", "laporan bulanan",
        "Menjawab pertanyaan dalam satu hari kerja", "Halaman 1 dari", "Disetujui secara elektronik",
    ):  # fmt: skip
        assert words in text, words
    assert "belum tercatat" in text, "the reviewer, whom personnel does not know"


def test_there_is_no_paper_of_a_draft_or_a_proposal(bureau, names):
    draft = bureau.draft()
    assert document(bureau, bureau.siti, f"/plans/{draft['id']}", 409).json["code"] == "document_not_yet"
    assert names.asked == 0


def test_the_annual_evaluation_states_ratings_periods_rule_and_rights(bureau, issued):
    text = text_of(document(bureau, bureau.siti, f"/evaluations/{issued['id']}"))
    for words in (
        "EVALUASI KINERJA TAHUNAN PEGAWAI", "Di bawah ekspektasi", "Sesuai ekspektasi", "Butuh Perbaikan",
        "Waktu layanan 9 hari, target 5 hari", "Triwulan IV 2026", "Keberatan dapat diajukan dalam 14 hari",
        "PermenPANRB 6/2022", "Diterbitkan, belum final",
    ):  # fmt: skip
        assert words in text, words


def test_the_same_paper_is_made_once_and_comes_again_byte_by_byte(bureau, issued, names):
    path = f"/evaluations/{issued['id']}"
    first = document(bureau, bureau.siti, path).data
    names.known[bureau.siti.employee_id] = PaperName("Nama Baru", "Jabatan Baru", "Unit", SITI_NIP, "JF-SDM")
    assert document(bureau, bureau.head, path).data == first
    assert names.asked == 1


def test_a_document_is_a_workbook_when_asked_for(bureau, issued):
    import openpyxl

    answer = document(bureau, bureau.siti, f"/evaluations/{issued['id']}", query_string={"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"Siti Rahmania", "19900417 201903 2 005", "Butuh Perbaikan"} <= set(cells)
    fault = document(bureau, bureau.siti, f"/evaluations/{issued['id']}", 422, query_string={"format": "docx"}).json
    assert fault["errors"][0]["field"] == "format"


def test_whoever_may_not_read_the_object_gets_no_paper(bureau, issued, names):
    plan_id = issued["plan_id"]
    assert document(bureau, bureau.outsider, f"/evaluations/{issued['id']}", 403).json["code"] == "forbidden"
    assert document(bureau, bureau.outsider, f"/plans/{plan_id}", 403).json["code"] == "forbidden"
    assert document(bureau, None, f"/plans/{plan_id}", 401)
    assert names.asked == 0


def test_without_personnel_no_paper_is_made_half(bureau, issued, names):
    names.away = True
    path = f"/evaluations/{issued['id']}"
    assert document(bureau, bureau.siti, path, 503).json["code"] == "appraisal_names_unavailable"
    names.away = False
    assert "Siti Rahmania" in text_of(document(bureau, bureau.siti, path))


def test_anybody_verifies_a_paper_and_learns_nothing_of_the_person(bureau, issued):
    paper = document(bureau, bureau.siti, f"/evaluations/{issued['id']}")
    code = code_of(paper)
    printed = re.search(r"Sidik isi \(SHA-256\): ((?:[0-9a-f]{8} ?){8})", text_of(paper))[1].strip()
    found = verify(bureau, code.lower()).json
    assert found.pop("sentence").startswith("Dokumen ini sah")
    assert found == {
        "kind": "ANNUAL_EVALUATION",
        "kind_words": "Evaluasi kinerja tahunan pegawai",
        "agency": "Kementerian Contoh",
        "period": "Tahun 2026 (1 Januari – 31 Desember 2026)",
        "day": "2027-01-12",
        "standing": "VALID",
        "hash_matches": None,
    }
    assert verify(bureau, code, f"?hash={printed}").json["hash_matches"] is True
    assert verify(bureau, code, f"?hash={'0' * 64}").json["hash_matches"] is False


def test_a_browser_gets_a_page_in_indonesian(bureau, issued):
    code = code_of(document(bureau, bureau.siti, f"/evaluations/{issued['id']}"))
    page = verify(bureau, code, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.content_type.startswith("text/html")
    assert "Dokumen ini sah dan masih berlaku" in page.text
    for secret in ("Siti", SITI_NIP, "Perbaikan", "Bambang"):
        assert secret not in page.text
    unknown = verify(bureau, "A" * 26, status=404, headers={"Accept": "text/html"})
    assert "Tidak ada dokumen dengan kode ini" in unknown.text


@pytest.mark.parametrize("code", ["A" * 26, "x", "%27%20OR%201=1", "..%2Fplans", "A" * 3000, "%C3%A9"])
def test_codes_that_no_paper_bears_are_answered_alike(bureau, code):
    answer = verify(bureau, code, status=None)
    assert answer.status_code == 404
    assert answer.json["code"] in {"document_unknown", "route_not_found"}


def test_a_hash_that_is_none_is_refused_by_name(bureau, issued):
    code = code_of(document(bureau, bureau.siti, f"/evaluations/{issued['id']}"))
    fault = verify(bureau, code, "?hash=zz", 422).json["errors"][0]
    assert (fault["field"], fault["value"]) == ("hash", "zz")


def test_a_later_revision_replaces_the_paper_at_once_and_the_old_one_stays_as_it_was(bureau, issued):
    path = f"/evaluations/{issued['id']}"
    first = code_of(document(bureau, bureau.siti, path))
    bureau.post(bureau.siti, f"{path}/receive", status=200)
    assert verify(bureau, first).json["standing"] == "VALID"
    objection = bureau.post(bureau.siti, f"{path}/objection", {"reasons": "Target tercapai sejak September"}, 201)
    assert verify(bureau, first).json["standing"] == "VALID"
    bureau.answer(objection["id"])
    decision = {"outcome": "CHANGED", "reasons": "Bukti diterima", **a_rating()}
    bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", decision, 200)
    assert verify(bureau, first).json["standing"] == "REPLACED"
    second = document(bureau, bureau.siti, path)
    assert "Final, diputus atas keberatan" in text_of(second)
    assert "Riwayat penilaian" in text_of(second)
    assert verify(bureau, code_of(second)).json["standing"] == "VALID"
    bureau.correct(issued["id"], "ABOVE", "ABOVE")
    assert verify(bureau, code_of(second)).json["standing"] == "REPLACED"


def test_a_final_paper_holds_until_what_is_issued_anew_is_final(bureau, issued):
    path = f"/evaluations/{issued['id']}"
    for step in ("receive", "accept"):
        bureau.post(bureau.siti, f"{path}/{step}", status=200)
    former = code_of(document(bureau, bureau.siti, path))
    bureau.correct(issued["id"], "BELOW", "BELOW")
    anew = code_of(document(bureau, bureau.siti, path))
    assert {verify(bureau, one).json["standing"] for one in (former, anew)} == {"VALID"}
    for step in ("receive", "accept"):
        bureau.post(bureau.siti, f"{path}/{step}", status=200)
    assert {verify(bureau, one).json["standing"] for one in (former, anew)} == {"REPLACED"}


def test_the_decision_on_an_objection_is_a_paper_of_its_own(bureau, issued):
    path = f"/evaluations/{issued['id']}"
    bureau.post(bureau.siti, f"{path}/receive", status=200)
    objection = bureau.post(bureau.siti, f"{path}/objection", {"reasons": "Target tercapai sejak September"}, 201)
    about = f"/objections/{objection['id']}"
    assert document(bureau, bureau.siti, about, 409).json["code"] == "document_not_yet"
    bureau.answer(objection["id"])
    decision = {"outcome": "CHANGED", "reasons": "Bukti diterima", **a_rating()}
    bureau.post(bureau.chief, f"{about}/decision", decision, 200)
    text = text_of(document(bureau, bureau.siti, about))
    for words in ("Semula", "Butuh Perbaikan", "Menurut putusan", "Baik", "Bukti diterima", "bersifat final"):
        assert words in text, words
    assert document(bureau, bureau.outsider, about, 403)


def test_each_paper_that_is_read_leaves_an_audit_row(bureau, issued, service):
    from sqlalchemy import text

    document(bureau, bureau.head, f"/evaluations/{issued['id']}")
    with service.work.database.engine.connect() as connection:
        query = text("SELECT actor FROM audit WHERE agency_id = :agency AND action = 'document_read'")
        assert connection.execute(query, {"agency": bureau.agency}).scalars().all() == [str(bureau.head.account_id)]


def test_the_export_has_the_national_codes_and_names_people_when_asked(bureau, issued, names):
    def exported(query):
        answer = bureau.call(bureau.hr, "GET", f"/exports/evaluations.csv?year=2026{query}", 200)
        return [row for row in csv.DictReader(io.StringIO(answer.text)) if row["kind"] == "ANNUAL"]

    (row,) = exported("")
    assert (row["hasilKinerjaNilai"], row["perilakuKerjaNilai"], row["kuadranKinerjaNilai"]) == ("3", "2", "3")
    assert "nip" not in row
    assert names.asked == 0
    (row,) = exported("&names=true")
    assert (row["nip"], row["name"]) == (SITI_NIP, "Siti Rahmania")
    names.away = True
    path = "/exports/evaluations.csv?year=2026&names=true"
    assert bureau.call(bureau.hr, "GET", path, 503).json["code"] == "appraisal_names_unavailable"


def test_addresses_on_papers_lead_to_the_verification(bureau, issued):
    text = text_of(document(bureau, bureau.siti, f"/evaluations/{issued['id']}"))
    assert f"http://localhost:8080{API}/documents/" in text


@pytest.fixture
def described(bureau, names):
    """Siti's first quarter, below expectation, with realisation and remarks on a result and on a value."""
    plan = bureau.active_plan()
    result = plan["work_results"][0]["id"]
    bureau.turn(2026, 3, 30, 3)
    entry = {"date": "2026-03-30", "work_result_id": result, "text": "x", "quantity": "1200", "unit": "usul"}
    bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", entry, 201)
    bureau.turn(2026, 4, 6, 3)
    items = [
        {"work_result_id": result, "realisation": "1.200 usul selesai", "remark": "Percepat tahap verifikasi"},
        {"behaviour_value": "KO", "remark": "Membantu rekan belajar"},
    ]
    return bureau.rate(1, "BELOW", items=items)


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_the_paper_has_realisation_and_remarks_of_results_and_values(bureau, described, form):
    path = f"/evaluations/{described['id']}"
    answer = document(bureau, bureau.siti, path, query_string={"format": form})
    if form == "xlsx":
        import openpyxl

        sheets = openpyxl.load_workbook(io.BytesIO(answer.data))
        cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
        text = " ".join(cells)
    else:
        text = text_of(answer)
    for words in (
        "Catatan penilai", "1.200 usul selesai (catatan harian: 1, jumlah 1.200, 0 tautan bukti)", "120 usul",
        "Percepat tahap verifikasi", "Membantu rekan belajar", "belum ada catatan harian",
    ):  # fmt: skip
        assert words in text, words
    assert "diberikan pada penilaian ke-" not in text


def test_after_a_correction_the_paper_says_of_which_rating_the_remarks_are(bureau, described):
    path = f"/evaluations/{described['id']}"
    bureau.correct(described["id"])
    text = text_of(document(bureau, bureau.siti, path))
    assert "Realisasi dan catatan penilai di bawah ini diberikan pada penilaian ke-1." in text
    assert "Percepat tahap verifikasi" in text


def test_a_paper_of_a_rating_without_items_has_no_column_for_remarks(bureau, issued):
    assert "Catatan penilai" not in text_of(document(bureau, bureau.siti, f"/evaluations/{issued['id']}"))


def test_the_paper_has_what_the_person_stated_and_answered_before_the_rating(bureau, names):
    plan = bureau.active_plan()
    first, second = (one["id"] for one in plan["work_results"][:2])
    bureau.turn(2026, 3, 30, 3)
    stated = [{"work_result_id": one, "realisation": f"{one[-4:]} menurut saya"} for one in (first, second)]
    bureau.put(bureau.siti, f"/plans/{plan['id']}/realisations", {"quarter": 1, "items": stated})
    given = [
        bureau.post(bureau.head, f"/plans/{plan['id']}/feedback", {"text": "Percepat verifikasi", **target}, 201)
        for target in ({"work_result_id": first}, {"behaviour_value": "KO"})
    ]
    bureau.post(bureau.siti, f"/feedback/{given[0]['id']}/answer", {"answer": "Sudah sejak Maret"}, 200)
    bureau.turn(2026, 4, 6, 3)
    rated = bureau.rate(1, "MEETS", items=[{"work_result_id": first, "realisation": "31 usul selesai"}])
    bureau.post(bureau.siti, f"/feedback/{given[1]['id']}/answer", {"answer": "Sesudah dinilai"}, 200)
    text = text_of(document(bureau, bureau.siti, f"/evaluations/{rated['id']}"))
    assert f"Menurut pegawai: {first[-4:]} menurut saya; menurut penilai: 31 usul selesai (belum ada catatan" in text
    assert f"Menurut pegawai: {second[-4:]} menurut saya (belum ada catatan" in text
    assert "Percepat verifikasi (tanggapan pegawai: Sudah sejak Maret)" in text
    assert "Sesudah dinilai" not in text
