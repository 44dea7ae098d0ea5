"""Alerts, dashboard and runbooks against the code: what they name must exist, and the commands they give must be ones."""

import json
import re
import shlex
import shutil
import subprocess

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from chassis.http.metrics import GAUGES
from chassis.observability import metrics
from notification.persistence.template_files import REJECTED_METRIC
from notification.persistence.waiting import HELP
from suar_cli.main import parse
from suar_operator.services import OWNERS
from tests.architecture.layout import ROOT
from tests.compose.command_lines import in_document

EYES, RUNBOOKS = ROOT / "deploy/observability", ROOT / "docs/runbooks"
RULES = [rule for group in yaml.safe_load((EYES / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
PAGES = sorted(path for path in RUNBOOKS.glob("*.md") if path.name != "README.md")
DASHBOARD = json.loads((EYES / "grafana/dashboards/suar.json").read_text())
EXPRESSIONS = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", [])]
SOURCES = "\n".join(
    path.read_text() for part in ("libs/chassis/chassis", "services", "gateway") for path in (ROOT / part).rglob("*.py")
)


def known_metrics():
    names = {
        "suar_database_up",
        "suar_timers_overdue_seconds",
        "suar_dependency_up",
        "suar_loops_stuck",
        REJECTED_METRIC,
        *HELP,
    }
    names |= {name for name, _ in GAUGES.values()}
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            names |= {f"{metric._name}{end}" for end in ("_total", "_bucket", "_count", "_sum")}
    return names


def commands():
    for page in [*PAGES, RUNBOOKS / "README.md"]:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL):
            for line in block.splitlines():
                yield pytest.param(line, id=f"{page.stem}: {line[:60]}")


def test_each_alert_says_how_bad_it_is_what_happened_and_where_to_read_on():
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
        assert rule["annotations"]["summary"]
        assert (ROOT / rule["annotations"]["runbook"]).exists(), rule["alert"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_belongs_to_an_alert_and_has_the_same_rooms(page):
    text = page.read_text()
    named = [rule["alert"] for rule in RULES if rule["annotations"]["runbook"].endswith(f"/{page.name}")]
    assert named
    assert all(alert in text.splitlines()[0] for alert in named)
    assert f"({page.name})" in (RUNBOOKS / "README.md").read_text()
    for room in ("**Means.**", "**Look.**", "**Do.**", "**Over when**"):
        assert room in text, room
    for link in re.findall(r"\]\(([a-z-]+\.md)\)", text):
        assert (RUNBOOKS / link).exists(), link


@pytest.mark.parametrize("expression", [*(rule["expr"] for rule in RULES), *EXPRESSIONS])
def test_every_number_that_is_watched_is_one_that_is_measured(expression):
    assert set(re.findall(r"\bsuar_[a-z_]+", expression)) <= known_metrics()


def test_every_number_that_is_measured_is_shown_or_watched():
    watched = set(re.findall(r"\bsuar_[a-z_]+", " ".join([*EXPRESSIONS, *(rule["expr"] for rule in RULES)])))
    told = {name for name, _ in GAUGES.values()} | set(HELP)
    assert told <= watched


@pytest.mark.parametrize("line", list(commands()))
def test_every_command_of_a_runbook_is_one(line):
    first = shlex.split(line)
    if first[0] == "./suar":
        assert parse(first[1:]).run
    elif first[0] == "docker-compose":
        assert list(in_document(f"```sh\n{line}\n```")), "its options are checked with the compose files"
    else:
        assert first[0] in {"curl", "docker", "export", "read"}


def test_the_log_lines_that_are_looked_for_are_written():
    text = " ".join(page.read_text() for page in PAGES)
    for pattern in re.findall(r'grep (?:-E )?"?([a-z_|]+)"?$', text, re.MULTILINE):
        for name in pattern.split("|"):
            assert f'"{name}"' in SOURCES, name


def test_prometheus_asks_every_component():
    jobs = {job["job_name"]: job for job in yaml.safe_load((EYES / "prometheus.yml").read_text())["scrape_configs"]}
    assert set(jobs["suar-api"]["dns_sd_configs"][0]["names"]) == set(OWNERS)
    assert set(jobs["suar-worker"]["dns_sd_configs"][0]["names"]) == {f"{service}-worker" for service in OWNERS}
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for service in OWNERS:
        assert compose[f"{service}-worker"]["environment"]["MANAGEMENT_BIND"].endswith(":9000")


def test_the_profile_starts_only_when_asked_for_and_speaks_to_known_services():
    ours = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    eyes = yaml.safe_load((EYES / "docker-compose.observability.yml").read_text())
    for name, service in eyes["services"].items():
        if "image" in service:
            assert service["profiles"] == ["observability"], name
            assert service["read_only"] is True
            assert set(service["networks"]) <= set(ours["networks"]), name
            assert all(address.split(":-")[1].startswith("127.0.0.1") for address in service.get("ports", []))
            for volume in service.get("volumes", []):
                if volume.startswith("./"):
                    assert (ROOT / volume.split(":")[0]).exists(), volume
        else:
            assert name in ours["services"]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed here")
@pytest.mark.parametrize(
    "words",
    [("check", "config", "prometheus.yml"), ("check", "rules", "alerts.yml"), ("test", "rules", "alerts.test.yml")],
)
def test_prometheus_own_tool_agrees(words):
    done = subprocess.run(["promtool", *words], cwd=EYES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
