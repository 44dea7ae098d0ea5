"""`./suar new service NAME`, in a copy of this checkout: what it writes passes the gates and the tests, whole."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from suar_developer.new_service import ServiceNotMade, make_service
from suar_developer.quality import gates

ROOT = Path(__file__).parents[3]
# sorted before `chassis`, and long enough for lines to be wrapped otherwise than in the templates
NAME = "bookkeeping"
# tests of what the lists hold that are not parametrized by service
ABOUT_LISTS = "test_files or test_migrations or image or prometheus_asks"
PLACES = [
    "tests/architecture",
    "tests/access",
    "tests/compose/test_files.py",
    "tests/operator/contract",
    f"tests/{NAME}",
]


def run(project, *command):
    """Run a command on the sources of a project instead of those that are installed here."""
    places = [path.parent for path in project.rglob("pyproject.toml")]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places))}
    done = subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def copied(folder):
    """Copy the files of this checkout that are, or may be, committed, as a checkout."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout of git")
    for name in filter(None, names):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout without the new service."""
    return copied(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A checkout with the new service."""
    folder = copied(tmp_path_factory.mktemp("after"))
    code, said = run(folder, sys.executable, "-m", "suar_cli", "new", "service", NAME)
    assert code == 0, said
    assert f"ditulis: services/{NAME}/{NAME}/app.py\n" in said
    assert "ditulis: docker-compose.yml\n" in said
    return folder


def files(project):
    return {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and not {".git", "__pycache__"} & {*path.parts}
    }


@pytest.mark.parametrize("gate", ["ruff", "ruff format", "batas impor", "squawk"])
def test_it_passes_the_gate(project, gate):
    code, said = run(project, *dict(gates(project))[gate])
    assert code == 0, said


def test_its_types_are_right(project):
    if not (ROOT / ".mypy_cache").exists():
        pytest.skip("without what mypy remembers of this checkout it takes minutes")
    shutil.copytree(ROOT / ".mypy_cache", project / ".mypy_cache")
    code, said = run(project, *dict(gates(project))["mypy"])
    assert code == 0, said


def test_its_tests_and_those_of_all_services_pass(project):
    chosen = ["-k", f"{NAME} or {ABOUT_LISTS}", "-p", "no:xdist", "-q", *PLACES]
    code, said = run(project, sys.executable, "-m", "pytest", *chosen)
    assert code == 0, said


def test_the_lock_is_the_one_that_uv_would_write_and_needed_no_network(project):
    check = ["lock", "--check", "--offline", "--no-cache", "--python", sys.executable]
    code, said = run(project, str(Path(sys.executable).with_name("uv")), *check)
    assert code == 0, said


def test_a_second_one_of_that_name_is_refused(project):
    before = files(project)
    code, said = run(project, sys.executable, "-m", "suar_cli", "new", "service", NAME)
    assert (code, said) == (2, f"suar: nama {NAME!r} sudah dipakai bagian lain atau pustaka; pilih nama lain.\n")
    assert files(project) == before


@pytest.mark.parametrize("name", ["Cuti", "cuti2", "cuti_besar", "ab", "class", "../x", ""])
def test_what_is_no_name_of_a_package_is_refused(checkout, name):
    with pytest.raises(ServiceNotMade, match="huruf kecil"):
        make_service(checkout, name)


# a service, a component, a container, a library, a module of Python, a sample service of the tests, a word of the chassis
@pytest.mark.parametrize("name", ["training", "identity", "rabbitmq", "flask", "json", "desk", "audit"])
def test_a_name_that_means_something_already_is_refused(checkout, name):
    before = files(checkout)
    with pytest.raises(ServiceNotMade, match="sudah dipakai"):
        make_service(checkout, name)
    assert files(checkout) == before


def test_outside_a_checkout_nothing_is_made(tmp_path):
    with pytest.raises(ServiceNotMade, match="git clone"):
        make_service(tmp_path, NAME)


def test_nothing_is_written_when_a_list_has_another_form(tmp_path):
    project = copied(tmp_path)
    listed = project / "deploy/observability/prometheus.yml"
    listed.write_text(listed.read_text().replace("training-worker", "workers"))
    before = files(project)
    with pytest.raises(ServiceNotMade, match=r"prometheus\.yml"):
        make_service(project, NAME)
    assert files(project) == before
