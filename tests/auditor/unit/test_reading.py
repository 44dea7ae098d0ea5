"""What is no explanation of a known format ends in a sentence and code 2; nothing ends in a traceback."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suar_auditor import reading
from suar_auditor.reports import MALFORMED, report
from suar_cli.main import main
from tests.auditor.files import a_lowered_year, a_quarter, a_year, changed, leaves, seal

FORMAT = "suar-explanation/1"


def written(tmp_path, content, name="berkas.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def without(file, *path):
    found = json.loads(json.dumps(file))
    place = found
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "isi berkas bukan JSON (baris 1, kolom 1)."),
        (b"{", "isi berkas bukan JSON (baris 1, kolom 2)."),
        (b"%PDF-1.7", "isi berkas bukan JSON (baris 1, kolom 1)."),
        (b"\xff\xfe", "isi berkas bukan teks UTF-8."),
        (b'"\\ud800"', "isi berkas bukan teks UTF-8."),
        (b'{"a": NaN}', "isi berkas memuat NaN, yang bukan JSON."),
        (b"1" * 5000, "isi berkas memuat bilangan yang bukan JSON atau terlalu panjang."),
        (b"[" * 100_000, "isi berkas terlalu dalam bersarang."),
        (b'{"format": "suar-explanation/1", "format": "x"}', "isian 'format' tertulis dua kali dalam satu objek."),
        (b"[]", 'berkas ini bukan penjelasan evaluasi dari Suar: isian "format" tidak ada.'),
        (b"{}", 'berkas ini bukan penjelasan evaluasi dari Suar: isian "format" tidak ada.'),
        (b'{"format": "csv"}', f"berkas ini berformat 'csv', bukan {FORMAT}."),
        (b'{"format": "suar-explanation/0"}', f"berkas ini berformat 'suar-explanation/0', bukan {FORMAT}."),
        (
            b'{"format": "suar-explanation/2"}',
            "berkas ini berformat lebih baru (suar-explanation/2); Suar ini mengenal",
        ),
        (b'{"format": "suar-explanation/1"}', "isi berkas tidak sesuai format pada $: isian agency tidak ada."),
    ],
)
def test_what_cannot_be_checked_says_why(tmp_path, content, sentence):
    text, code = report([written(tmp_path, content)], as_json=False)
    assert code == MALFORMED
    assert f"TIDAK DAPAT DIPERIKSA: {sentence}" in text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (without(a_year(), "explanation", "history", 0, "at"), "$.explanation.history[0]: isian at tidak ada."),
        (without(a_year(), "explanation", "rights"), "$.explanation: isian rights tidak ada."),
        (changed(a_year(), ("explanation", "history"), []), "$.explanation.history: seharusnya array >= 1."),
        (changed(a_year(), ("explanation", "state"), "LOST"), "$.explanation.state: nilai 'LOST' tidak dikenal"),
        (changed(a_year(), ("explanation", "year"), "2026"), "$.explanation.year: seharusnya int, bukan str."),
        (changed(a_year(), ("explanation", "quarter"), 5), "$.explanation.quarter: seharusnya int <= 4."),
        (changed(a_year(), ("exported_at",), "2027-03-02T03:00:00"), "$.exported_at: saat tidak menyebut zona waktu."),
        (changed(a_year(), ("explanation", "bases", 0, "content", "format"), 2), "dasar revisi 1 bukan format 1."),
    ],
)
def test_a_field_that_is_missing_or_of_another_kind_is_named(tmp_path, file, sentence):
    text, code = report([written(tmp_path, file)], as_json=False)
    assert (code, sentence in text) == (MALFORMED, True), text


def test_a_date_that_cannot_be_counted_on_is_no_crash(tmp_path):
    file = changed(a_year(), ("explanation", "rights", "received_at"), "9999-12-31T23:00:00Z")
    text, code = report([written(tmp_path, seal(file))], as_json=False)
    assert (code, "di luar jangkauan" in text) == (MALFORMED, True), text


def test_a_file_that_is_too_large_or_none_at_all_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 1024 * 1024)
    text, code = report([written(tmp_path, b" " * (1024 * 1024 + 1))], as_json=False)
    assert (code, "berkas terlalu besar: paling besar 1 MB." in text) == (MALFORMED, True)
    for path in (tmp_path, tmp_path / "tidak-ada.json", tmp_path / "x\0y"):
        text, code = report([path], as_json=False)
        assert (code, "berkas tidak dapat dibuka" in text) == (MALFORMED, True)


def test_the_form_of_the_text_does_not_matter(tmp_path):
    file = a_quarter()
    spaced = b"\xef\xbb\xbf" + json.dumps(file, indent=4, ensure_ascii=True, sort_keys=True).encode()
    assert report([written(tmp_path, spaced)], as_json=False)[1] == 0


def run(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        main(["explain", "verify", *map(str, words)])
    return int(ended.value.code or 0), capsys.readouterr().out


def test_each_file_has_its_lines_and_the_worst_its_code(capsys, tmp_path):
    right = written(tmp_path, a_year(), "benar.json")
    wrong = written(tmp_path, changed(a_year(), ("explanation", "predicate"), "GOOD"), "salah.json")
    other = written(tmp_path, b"{", "rusak.json")
    code, out = run(capsys, right)
    lines = out.splitlines()
    assert (code, lines[0]) == (0, f"{right}:")
    assert lines[-1].startswith("  Hasil: SESUAI, ")
    assert lines[-1].endswith(" pemeriksaan. Sidik tidak menyatakan siapa yang membuat berkas ini.")
    code, out = run(capsys, right, wrong)
    assert code == 1
    stated, right_is = "Baik (GOOD)", "Sangat Baik (VERY_GOOD)"
    assert f"  BERBEDA  Predikat yang ditampilkan: tercatat {stated}; seharusnya {right_is}" in out.splitlines()
    assert "  Hasil: BERBEDA, 2 dari " in out
    assert run(capsys, wrong, other, right)[0] == 2
    code, out = run(capsys, "--json", right, wrong, other)
    found = json.loads(out)
    assert code == 2
    assert [one["result"] for one in found] == ["AGREES", "DIFFERS", "MALFORMED"]
    assert {one["code"] for one in found[1]["checks"] if one["result"] == "DIFFERS"} == {"file_hash", "predicate_shown"}
    assert found[2] == {"file": str(other), "result": "MALFORMED", "checks": [],
                        "sentence": "isi berkas bukan JSON (baris 1, kolom 2)."}  # fmt: skip


def test_a_file_does_not_steer_the_terminal(tmp_path):
    file = seal(changed(a_quarter(), ("explanation", "rule", "rule_version"), "\x1b[2J\u202ex"))
    text, code = report([written(tmp_path, file)], as_json=False)
    assert code == 1
    assert "\x1b" not in text
    assert "\u202e" not in text


ALONE = """
import json, socket, sys
def refuse(*_, **__): raise AssertionError("no network")
socket.socket = socket.create_connection = refuse
from suar_cli.main import main
try:
    main(["explain", "verify", "--json", sys.argv[1]])
except SystemExit as ended:
    assert ended.code == 0, ended.code
loaded = {name.split(".")[0] for name in sys.modules}
serving = {"flask", "sqlalchemy", "psycopg", "kombu", "httpx", "marshmallow", "typst", "gateway", "suar_operator"}
assert not loaded & serving, loaded & serving
assert not [name for name in sys.modules if name.startswith("appraisal.") and not name.startswith("appraisal.domain")]
"""


def test_it_needs_no_network_and_loads_nothing_that_serves(tmp_path):
    command = [sys.executable, "-c", ALONE, str(written(tmp_path, a_year()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["result"] == "AGREES"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["ABOVE", "GOOD", "ANNUAL", "Asia/Jakarta", "9999-12-31", "0001-01-01T00:00:00Z", FORMAT]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
PLACES = [(make, path) for make in (a_year, a_lowered_year, a_quarter) for path, _ in leaves(make())]


def code_of(tmp_path, content):
    return report([written(tmp_path, content)], as_json=False)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("berkas")


@given(ANYTHING)
@settings(max_examples=100, deadline=None)
def test_any_json_has_a_code(folder, found):
    assert code_of(folder, found) in {1, 2}
    assert code_of(folder, {"format": FORMAT, "explanation": found}) in {1, 2}


@given(st.sampled_from(PLACES), st.integers(0, 9), ANYTHING)
@settings(max_examples=150, deadline=None)
def test_a_file_with_anything_anywhere_in_it_has_a_code(folder, place, depth, found):
    make, path = place
    file = seal(changed(make(), path[: max(1, len(path) - depth)], found))
    assert code_of(folder, file) in {0, 1, 2}
