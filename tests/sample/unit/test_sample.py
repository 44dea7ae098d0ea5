"""The sample ministry: its rules hold for every size and seed, and the same seed gives the same bytes."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suar_sample.generate import SampleRequest, write_sample
from suar_sample.grades import ENTRY, GRADES, PPPK_ENTRY
from suar_sample.nip import NipRegistry, is_valid
from suar_sample.tree import LARGEST_LEAF, SMALLEST, SPAN, capacity, plan_ministry, split

SITI = "199004172019032005"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make(folder: Path, employees: int = 500, seed: int = 1, **options):
    options.setdefault("formats", ("csv",))
    return write_sample(SampleRequest(employees=employees, seed=seed, folder=folder, **options))


@pytest.fixture(scope="module")
def ministry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return folder, make(folder, 1200, 42)


def good_rows(folder: Path, manifest: dict) -> list[dict[str, str]]:
    bad_lines = {fault["line"] for fault in manifest["faults"]}
    return [row for line, row in enumerate(rows(folder, "pegawai"), 2) if line not in bad_lines]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(employees=st.integers(50, 3000), seed=st.integers(0, 10**9))
def test_every_leader_has_five_to_twelve_below_and_the_sizes_add_up(employees, seed):
    top = plan_ministry(employees, Random(seed))
    units = [unit for root in top for unit in root.walk()]
    assert sum(root.size for root in top) == employees
    assert all(SPAN[0] <= unit.staff + len(unit.children) <= SPAN[1] for unit in units)
    assert len({unit.code for unit in units}) == len(units)
    assert all(child.parent == unit.code for unit in units for child in unit.children)


@given(people=st.integers(SMALLEST, 5000), level=st.integers(1, 3), seed=st.integers(0, 1000))
@settings(max_examples=60)
def test_any_number_of_people_fits_a_unit_that_is_large_enough(people, level, seed):
    people = min(people, capacity(level))
    staff, below = split(people, level, Random(seed))
    assert 1 + staff + sum(below) == people
    assert all(SMALLEST <= size <= capacity(level + 1) for size in below)
    assert (people <= LARGEST_LEAF) == (not below)


@pytest.mark.parametrize(("employees", "seed"), [(50, 3), (137, 9), (777, 5)])
def test_the_people_of_any_ministry_are_consistent(tmp_path, employees, seed):
    manifest = make(tmp_path, employees, seed)
    check_people(tmp_path, manifest)


def test_the_people_of_the_shared_ministry_are_consistent(ministry):
    check_people(*ministry)


def check_people(folder, manifest):
    people = good_rows(folder, manifest)
    by_nip = {row["nip"]: row for row in people}
    spans = Counter(row["nip_atasan"] for row in people if row["nip_atasan"])
    posts = defaultdict(set)
    assert len(by_nip) == len(people) == manifest["employees"]["good"]
    for row in people:
        assert is_valid(row["nip"]), row
        assert (row["nip"][12:14] == "21") == row["jenis_kepegawaian"].startswith("PPPK")
        posts[row["kode_jabatan"]].add(
            (row["nama_jabatan"], row["jenis_jabatan"], row["jenjang"], row["kelas_jabatan"])
        )
        start, grade, post = (date.fromisoformat(row[c]) for c in ("tmt_cpns", "tmt_golongan", "tmt_jabatan"))
        assert start <= grade < date(2026, 1, 1), row
        assert start <= post < date(2026, 1, 1), row
        born = date(int(row["nip"][:4]), int(row["nip"][4:6]), int(row["nip"][6:8]))
        assert 18 <= (start - born).days / 365.25 <= 40, row
        assert (date(2026, 1, 1) - born).days / 365.25 < 60, row
        known = PPPK_ENTRY.values() if row["jenis_kepegawaian"].startswith("PPPK") else GRADES
        assert row["golongan"] in known
        assert bool(row["jenjang"]) == (row["jenis_jabatan"] == "JF")
        superior = by_nip.get(row["nip_atasan"])
        if superior is None:
            assert row["jenis_jabatan"] == "JPT_MADYA", row
            continue
        assert int(superior["kelas_jabatan"]) >= int(row["kelas_jabatan"]), row
    assert all(len(details) == 1 for details in posts.values())
    assert all(count <= SPAN[1] for count in spans.values())
    assert ENTRY.keys() == PPPK_ENTRY.keys()


def test_units_form_one_tree_whose_leaders_are_employees(ministry):
    folder, manifest = ministry
    units = {row["kode"]: row for row in rows(folder, "unit")}
    people = {row["nip"]: row for row in good_rows(folder, manifest)}
    for code, unit in units.items():
        assert (unit["kode_induk"] in units) == (code != "00")
        if unit["aktif"] == "ya" and code != "00":
            assert people[unit["nip_pimpinan"]]["kode_unit"] == code
    assert all(row["kode_unit"] in units for row in people.values())


def test_shares_follow_the_national_figures(tmp_path):
    manifest = make(tmp_path, 6000, 8, defect_share=0)
    employees = manifest["employees"]
    share = {key: value / 6000 for key, value in employees["good_by_position_kind"].items()}
    contract = sum(v for k, v in employees["good_by_employment"].items() if k.startswith("PPPK")) / 6000
    assert share["JF"] == pytest.approx(0.636, abs=0.05)
    assert share["PELAKSANA"] == pytest.approx(0.307, abs=0.04)
    assert contract == pytest.approx(0.356, abs=0.03)
    assert employees["bad"] == 0


def test_siti_is_exactly_as_in_the_worked_example(ministry):
    folder, manifest = ministry
    people = {row["nip"]: row for row in good_rows(folder, manifest)}
    siti = people[SITI]
    assert siti["nama"] == "Siti Rahmania"
    assert siti["nama_jabatan"] == "Analis SDM Ahli Pertama"
    assert (siti["golongan"], siti["kelas_jabatan"], siti["tmt_cpns"]) == ("III/b", "8", "2019-03-01")
    appraiser = people[siti["nip_atasan"]]
    reviewer = people[appraiser["nip_atasan"]]
    assert appraiser["jenis_jabatan"] == "PENGAWAS"
    assert reviewer["nama_jabatan"] == "Kepala Biro Sumber Daya Manusia"
    team = [row for row in people.values() if row["kode_unit"] == siti["kode_unit"]]
    assert len(team) == 10
    assert sorted(row["nip"] for row in team) == manifest["siti"]["unit_members"]
    assert (appraiser["nip"], reviewer["nip"]) == (manifest["siti"]["appraiser"], manifest["siti"]["reviewer"])
    attendance = [row for row in rows(folder, "kehadiran") if row["nip"] == SITI]
    assert [(r["bulan"], r["kode"], r["jumlah"]) for r in attendance] == [
        ("2026-07", "TL1", "2"),
        ("2026-07", "PSW2", "1"),
    ]
    credit = [list(row.values()) for row in rows(folder, "angka_kredit") if row["nip"] == SITI]
    assert credit == [[SITI, "AHLI_PERTAMA", "90.000", "50.000", "2025-12-31"]]
    history = [(r["tahun"], r["predikat"]) for r in rows(folder, "riwayat_predikat") if r["nip"] == SITI]
    assert history == [("2024", "GOOD"), ("2025", "GOOD")]
    assert not {f["nip"] for f in manifest["faults"]} & set(manifest["siti"]["unit_members"])


def test_every_kind_of_defect_is_where_the_manifest_says(ministry):
    folder, manifest = ministry
    lines = rows(folder, "pegawai")
    nips = Counter(row["nip"] for row in lines)
    foreign = {row["nip"] for row in lines if row["instansi"] == "kemlain"}
    for fault in manifest["faults"]:
        row = lines[fault["line"] - 2]
        assert row[fault["column"]] == fault["value"]
        match fault["kind"]:
            case "bad_nip":
                assert not is_valid(row["nip"])
            case "unknown_superior":
                assert row["nip_atasan"] not in nips
            case "superior_outside_agency":
                assert row["nip_atasan"] in foreign
            case "duplicate_row":
                assert nips[row["nip"]] == 2
            case "wrong_date":
                with pytest.raises(ValueError, match=r"."):
                    date.fromisoformat(fault["value"])
    kinds = {
        "bad_nip",
        "unknown_superior",
        "duplicate_row",
        "wrong_date",
        "superior_outside_agency",
        "row_of_other_agency",
    }
    assert set(manifest["employees"]["bad_by_kind"]) == kinds
    assert manifest["employees"]["rows"] == manifest["employees"]["good"] + manifest["employees"]["bad"] == len(lines)


def test_nobody_reports_to_a_row_that_stays_out(ministry):
    folder, manifest = ministry
    superiors = {row["nip_atasan"] for row in rows(folder, "pegawai")}
    left_out = {f["nip"] for f in manifest["faults"] if f["kind"] not in {"duplicate_row", "row_of_other_agency"}}
    assert not superiors & left_out


def test_other_files_name_good_employees_only(ministry):
    folder, manifest = ministry
    good = {row["nip"] for row in good_rows(folder, manifest)}
    for name in ("kehadiran", "riwayat_predikat", "angka_kredit"):
        assert {row["nip"] for row in rows(folder, name)} <= good


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        make(tmp_path / name, 120, seed, formats=("csv", "xlsx"))
    assert fingerprints(tmp_path / "a") == fingerprints(tmp_path / "b")
    assert fingerprints(tmp_path / "a")["pegawai.csv"] != fingerprints(tmp_path / "c")["pegawai.csv"]


def test_the_spreadsheet_holds_the_same_text_as_the_csv(tmp_path):
    make(tmp_path, 80, 2, formats=("csv", "xlsx"))
    book = openpyxl.load_workbook(tmp_path / "pegawai.xlsx", read_only=True)
    sheet = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    table = [list(row.values()) for row in rows(tmp_path, "pegawai")]
    assert sheet[1:] == table


def test_job_class_amounts_are_those_of_the_regulation(ministry):
    amounts = {row["kelas_jabatan"]: int(row["jumlah"]) for row in rows(ministry[0], "kelas_jabatan")}
    assert len(amounts) == 17
    assert (amounts["17"], amounts["8"], amounts["1"]) == (33_240_000, 4_595_150, 2_531_250)


def test_the_manifest_is_written_beside_the_files(ministry):
    folder, manifest = ministry
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8")) == manifest


@given(st.lists(st.tuples(st.dates(date(1968, 1, 1), date(2000, 12, 31)), st.booleans()), min_size=1, max_size=50))
def test_numbers_obey_the_structure_and_never_repeat(people):
    registry = NipRegistry(frozenset({SITI}))
    numbers = [registry.issue(born, date(2021, 4, 1), female=f, contract=f) for born, f in people]
    assert all(number and is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    "nip",
    [
        "",
        "19900417201903200",
        "199013172019032005",
        "199004172019002005",
        "199004172019033005",
        "19900417201903200O",
        "199004172019032000",
    ],
)
def test_numbers_that_break_the_structure_are_not_valid(nip):
    assert not is_valid(nip)


@pytest.mark.parametrize(("employees", "defects"), [(49, 0.03), (500_001, 0.03), (100, 0.6), (100, -0.1)])
def test_a_request_that_cannot_be_met_is_refused(tmp_path, employees, defects):
    with pytest.raises(ValueError, match="must be"):
        SampleRequest(employees=employees, seed=1, folder=tmp_path, defect_share=defects)
