"""The page for a newcomer, done to the letter: its commands, one after the other, against a running system."""

import json
import os
import re
import subprocess

import pytest

from suar_demo.client import finish_job
from suar_operator.operator_account import create_operator, new_password
from suar_sample.generate import SampleRequest, write_sample
from tests.architecture.layout import ROOT

PAGE = ROOT / "docs/first-hour.md"
OPERATOR = "operator@instansi.go.id"
CALLS = 7


def blocks():
    return re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)


def as_typed(system, password):
    """The page's calls, with this system's address and password in place of the page's."""
    _start, calls, looks = blocks()
    script = calls.replace("http://127.0.0.1:8080", system.running.base_url)
    return script.replace("the password from above", password), looks


@pytest.fixture(scope="module")
def first_hour(system, tmp_path_factory):
    """What the page's commands wrote, and the manifest of the sample that they imported."""
    folder = tmp_path_factory.mktemp("first hour")
    manifest = write_sample(SampleRequest(employees=60, seed=1, folder=folder / "contoh"))
    password = new_password()
    create_operator(system.running.folder, OPERATOR, "suar", password)
    calls, looks = as_typed(system, password.value)
    shown = f'set -euo pipefail\n{calls}\necho; echo "TOKEN $HR"\n{looks}'
    done = subprocess.run(
        ["bash", "-c", shown], cwd=folder, capture_output=True, text=True, check=False, env=os.environ, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, manifest


def test_seven_calls_bring_the_sample_into_the_system(system, first_hour):
    said, manifest = first_hour
    job_id = json.loads(re.search(r'\{[^{}]*"job_id".*?\}\s*TOKEN', said, re.DOTALL)[0].removesuffix("TOKEN"))["job_id"]
    token = re.search(r"TOKEN (\S+)", said)[1]
    hr = system.edge.signed_in(token, "sdm")
    finish_job(hr, "personnel", job_id)
    assert len(list(hr.pages("/api/v1/personnel/employees"))) == manifest["employees"]["accepted"]


def test_the_page_keeps_its_promise_of_seven_calls():
    _start, calls, _looks = blocks()
    assert len([line for line in calls.splitlines() if "curl" in line]) == CALLS


def test_the_commands_that_start_it_are_ones_of_this_program():
    import shlex

    from suar_cli.main import parse

    start, _calls, _looks = blocks()
    for line in start.splitlines():
        words = shlex.split(line, comments=True)
        assert words[0] == "./suar"
        assert parse(words[1:]).run
