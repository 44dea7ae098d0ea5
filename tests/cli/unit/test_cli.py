"""The commands as an operator meets them: Indonesian, with hints, with exit codes that mean something."""

import json

import pytest

from suar_cli.errors import RunnerError
from suar_cli.main import main, version
from suar_operator.folder import DataFolder
from suar_runner.logs import show
from suar_runner.options import Options
from suar_runner.status import EXIT_DOWN, describe


def run(capsys, *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_help_is_indonesian_and_names_every_command(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert out.startswith("pemakaian: ./suar")
    for command in (
        "demo",
        "up",
        "down",
        "status",
        "logs",
        "sample",
        "test",
        "check",
        "describe",
        "new",
        "events",
        "audit",
        "explain",
        "init",
        "operator",
    ):
        assert f"    {command} " in out
    assert "usage" not in out
    assert "options" not in out


@pytest.mark.parametrize("command", ["up", "down", "status", "logs", "sample", "test", "check"])
def test_each_command_explains_itself(capsys, command):
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert out.startswith(f"pemakaian: ./suar {command}")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["statsu"], "perintah 'statsu' tidak dikenal. Maksud Anda status?"),
        (["up", "--prot", "1"], "'--prot' tidak dikenal. Maksud Anda --port?"),
        (["up", "--port", "abc"], "--port: 'abc' bukan bilangan bulat."),
        (["up", "--port", "70000"], "--port: harus 0 sampai 65535, bukan 70000."),
        (["up", "--mode", "prod"], "--mode: 'prod' tidak dikenal; pilih salah satu: production, demo, test."),
        (
            ["up", "--bus", "http://salah"],
            "--bus: harus alamat yang diawali amqp:// atau amqps://, bukan 'http://salah'.",
        ),
        (["up", "--database", "mysql://x"], "--database: harus alamat yang diawali postgresql:// atau postgres://,"),
        (["up", "--smtp", "server:25"], "--smtp: harus alamat yang diawali smtp:// atau smtps://, bukan 'server:25'."),
        (["demo", "--against", "localhost"], "--against: harus alamat yang diawali http:// atau https://,"),
        (["demo", "--employees", "10"], "--employees: harus 100 sampai 200000, bukan 10."),
        (["events", "replay", "nosuch"], "DARI: 'nosuch' tidak dikenal; pilih salah satu: personnel, appraisal,"),
        (["up", "--data"], "--data: nilainya belum diisi."),
        (["up", "--set", "X"], "--set: 'X' tidak berbentuk NAMA=NILAI."),
        (["sample", "--out", "x"], "belum diisi: --employees."),
        (["sample", "--employees", "49", "--out", "x"], "--employees: harus 50 sampai 500000, bukan 49."),
        (["sample", "--employees", "60", "--dirt", "0.9", "--out", "x"], "--dirt: 0.9 harus 0 sampai 0.5."),
    ],
)
def test_a_mistake_is_answered_with_what_would_be_right(capsys, words, sentence):
    code, _, err = run(capsys, *words)
    assert code == 2
    assert f"suar: {sentence}" in err
    assert "--help" in err


def test_the_clock_is_not_turned_in_production(capsys, tmp_path):
    code, _, err = run(capsys, "up", "--data", str(tmp_path / "d"), "--clock-file", "c.json")
    assert code == 2
    assert "production" in err
    assert not (tmp_path / "d").exists()


def test_no_command_gets_the_help_and_the_version_is_the_projects(capsys):
    assert run(capsys) == run(capsys, "--help")
    assert run(capsys, "--version") == (0, f"Suar {version()}\n", "")


def test_status_of_what_does_not_run_says_how_to_start_it_in_words_for_a_shell(capsys, tmp_path):
    folder = tmp_path / "da ta"
    code, out, _ = run(capsys, "status", "--data", str(folder))
    assert code == EXIT_DOWN
    assert f"./suar up --data '{folder}'" in out


@pytest.mark.parametrize(("content", "words"), [('{"phase": "preparing"}', "belum selesai dibuat"), ("{", "rusak")])
def test_status_of_a_folder_without_a_finished_start_names_it_and_reset(capsys, tmp_path, content, words):
    (tmp_path / "state.json").write_text(content)
    code, out, _ = run(capsys, "status", "--data", str(tmp_path))
    assert code == EXIT_DOWN
    assert f"folder data {tmp_path} " in out
    assert words in out
    assert "--reset" in out


def test_a_start_that_fails_ends_alike_in_the_foreground_and_in_the_background(capsys, tmp_path):
    (tmp_path / "state.json").write_text("{")
    before = run(capsys, "up", "--data", str(tmp_path), "--port", "0")
    behind = run(capsys, "up", "--data", str(tmp_path), "--port", "0", "--detach")
    assert before == behind
    assert before[0] == 4
    assert before[2].count("suar:") == 1


@pytest.mark.parametrize(
    ("option", "url", "code"),
    [
        ("--database", "postgresql://nobody:x@127.0.0.1:9/postgres", 7),
        ("--bus", "amqp://guest:guest@127.0.0.1:9//", 8),
    ],
)
def test_a_server_that_does_not_answer_is_reported_before_anything_is_made(capsys, tmp_path, option, url, code):
    found, _, err = run(capsys, "up", "--data", str(tmp_path / "data"), "--port", "0", option, url)
    assert found == code
    assert f"Periksa alamat {option}." in err.splitlines()[0]
    assert not (tmp_path / "data").exists()


def test_a_sample_is_not_overwritten_unless_asked(capsys, tmp_path):
    words = ("sample", "--employees", "60", "--out", str(tmp_path), "--format", "csv")
    assert run(capsys, *words)[0] == 0
    code, _, err = run(capsys, *words)
    assert code == 2
    assert "--force" in err
    assert run(capsys, *words, "--force")[0] == 0


def test_down_of_what_does_not_run_is_no_failure(capsys, tmp_path):
    assert run(capsys, "down", "--data", str(tmp_path))[0] == 0


def test_a_mendable_failure_ends_with_its_own_code_and_no_traceback(capsys, tmp_path):
    (tmp_path / "thesis.txt").touch()
    code, _, err = run(capsys, "up", "--data", str(tmp_path), "--port", "0")
    assert code == 4
    assert err.startswith("suar: Folder")
    assert "Traceback" not in err


def test_sample_counts_what_it_wrote(capsys, tmp_path):
    code, out, _ = run(capsys, "sample", "--employees", "60", "--out", str(tmp_path), "--format", "csv")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert code == 0
    assert f"menerima {manifest['employees']['accepted']} dan menolak {manifest['employees']['refused']}" in out
    assert not list(tmp_path.glob("*.xlsx"))


def test_status_shows_each_process(tmp_path, monkeypatch):
    process = {"name": "personnel-api", "state": "BACKING_OFF", "pid": None, "restarts": 3, "since": 0}
    (tmp_path / "status.json").write_text(
        json.dumps({"phase": "ready", "base_url": "http://x", "mode": "demo", "processes": [process]})
    )
    monkeypatch.setattr(DataFolder, "holder", lambda _self: 7)
    text, code = describe(DataFolder(tmp_path))
    assert code == 1
    assert "personnel-api  menunggu ulang" in text


def test_logs_of_an_unknown_process_name_the_known_ones(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "personnel-api.log").write_text("one\ntwo\nthree\n")
    lines: list[str] = []
    show(DataFolder(tmp_path), "personnel", lines.append, follow=False, lines=2)
    assert lines == ["two", "three"]
    with pytest.raises(RunnerError, match=r"Yang ada: personnel-api"):
        show(DataFolder(tmp_path), "payroll", lines.append, follow=False)


def test_an_address_may_stand_in_a_file_and_no_complaint_repeats_it(tmp_path, capsys):
    from suar_cli.main import parse

    file = tmp_path / "bus"
    file.write_text("amqp://suar:rahasia@server\n")
    assert parse(["up", "--bus", f"@{file}"]).bus == "amqp://suar:rahasia@server"
    for wrong in ("ftp://suar:rahasia@server", f"@{tmp_path}/tidak-ada"):
        with pytest.raises(SystemExit):
            parse(["up", "--bus", wrong])
        assert "rahasia" not in capsys.readouterr().err


def test_options_survive_the_way_through_a_command_line(tmp_path):
    from suar_cli.main import parse

    options = Options(
        data=tmp_path,
        port=0,
        mode="demo",
        bus="amqp://x",
        clock_file=tmp_path / "c",
        environment={"A": "b=c"},
        temporary=True,
    )
    words = options.arguments(tmp_path)
    assert not any("amqp" in word or "b=c" in word for word in words)
    parsed = parse(["up", *words])
    assert (parsed.data, parsed.port, parsed.mode, parsed.bus) == (tmp_path, 0, "demo", "amqp://x")
    assert (parsed.clock_file, parsed.set, parsed.temporary, parsed.reset) == (tmp_path / "c", ["A=b=c"], True, False)
