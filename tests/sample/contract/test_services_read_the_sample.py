"""The sample and its readers agree: the importers' own rules accept the good rows and remark on the bad ones."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from incentive.use_cases.imports.start import KINDS
from personnel.domain.employee_file import COLUMNS, FileContext, read_employee_row
from personnel.domain.unit_file import read_unit_row
from suar_sample.generate import SampleRequest, write_sample

TODAY = date(2026, 1, 2)
REFUSED = {"bad_nip", "wrong_date", "row_of_other_agency"}
FILES = {
    "attendance": "kehadiran",
    "class_amounts": "kelas_jabatan",
    "credit_openings": "angka_kredit",
    "predicate_history": "riwayat_predikat",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    manifest = write_sample(SampleRequest(employees=1500, seed=11, folder=folder, formats=("csv",)))
    return folder, manifest


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_unit_is_read(sample):
    for row in table(sample[0], "unit"):
        unit, findings = read_unit_row(row)
        assert unit is not None
        assert findings == []


def test_personnel_takes_the_good_rows_without_a_remark_and_refuses_what_the_manifest_calls_bad(sample):
    folder, manifest = sample
    kinds = {fault["line"]: fault for fault in manifest["faults"]}
    units = {row["kode"] for row in table(folder, "unit")}
    context = FileContext(today=TODAY, agency_names={"kemcontoh"}, unit_codes=units)
    for line, row in enumerate(table(folder, "pegawai"), 2):
        read, findings = read_employee_row(row, context)
        kind = kinds.get(line, {}).get("kind")
        assert (read is None) == (kind in REFUSED), (row, findings)
        if kind in REFUSED:
            assert kinds[line]["column"] in {finding.column for finding in findings}
        else:
            assert findings == []


def test_the_columns_are_those_that_personnel_asks_for(sample):
    assert set(table(sample[0], "pegawai")[0]) == {*COLUMNS.required, *COLUMNS.optional}


@pytest.mark.parametrize("kind", FILES)
def test_incentive_finds_its_columns_and_no_row_twice(sample, kind):
    spec, rows = KINDS[kind], table(sample[0], FILES[kind])
    assert set(spec.columns.required) <= set(rows[0]) <= {*spec.columns.required, *spec.columns.optional}
    keys = [tuple(row.get(column, "") for column in spec.key) for row in rows]
    assert len(set(keys)) == len(keys)


def test_no_base_of_credit_exceeds_its_balance(sample):
    for row in table(sample[0], "angka_kredit"):
        assert Decimal(row["dasar"]) <= Decimal(row["saldo"])
