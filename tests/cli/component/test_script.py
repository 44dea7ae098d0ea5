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
    return folder


def call(
    project: Path, *words: str, python: str = sys.executable, **environment: str
) -> "subprocess.CompletedProcess[str]":
    known = {**os.environ, **environment}
    return subprocess.run(
        [python, str(project / "suar"), *words], capture_output=True, text=True, env=known, timeout=60, check=False
    )


def pretend_built(project: Path, folder: Path, *, tools: bool = False) -> None:
    """An environment with a stamp as the script would leave it, whose Python only prints what it is told."""
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    digest = hashlib.sha256(repr((str(project), str(python), "0.13.9")).encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((project / name).read_bytes())
    (folder / ".suar-stamp").write_text(f"{digest.hexdigest()} {'tools' if tools else ''}")


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
def test_an_old_python_is_told_so_in_words(project, tmp_path):
    done = call(project, "up", python=str(OLD_PYTHON), PATH=str(tmp_path))
    assert done.returncode == 10
    assert "perlu Python 3.11 atau lebih baru" in done.stderr
