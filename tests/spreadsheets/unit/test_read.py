"""No upload makes memory grow with what it claims to be: each is read in a process that may not have more."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from chassis.errors import AppError
from spreadsheets import Columns, Limits, count_rows, read_table
from spreadsheets.xlsx import _Styles

COLUMNS = Columns(("nip",), ("jumlah",))
MOST_MEGABYTES = 160
READER = """
import json, resource, sys
from chassis.errors import AppError
from spreadsheets import Columns, Limits, count_rows, read_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
try:
    told = {"rows": count_rows(content, Columns(("nip",), ("jumlah",)), Limits(**json.loads(sys.argv[1])))}
except AppError as error:
    told = {"code": error.code, "detail": error.detail}
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(json.dumps({**told, "grown": grown}))
"""
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>nip</t></is></c></row>'


def read(content, **limits):
    """What the reader says of a file, and by how many megabytes it grew, in a process of 700 MB at the most."""
    done = subprocess.run(
        [sys.executable, "-c", READER, json.dumps(limits)], input=content, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told = json.loads(done.stdout)
    assert told["grown"] < MOST_MEGABYTES, told
    return told


def a_book(rows, *, texts="", before="", more=()):
    """An XLSX by hand, with `rows` (text, or an iterable of text) as the inside of its only sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r1" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        book.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="x"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{TYPES}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{TYPES}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        if texts:
            book.writestr("xl/sharedStrings.xml", texts)
        for name in more:
            book.writestr(name, "")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"{before}<worksheet><sheetData>{HEADER}".encode())
            for part in [rows] if isinstance(rows, str) else rows:
                sheet.write(part.encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def test_a_cell_in_the_last_corner_is_refused_for_its_column():
    told = read(a_book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert told["code"] == "import_too_many_columns"
    assert "Baris 1048576 terisi sampai kolom ke-16384; paling banyak 200" in told["detail"]


def test_a_cell_in_the_last_row_costs_no_more_than_any_other():
    assert read(a_book('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))["rows"] == 1


def test_cells_without_an_address_are_counted_too():
    told = read(a_book('<row r="2">' + "<c><v>1</v></c>" * 16_000 + "</row>"))
    assert (told["code"], "kolom ke-201" in told["detail"]) == ("import_too_many_columns", True)


def test_styled_cells_without_content_do_not_count():
    styled = '<c r="XFC2" s="1"/>'
    assert read(a_book(f'<row r="2"><c r="A2"><v>7</v></c>{styled}</row>'))["rows"] == 1


@pytest.fixture(scope="module")
def bomb():
    return a_book("<row/>" * 170_000 for _ in range(1030))


def test_a_zip_bomb_of_a_gigabyte_is_refused_before_it_is_unpacked(bomb):
    told = read(bomb)
    assert len(bomb) < 10 << 20
    assert told["code"] == "import_unpacks_too_large"
    assert "1002 MB; paling besar 250 MB" in told["detail"]


def test_a_zip_bomb_that_declares_itself_small_is_not_unpacked_beyond_that(bomb):
    with zipfile.ZipFile(io.BytesIO(bomb)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = bomb.replace(size.to_bytes(4, "little"), (1 << 20).to_bytes(4, "little"))
    assert read(lying)["code"] == "import_not_spreadsheet"


@pytest.mark.parametrize("place", ["sheet", "texts"])
def test_entities_that_grow_are_refused(place):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "boom">{levels}]>'
    cell = '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    book = (
        a_book(cell, texts=f"{doctype}<sst><si><t>&e11;</t></si></sst>")
        if place == "texts"
        else a_book('<row r="2"><c r="A2" t="str"><v>&e11;</v></c></row>', before=doctype)
    )
    assert read(book)["code"] == "import_not_spreadsheet"


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-421]dd mmmm yyyy", True),
        ("[h]:mm", True),
        ('0 "hari"', False),
        ('0 "hari', False),
        ("0 [Red", False),
        ("[" * 1_000_000 + "yyyy", False),
        ('"' * 1_000_001 + "yyyy", False),
        ("0" * 255 + "yyyy", False),
    ],
    ids=range(9),
)
def test_a_number_format_is_judged_by_what_a_spreadsheet_program_could_have_written(code, is_date):
    styles = _Styles()
    styles.start("numFmts", {})
    styles.start("numFmt", {"numFmtId": "170", "formatCode": code})
    assert styles.is_date(170) == is_date


def test_many_empty_rows_are_nothing():
    rows = ('<row r="2"><c r="A2"><v>1</v></c></row>', *("<row/>" * 10_000 for _ in range(100)))
    assert read(a_book(rows))["rows"] == 1


def test_a_million_rows_are_counted_and_refused():
    told = read(a_book("<row><c><v>1</v></c></row>" * 10_000 for _ in range(100)))
    assert told["code"] == "import_too_many_rows"
    assert "berisi 1000000 baris; paling banyak 200000" in told["detail"]


def test_as_many_rows_as_the_limit_allows_are_read():
    assert read(a_book("<row><c><v>1</v></c></row>" * 10_000 for _ in range(20)))["rows"] == 200_000


def test_one_long_text_shared_by_many_cells_is_refused():
    cells = '<row><c t="s"><v>0</v></c></row>' * 1_000
    told = read(a_book(cells, texts=f"<sst><si><t>{'x' * (1 << 20)}</t></si></sst>"))
    assert (told["code"], "lebih dari 250 MB" in told["detail"]) == ("import_unpacks_too_large", True)


def test_an_archive_of_very_many_parts_is_refused():
    assert read(a_book("", more=[f"x{n}" for n in range(6_000)]))["code"] == "import_not_spreadsheet"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="ABCD2"><v>1</v></c></row>',
        '<row r="9999999999"><c><v>1</v></c></row>',
        '<row r="3"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>',
        '<row r="2"><c t="s"><v>7</v></c></row>',
        '<row r="2"><c><v>1e999</v></c></row>',
        '<row r="x"/>',
        "<row>",
    ],
)
def test_a_damaged_sheet_is_no_spreadsheet(rows):
    with pytest.raises(AppError) as caught:
        count_rows(a_book(rows), COLUMNS, Limits())
    assert caught.value.code == "import_not_spreadsheet"


def test_a_row_of_a_csv_with_too_many_columns_is_named():
    with pytest.raises(AppError) as caught:
        count_rows(b"nip,jumlah\n1" + b",2" * 300, COLUMNS, Limits())
    assert caught.value.detail.startswith("Baris 2 terisi sampai kolom ke-301; paling banyak 200")


VALUES = [date(2019, 3, 1), datetime(2019, 3, 1, 8, 30), time(7, 45), 2.5, 3, "teks", True, 0, None]
TEXTS = ["2019-03-01", "2019-03-01", "07:45:00", "2.5", "3", "teks", "true", "0", ""]


@pytest.mark.parametrize("shared", [True, False])
def test_what_others_write_is_read_as_a_person_sees_it(shared):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": not shared}) as book:
        sheet = book.add_worksheet()
        shown = {date: "dd/mm/yyyy", datetime: "d mmm yy hh:mm", time: "hh:mm"}
        formats = {kind: book.add_format({"num_format": text}) for kind, text in shown.items()}
        sheet.write_row(0, 0, ["Nip", "Jumlah"])
        for number, value in enumerate(VALUES, start=1):
            sheet.write(number, 0, "x")
            sheet.write(number, 1, value, formats.get(type(value)))
    rows = list(read_table(out.getvalue(), COLUMNS, Limits()).rows)
    assert [cells.get("jumlah", "") for _, cells in rows] == TEXTS


def test_what_openpyxl_writes_is_read_the_same():
    book = openpyxl.Workbook()
    book.active.append(["nip", "jumlah"])
    for value in VALUES:
        book.active.append(["x", value])
    book.create_sheet("lain").append(["bukan ini"])
    out = io.BytesIO()
    book.save(out)
    rows = list(read_table(out.getvalue(), COLUMNS, Limits()).rows)
    assert [cells.get("jumlah", "") for _, cells in rows] == TEXTS
