"""Uploads as tables, and one row as a person."""

import io
from dataclasses import replace
from datetime import date
from uuid import UUID

import openpyxl
import pytest

from chassis.errors import AppError
from directory.people import EmployeeStatus, EmploymentType, PositionKind
from personnel.domain.dates import parse_date
from personnel.domain.employee_file import COLUMNS, FileContext, read_employee_row
from personnel.domain.employee_groups import EmployeeGroups, ImportedEmployee
from personnel.domain.unit_file import read_unit_row
from personnel.domain.values import parse_grade, parse_job_class
from spreadsheets import Columns, Limits, count_rows, read_table
from tests.personnel.builders import employee_row, unit_row

TWO = Columns(required=("a",), optional=("b",))
HERE = FileContext(date(2026, 1, 2), {"kemcontoh", "kementerian contoh"}, {"01.01"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-03-01", date(2019, 3, 1)),
        ("01-03-2019", date(2019, 3, 1)),
        ("1/3/2019", date(2019, 3, 1)),
        ("1.3.2019", date(2019, 3, 1)),
        ("2019-03-01 00:00:00", date(2019, 3, 1)),
        ("2019-02-30", None),
        ("31-11-2020", None),
        ("00-00-0000", None),
        ("Januari 2020", None),
        ("2018", None),
        ("", None),
    ],
)
def test_dates_as_offices_write_them(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("III/b", EmploymentType.PNS, "III/b"),
        ("iii/B", EmploymentType.PNS, "III/b"),
        ("III b", EmploymentType.CPNS, "III/b"),
        ("32", EmploymentType.PNS, "III/b"),
        ("45", EmploymentType.PNS, "IV/e"),
        ("3b", EmploymentType.PNS, "III/b"),
        ("III/e", EmploymentType.PNS, None),
        ("35", EmploymentType.PNS, None),
        ("IX", EmploymentType.PNS, None),
        ("IX", EmploymentType.PPPK, "IX"),
        ("9", EmploymentType.PPPK_PW, "IX"),
        ("XVIII", EmploymentType.PPPK, None),
        ("III/b", EmploymentType.PPPK, None),
        ("", EmploymentType.PNS, None),
    ],
)
def test_grades_by_employment_type(text, kind, expected):
    assert parse_grade(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("8", 8), ("8.0", 8), ("17", 17), ("0", None), ("18", None), ("x", None)]
)
def test_job_classes(text, expected):
    assert parse_job_class(text, highest=17) == expected


def test_job_classes_go_up_to_the_agency_s_highest():
    assert [parse_job_class(text, highest=27) for text in ("18", "27", "28")] == [18, 27, None]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n1,2\n", [(2, {"a": "1", "b": "2"})]),
        (b"\xef\xbb\xbfA ; B\r\n1;x,y\r\n", [(2, {"a": "1", "b": "x,y"})]),
        (b'a,b\n"1\n2",3\n\n,\n4,5\n', [(2, {"a": "1\n2", "b": "3"}), (5, {"a": "4", "b": "5"})]),
        (b"b,a\n2\n", [(2, {"b": "2"})]),
        (b"\n\na,b\n1,2,3\n", [(4, {"a": "1", "b": "2"})]),
    ],
)
def test_tables_are_read_with_the_row_numbers_of_the_file(content, rows):
    assert list(read_table(content, TWO, Limits()).rows) == rows


def test_columns_that_nobody_knows_are_named_and_left_out():
    table = read_table(b"a,catatan\n1,rahasia\n", TWO, Limits())
    assert (table.ignored, list(table.rows)) == (["catatan"], [(2, {"a": "1"})])


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (b"   ", Limits(), "import_file_empty"),
        (b"a,b\n", Limits(), "import_file_empty"),
        (b"b,c\n1,2\n", Limits(), "import_columns_missing"),
        (b"a,a\n1,2\n", Limits(), "import_columns_missing"),
        (b"a,b\n\xff,1\n", Limits(), "import_wrong_encoding"),
        (b"a,b\n1,2\n3,4\n", Limits(rows=1), "import_too_many_rows"),
        (b"a,b\n1,2\n", Limits(megabytes=0), "import_file_too_large"),
        (b"%PDF-1.7\x00\x01", Limits(), "import_not_spreadsheet"),
        (b"PK\x03\x04rubbish", Limits(), "import_not_spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, limits, code):
    with pytest.raises(AppError) as caught:
        count_rows(content, TWO, limits)
    assert caught.value.code == code


def test_the_row_of_a_wrong_letter_is_named():
    with pytest.raises(AppError) as caught:
        count_rows(b"a,b\n1,2\n3,\xe9\n", TWO, Limits())
    assert "baris 3" in caught.value.detail


def test_a_spreadsheet_gives_dates_as_dates_and_long_numbers_as_what_is_left_of_them():
    book = openpyxl.Workbook()
    for line in (["a", "b"], [date(2019, 3, 1), 199004172019032005], [8, True]):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    rows = list(read_table(out.getvalue(), TWO, Limits()).rows)
    assert rows == [(2, {"a": "2019-03-01", "b": "1.99004172019032E+17"}), (3, {"a": "8", "b": "true"})]


def test_a_row_becomes_a_person():
    row, findings = read_employee_row(employee_row(status="TUGAS BELAJAR", instansi="Kementerian Contoh"), HERE)
    assert findings == []
    assert row is not None
    assert (row.status, row.position_kind, row.job_class) == (EmployeeStatus.STUDY_LEAVE, PositionKind.JF, 8)


def test_every_fault_of_a_row_is_named_at_once():
    row, findings = read_employee_row(
        employee_row(nip="1", golongan="X", kelas_jabatan="", tmt_jabatan="kemarin"), HERE
    )
    assert row is None
    assert [one.code for one in findings] == ["nip_not_18_digits", "grade_unknown", "job_class_unknown", "date_wrong"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"email": "bukan surel"}, "email_wrong"),
        ({"jenis_jabatan": "PELAKSANA"}, "level_not_applicable"),
        ({"tmt_jabatan": "2018-01-01"}, "date_before_service_start"),
        ({"jenis_kepegawaian": "PPPK", "golongan": "IX"}, "nip_kind_differs"),
    ],
)
def test_small_faults_are_listed_and_the_row_comes_in(cells, code):
    row, findings = read_employee_row(employee_row(**cells), HERE)
    assert row is not None
    assert [(one.code, one.refuses) for one in findings] == [(code, False)]
    assert "tetap diimpor" in findings[0].expected


def test_the_columns_of_the_employee_file_are_those_of_the_sample():
    assert set(COLUMNS.all) == set(employee_row())


def test_unit_rows():
    row, findings = read_unit_row(unit_row("01", aktif="Tidak"))
    assert (row and row.active, findings) == (False, [])
    row, findings = read_unit_row(unit_row("", nama="", aktif="mungkin"))
    assert row is None
    assert [one.code for one in findings] == ["unit_code_wrong", "unit_name_wrong", "unit_active_wrong"]


def test_the_digests_of_a_row_are_those_that_are_stored_of_earlier_files():
    row, _ = read_employee_row(employee_row(), HERE)
    assert row is not None
    said = EmployeeGroups.of(row, UUID("01890000-0000-7000-8000-000000000001"))
    stored = ImportedEmployee("4022f0c47179cec1d7", "e95d28312ac1522bf6", "652f404e08559b02b2")
    assert said.remembered() == stored
    assert said.differing(replace(stored, employment="another"), stored) == [said.employment]
