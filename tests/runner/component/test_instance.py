"""The whole system on one machine, from an empty folder: up, killed in parts and as a whole, down without a trace."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import psutil
import pytest

from chassis.bus.topology import connect
from chassis.waiting import wait_for, wait_until_empty
from suar_cli.errors import RunnerError
from suar_operator.folder import DataFolder
from suar_operator.services import OWNERS, SERVICES
from suar_runner.background import start_in_background
from suar_runner.options import Options
from tests.runner.processes import processes_of

pytestmark = pytest.mark.faults


def is_well(running) -> bool:
    answer = httpx.get(f"{running.base_url}/readyz", timeout=5)
    return answer.status_code == 200 and all(p["state"] == "READY" for p in running.status()["processes"])


@pytest.fixture(scope="module")
def home():
    path = Path(tempfile.mkdtemp(prefix="suar-test-"))
    path.chmod(0o755)
    yield path
    for folder in path.iterdir():
        # sockets of a path with blanks lie elsewhere
        shutil.rmtree(DataFolder(folder).sockets, ignore_errors=True)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def lines():
    return []


@pytest.fixture(scope="module")
def running(home, lines):
    started = start_in_background(Options(data=home / "da ta", port=0, mode="test"), lines.append)
    yield started
    started.stop()


def test_everything_comes_up_and_says_how_long_each_step_took(running, lines):
    assert is_well(running)
    assert httpx.get(f"{running.base_url}/readyz").json()["services"] == dict.fromkeys(SERVICES, "ready")
    names = {p["name"] for p in running.status()["processes"]}
    assert names == {"postgres", "edge", *(f"{s}-api" for s in OWNERS), *(f"{s}-worker" for s in OWNERS)}
    steps = [line for line in lines if line.startswith("[")]
    # the last line may still be on its way when the door already answers
    assert len(steps) >= 5
    assert all(" dtk] " in line for line in steps)


def test_the_edge_alone_listens_on_the_network(running):
    listening = set()
    for entry in running.status()["processes"]:
        process = psutil.Process(entry["pid"])
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                listening |= {c.laddr.port for c in one.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}
    assert listening == {int(running.base_url.rsplit(":", 1)[1])}


def test_a_service_is_given_its_own_database_and_nobody_elses(running):
    for service in SERVICES:
        environment = running.access()["environments"][service]
        assert [name for name in environment if name.endswith("_DATABASE_URL")] == [f"{service.upper()}_DATABASE_URL"]
        assert "AUTH_PRIVATE_KEY_FILE" not in environment


def test_every_process_of_an_api_can_ask_the_bus_while_every_worker_holds_its_connections(running):
    url = running.access()["environments"]["personnel"]["BUS_URL"]
    with contextlib.ExitStack() as stack:
        for _ in range(len(OWNERS) * running.options.api_workers):
            connection = stack.enter_context(connect(url))
            connection.ensure_connection(max_retries=1, interval_start=0)
            assert connection.connected


def test_the_same_folder_is_not_started_twice(running):
    with pytest.raises(RunnerError, match="sedang dipakai oleh proses"):
        start_in_background(Options(data=running.options.data, port=0, mode="test"))


def test_a_port_in_use_leaves_the_folder_untouched(running, home):
    port = int(running.base_url.rsplit(":", 1)[1])
    with pytest.raises(RunnerError, match=rf"Port {port} .*--port"):
        start_in_background(Options(data=home / "other", port=port, mode="test"))
    assert not (home / "other").exists()


@pytest.mark.parametrize("name", ["appraisal-worker", "training-api", "identity-api", "edge", "postgres"])
def test_a_killed_process_comes_back_by_itself(running, name):
    before = running.pid_of(name)
    os.kill(before, signal.SIGKILL)
    wait_for(
        f"{name} is back",
        lambda: running.pid_of(name) not in {None, before} and is_well(running),
        ignoring=(httpx.HTTPError, ValueError),
    )
    assert next(p["restarts"] for p in running.status()["processes"] if p["name"] == name) >= 1


def test_after_a_hard_kill_of_the_runner_nothing_is_left_and_the_next_start_goes_on(running, home):
    running.process.kill()
    running.process.wait()
    wait_until_empty("the end of all", lambda: processes_of(home / "da ta"))
    again = start_in_background(Options(data=home / "da ta", port=0, mode="test"))
    try:
        assert is_well(again)
    finally:
        assert again.stop() == 0
    assert processes_of(home / "da ta") == []
    assert DataFolder(home / "da ta").holder() is None


def test_ctrl_c_before_anything_ran_says_that_the_folder_is_not_finished(home):
    folder = home / "half made"
    arguments = Options(data=folder, port=0, mode="test").arguments(home)
    command = [sys.executable, "-m", "suar_cli", "up", *arguments]
    runner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    wait_for("the first start", lambda: DataFolder(folder).is_unfinished and (folder / "status.json").exists())
    os.killpg(runner.pid, signal.SIGINT)
    output, _ = runner.communicate(timeout=120)
    assert runner.returncode == 0
    assert f"Folder data {folder} belum selesai dibuat" in output
    assert f"./suar up --data '{folder}'" in output
    assert DataFolder(folder).is_unfinished


def test_ctrl_c_while_it_starts_ends_everything_and_a_temporary_folder_is_gone(home):
    folder = home / "short"
    runner = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "suar_cli",
            "up",
            *Options(data=folder, port=0, mode="test", temporary=True).arguments(home),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for("its start", lambda: (folder / "status.json").exists() and len(processes_of(folder)) > 2)
    os.killpg(runner.pid, signal.SIGINT)
    assert runner.wait() == 0
    assert not folder.exists()
    assert processes_of(folder) == []
