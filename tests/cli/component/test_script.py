"""The script at the door: what it says when it cannot build, and that it is quick when it need not."""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
UV_VERSION = "0.13.9"


def an_old_python() -> str | None:
    """A Python of this machine that is too old, and runs."""
    for minor in range(10, 5, -1):
        found = shutil.which(f"python3.{minor}")
        if not found:
            continue
        asked = [found, "-c", "import sys; sys.stdout.write(sys.executable)"]
        done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            return done.stdout.decode()
    return None


OLD_PYTHON = an_old_python()


@pytest.fixture
def project(tmp_path):
    """A copy of what the script reads, so that nothing touches the real environment."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("suar", "uv.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    for package in (PROJECT / "deploy").glob("*/suar_*"):
        target = folder / "deploy" / package.parent.name / package.name
        shutil.copytree(package, target, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def call(
    project: Path, *words: str, python: str = sys.executable, **environment: str
) -> "subprocess.CompletedProcess[str]":
    known = {**os.environ, **environment}
    return subprocess.run(
        [python, str(project / "suar"), *words], capture_output=True, text=True, env=known, timeout=60, check=False
    )


def pretend_built(project: Path, folder: Path) -> None:
    """An environment with a stamp as the script would leave it, whose Python only prints what it is told."""
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    digest = hashlib.sha256(repr((str(project), str(python), UV_VERSION)).encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((project / name).read_bytes())
    (folder / ".suar-stamp").write_text(f"{digest.hexdigest()} everything")


def test_a_built_environment_is_handed_over_to_at_once(project, tmp_path):
    pretend_built(project, tmp_path / "venv")
    least = 9.0
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = call(project, "status", "--data", "x", SUAR_VENV=str(tmp_path / "venv"))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # processor time, for a busy machine says nothing about the script
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert done.stdout == "-m suar_cli status --data x\n"
    assert done.stderr == ""
    assert least < 0.15


def test_it_works_from_any_folder_and_through_a_link(project, tmp_path):
    pretend_built(project, tmp_path / "venv")
    link = tmp_path / "link"
    link.symlink_to(project / "suar")
    done = subprocess.run(
        [sys.executable, str(link), "up"],
        cwd="/",
        env={**os.environ, "SUAR_VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "-m suar_cli up\n"


@pytest.mark.parametrize(
    ("words", "code", "stream", "beginning"),
    [
        ((), 0, "stdout", "pemakaian: ./suar PERINTAH"),
        (("-h",), 0, "stdout", "pemakaian: ./suar PERINTAH"),
        (("--version",), 0, "stdout", "Suar "),
        (("test", "--help"), 0, "stdout", "pemakaian: ./suar test"),
        (("check", "--help"), 0, "stdout", "pemakaian: ./suar check"),
        (("up", "-h"), 0, "stdout", "pemakaian: ./suar up"),
        (("events", "replay", "--help"), 0, "stdout", "pemakaian: ./suar events replay"),
        (("explain", "verify", "--help"), 0, "stdout", "pemakaian: ./suar explain verify"),
        (("dmeo",), 2, "stderr", "suar: perintah 'dmeo' tidak dikenal. Maksud Anda demo?"),
    ],
)
def test_help_and_mistyped_commands_are_answered_without_an_environment(
    project, tmp_path, words, code, stream, beginning
):
    done = call(project, *words, SUAR_VENV=str(tmp_path / "venv"))
    assert done.returncode == code
    assert getattr(done, stream).startswith(beginning)
    assert not (tmp_path / "venv").exists()
    assert not list(project.rglob("__pycache__"))


def pretend_uv(folder: Path, version: str, *, trusts: str) -> Path:
    """An environment whose uv does not know the server's certificate, unless it is called with the words in `trusts`."""
    calls = folder / "calls"
    (folder / "bin").mkdir(parents=True)
    library = folder / "lib" / "python{}.{}".format(*sys.version_info)
    library.mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text('#!/bin/sh\n[ "$2" = suar_cli ] && echo "$@"\nexit 0\n')
    uv = folder / "bin" / "uv"
    uv.write_text(
        f"""#!/bin/sh
if [ "$1" = --version ]; then echo uv {version}; exit; fi
echo "$@" >> {calls}
case "$*" in *{trusts}*) exit 0 ;; esac
echo 'error: Failed to fetch https://pypi.org/simple/flask/' >&2
echo '  cause: invalid peer certificate: UnknownIssuer' >&2
exit 2
"""
    )
    for program in (python, uv):
        program.chmod(0o755)
    return calls


def test_an_operators_machine_installs_an_operators_packages_only(project, tmp_path):
    calls = pretend_uv(tmp_path / "venv", UV_VERSION, trusts="sync")
    for words in (["events", "status"], ["audit", "heads"], ["up"], ["events", "status"], ["check"], ["init"]):
        assert call(project, *words, SUAR_VENV=str(tmp_path / "venv")).stdout == f"-m suar_cli {' '.join(words)}\n"
    wanted = [("suar-operator" in line, "--all-packages" in line) for line in calls.read_text().splitlines()]
    assert wanted == [(True, False), (False, True), (False, True)]


def test_an_auditors_machine_has_the_rules_besides_and_no_server(project, tmp_path):
    calls = pretend_uv(tmp_path / "venv", UV_VERSION, trusts="sync")
    for words in (["audit", "heads"], ["explain", "verify", "x.json"], ["audit", "heads"], ["up"]):
        assert call(project, *words, SUAR_VENV=str(tmp_path / "venv")).stdout == f"-m suar_cli {' '.join(words)}\n"
    wanted = [("suar-auditor" in line, "--all-packages" in line) for line in calls.read_text().splitlines()]
    assert wanted == [(False, False), (True, False), (False, True)]


def test_behind_an_inspecting_proxy_the_certificates_of_the_system_are_tried(project, tmp_path):
    calls = pretend_uv(tmp_path / "venv", UV_VERSION, trusts="--system-certs")
    done = call(project, "status", SUAR_VENV=str(tmp_path / "venv"))
    assert done.stdout == "-m suar_cli status\n"
    assert [("--system-certs" in line) for line in calls.read_text().splitlines()] == [False, True]


def test_a_certificate_that_nobody_trusts_is_reported_with_the_cure(project, tmp_path):
    pretend_uv(tmp_path / "venv", UV_VERSION, trusts="nothing at all")
    done = call(project, "status", "--data", "da ta", SUAR_VENV=str(tmp_path / "venv"))
    assert done.returncode == 10
    assert "sertifikat server tidak dipercaya" in done.stderr
    assert "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt ./suar status --data 'da ta'" in done.stderr
    assert "sambungan jaringan" not in done.stderr


def test_the_uv_of_this_project_knows_the_option_for_the_systems_certificates():
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        pytest.skip("the environment was built without uv")
    said = subprocess.run([uv, "sync", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--system-certs" in said


def test_an_environment_that_another_checkout_uses_is_reported(project, tmp_path):
    pretend_uv(tmp_path / "venv", UV_VERSION, trusts="sync")
    (tmp_path / "other").mkdir()
    (tmp_path / "venv" / ".suar-checkout").write_text(str(tmp_path / "other"))
    first = call(project, "status", SUAR_VENV=str(tmp_path / "venv"))
    assert f"dipakai juga oleh {tmp_path / 'other'}" in first.stderr
    assert (tmp_path / "venv" / ".suar-checkout").read_text() == str(project)
    assert call(project, "status", SUAR_VENV=str(tmp_path / "venv")).stderr == ""


def test_a_folder_with_other_things_is_left_alone(project, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "family.jpg").touch()
    done = call(project, "up", SUAR_VENV=str(tmp_path / "photos"))
    assert done.returncode == 10
    assert "berisi hal lain (family.jpg)" in done.stderr


def test_a_place_that_cannot_be_written_is_named_with_the_way_out(project, tmp_path):
    (tmp_path / "file").touch()
    done = call(project, "up", "--port", "1", SUAR_VENV=str(tmp_path / "file" / "venv"))
    assert done.returncode == 10
    assert "SUAR_VENV=$HOME/.suar-venv ./suar up --port 1" in done.stderr


def test_a_missing_network_is_explained_with_the_last_words_of_pip(project, tmp_path):
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_FIND_LINKS": "",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_CONFIG_FILE": os.devnull,
    }
    done = call(project, "up", SUAR_VENV=str(tmp_path / "venv"), **nowhere)
    assert done.returncode == 10
    assert "Periksa sambungan jaringan" in done.stderr
    assert not (tmp_path / "venv" / ".suar-stamp").exists()


@pytest.mark.skipif(OLD_PYTHON is None, reason="no old Python on this machine")
def test_an_old_python_is_reported_in_words(project, tmp_path):
    done = call(project, "up", python=str(OLD_PYTHON), PATH=str(tmp_path))
    assert done.returncode == 10
    assert "perlu Python 3.11 atau lebih baru" in done.stderr
