"""One statement, two forms: tagged PDF that assistive technology reads, and a workbook; the same bytes each time."""

import io
import re
from collections import Counter

import openpyxl
import pypdf
import pytest

from documents import pdf
from documents.papers import Seal, Section, Table, in_groups, printed_nip, seal_hash
from documents.pdf import PaperTooLong, PrinterBusy, paper_pages, paper_pdf
from documents.sheets import paper_xlsx
from tests.documents.samples import CODE, SEAL, a_paper


@pytest.fixture(scope="module")
def printed():
    return paper_pdf(a_paper(), SEAL)


@pytest.fixture(scope="module")
def reader(printed):
    return pypdf.PdfReader(io.BytesIO(printed))


def tags_of(reader):
    """Every tag of the structure tree with its alternative text."""
    waiting, found = [reader.trailer["/Root"]["/StructTreeRoot"]], []
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt")))
            waiting.append(node.get("/K", []))
    return found


def test_a_reader_aloud_knows_language_title_and_structure(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"].startswith("id")
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == "Evaluasi Kinerja Pegawai – 1 Januari – 31 Desember 2026"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_titles_of_tables_headings_and_the_qr_are_tagged_as_such(reader):
    tags = tags_of(reader)
    count = Counter(tag for tag, _ in tags)
    assert (count["/Table"], count["/TH"], count["/H1"], count["/Title"], count["/LI"]) == (2, 8, 2, 1, 2)
    assert [alt for tag, alt in tags if tag == "/Figure"] == [
        f"Kode QR ke alamat verifikasi dokumen ini: {SEAL.address}"
    ]


def test_a_paper_says_who_when_and_how_to_verify_it(reader):
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    for words in ("Siti Rahmania, S.A.P.", "19900417 201903 2 005", "belum tercatat", "1.000 data", "Halaman 1 dari 1"):
        assert words in text
    assert in_groups(SEAL.hash, 8) in text
    assert f"Kode dokumen: {CODE}" in text


def test_the_same_paper_gives_the_same_bytes_and_another_one_another_hash(printed):
    assert paper_pdf(a_paper(), SEAL) == printed
    assert paper_xlsx(a_paper(), SEAL) == paper_xlsx(a_paper(), SEAL)
    assert seal_hash(a_paper()) == seal_hash(a_paper())
    assert seal_hash(a_paper(status="Diterbitkan")) != seal_hash(a_paper())


def test_words_of_people_are_printed_and_never_run():
    hostile = '#panic(1) $x$ *tebal* `kode` <label> @rujukan \\ {"a"} #import "x" =SUM(1) ' + "x" * 300
    paper = a_paper(sections=(Section("Catatan", hostile, points=(hostile,)),))
    pages = pypdf.PdfReader(io.BytesIO(paper_pdf(paper, SEAL))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert text.count("#panic(1) $x$ *tebal* `kode` <label> @rujukan") == 2
    cells = [
        cell for sheet in openpyxl.load_workbook(io.BytesIO(paper_xlsx(paper, SEAL))) for row in sheet for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_word_without_an_end_breaks_inside_its_cell():
    table = a_paper().sections[0].tables[0]
    rows = (("1", "x" * 300, "y" * 300, "https://drive.contoh.go.id/" + "z" * 300),)
    paper = a_paper(sections=(Section("Hasil kerja", tables=(Table("", table.columns, rows),)),))
    right = []
    for page in pypdf.PdfReader(io.BytesIO(paper_pdf(paper, SEAL))).pages:
        page.extract_text(visitor_text=lambda text, _cm, at, *_: right.append(at[4]) if "z" in text else None)
    millimetre = 72 / 25.4
    assert len(right) > 20
    assert max(right) < (210 - 20) * millimetre


def test_many_rows_go_over_pages_with_their_titles():
    section = a_paper().sections[0]
    table = section.tables[0]
    rows = tuple((str(number), f"Hasil kerja {number}", "usul", "12 usul") for number in range(120))
    long = a_paper(sections=(Section("Hasil kerja", tables=(Table("Utama", table.columns, rows),)),))
    pages = pypdf.PdfReader(io.BytesIO(paper_pdf(long, SEAL))).pages
    assert len(pages) > 2
    assert all("Rencana hasil kerja" in page.extract_text() for page in list(pages)[:-1])
    assert f"Halaman 2 dari {len(pages)}" in pages[1].extract_text()


def test_a_paper_beyond_all_measure_is_refused_with_its_length():
    with pytest.raises(PaperTooLong) as refused:
        paper_pdf(a_paper(status="x" * 500_000), SEAL)
    assert "400000" in refused.value.detail


def test_whoever_waits_too_long_for_the_printer_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE_SECONDS", 0.01)
    printer = pdf._Printer()
    printer._process = pdf.os.getpid()
    with printer._turn, pytest.raises(PrinterBusy):
        printer.compile(pdf._TEMPLATE, {})


def test_a_fork_does_not_wait_for_the_lock_of_its_parent(monkeypatch):
    printer = pdf._Printer()
    printer._process = -1
    printer._turn.acquire()
    monkeypatch.setattr(printer, "_made", lambda: pytest.fail("reached"))
    with pytest.raises(pytest.fail.Exception, match="reached"):
        printer.compile(pdf._TEMPLATE, {})


def test_pages_can_be_looked_at():
    (page,) = paper_pages(a_paper(), SEAL, ppi=30)
    assert page.startswith(b"\x89PNG")


def test_the_workbook_has_the_head_and_each_table():
    book = openpyxl.load_workbook(io.BytesIO(paper_xlsx(a_paper(), SEAL)))
    assert book.sheetnames == ["Dokumen", "Utama"]
    assert [cell.value for cell in book["Utama"][1]] == ["No.", "Rencana hasil kerja", "Indikator", "Target"]
    assert [cell.value for cell in book["Utama"][3]][:2] == ["1", "Layanan kenaikan pangkat selesai tepat waktu"]
    head = [[cell.value for cell in row if cell.value] for row in book["Dokumen"]]
    assert ["NIP", "19900417 201903 2 005", "19750812 199903 1 002", "belum tercatat"] in head
    assert ["Kode dokumen", CODE] in head


def test_a_number_is_printed_as_people_group_it():
    assert printed_nip("199004172019032005") == "19900417 201903 2 005"
    assert printed_nip("belum tercatat") == "belum tercatat"


def test_a_long_address_stays_in_its_place():
    seal = Seal(SEAL.hash, CODE, "https://kinerja." + "panjang." * 20 + "go.id/api/v1/appraisal/documents/" + CODE)
    assert paper_pdf(a_paper(), seal)


def test_what_no_font_has_is_printed_as_a_sign_and_all_else_as_it_was_written():
    """A point of a word processor, an emoji, a sign of Chinese and a control character, beside letters that are there."""
    words = "\uf0b7 Layanan \U0001f600 \u4e2d \x01 ≥ 90% → café"
    text = pypdf.PdfReader(io.BytesIO(paper_pdf(a_paper(sections=(Section(words, text=words),)), SEAL))).pages[0]
    assert "• Layanan \ufffd \ufffd \ufffd ≥ 90% → café" in re.sub(r"\s+", " ", text.extract_text())
