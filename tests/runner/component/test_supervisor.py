"""The supervisor with real processes: readiness, restarts, order of stopping, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from chassis.waiting import wait_for, wait_until_empty
from suar_cli.errors import StartFailed
from suar_runner.instance import end_survivors
from suar_runner.process import ProcessSpec, State
from suar_runner.supervisor import Stopped, Supervisor, trim_log

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]
WITH_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, time; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True); time.sleep(600)",
]


def spec(name: str, command=None, order: int = 50, **options) -> ProcessSpec:
    return ProcessSpec(name=name, command=command or SLEEP, environment=dict(os.environ), order=order, **options)


@pytest.fixture
def supervisor(tmp_path):
    logs = tmp_path / "logs"
    logs.mkdir()
    made = Supervisor(logs, tmp_path / "status.json")
    with made.listening_to_signals():
        yield made
        made.stop_all()


def supervise_until(supervisor: Supervisor, question) -> None:
    """Let the supervisor do its rounds until the question is answered with yes."""

    def ask():
        supervisor._restart_dead()
        for child in supervisor.children.values():
            child.check_ready()
        return question()

    wait_for("the supervisor", ask, pause=supervisor._pause)


def test_a_process_is_ready_only_when_it_says_so(supervisor, tmp_path):
    flag = tmp_path / "ready"
    late = [sys.executable, "-c", f"import pathlib, time; pathlib.Path({str(flag)!r}).touch(); time.sleep(600)"]
    child = supervisor.start(spec("late", late, is_ready=flag.exists))
    assert child.state is State.STARTING
    heard = []
    supervisor.wait_until_ready(["late"], heard.append)
    assert (child.state, heard) == (State.READY, ["late"])
    told = json.loads(supervisor.status_file.read_text())["processes"][0]
    assert (told["name"], told["state"], told["pid"]) == ("late", "READY", child.pid)


def test_a_killed_process_comes_back_and_is_counted(supervisor):
    child = supervisor.start(spec("one"))
    supervisor.wait_until_ready(["one"])
    first = child.pid
    for kills in (1, 2):
        os.kill(child.pid, signal.SIGKILL)
        supervise_until(supervisor, lambda kills=kills: child.restarts == kills and child.state is State.READY)
    assert child.pid != first
    assert psutil.pid_exists(child.pid)


def test_pauses_between_restarts_grow_while_it_dies_young(supervisor):
    child = supervisor.start(spec("dying", [sys.executable, "-c", "raise SystemExit(3)"]))
    pauses = []
    for deaths in (1, 2, 3):
        supervise_until(supervisor, lambda deaths=deaths: child.restarts == deaths)
        pauses.append(child.retry_at - time.monotonic())
        child.retry_at = 0.0
    assert pauses[0] < pauses[1] < pauses[2]


def test_a_start_that_cannot_succeed_ends_with_the_last_words_of_the_process(supervisor):
    supervisor.start(
        spec("broken", [sys.executable, "-c", "print('no such database'); raise SystemExit(3)"], is_ready=lambda: False)
    )
    with pytest.raises(StartFailed, match=r"(?s)broken berakhir dengan kode 3.*no such database"):
        supervisor.wait_until_ready(["broken"])


def test_a_process_that_never_gets_ready_fails_the_start(supervisor):
    supervisor.start(spec("mute", is_ready=lambda: False, ready_within=0.2))
    with pytest.raises(StartFailed, match="mute tidak kunjung siap"):
        supervisor.wait_until_ready(["mute"])


def test_what_a_dead_process_leaves_in_its_group_dies_too(supervisor):
    child = supervisor.start(spec("parent", WITH_CHILD))
    wait_for("its child", lambda: child.log.read_text().strip().isdigit())
    grandchild = int(child.log.read_text())
    os.kill(child.pid, signal.SIGKILL)
    supervise_until(supervisor, lambda: child.restarts == 1)
    wait_for(
        "the end of its child",
        lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == psutil.STATUS_ZOMBIE,
    )


def test_processes_stop_in_order_and_stubborn_ones_are_killed(supervisor):
    supervisor.start(spec("database", order=10))
    stubborn = supervisor.start(spec("stubborn", STUBBORN, order=60, stop_within=0.3))
    supervisor.start(spec("edge", order=90))
    wait_for("its start", lambda: "up" in stubborn.log.read_text())
    stopped = []
    supervisor.stop_all(stopped.append)
    assert stopped == ["edge", "stubborn", "database"]
    assert stubborn.exit_code == -signal.SIGKILL


def test_commands_that_end_by_themselves_run_a_few_at_a_time(supervisor, tmp_path):
    done = []
    specs = [spec(f"job-{n}", [sys.executable, "-c", "pass"]) for n in range(5)]
    supervisor.run_once(specs, 2, done.append)
    assert sorted(done) == [s.name for s in specs]


def test_a_failing_command_stops_the_start_and_the_others(supervisor):
    specs = [spec("long"), spec("failing", [sys.executable, "-c", "raise SystemExit('kolom hilang')"])]
    with pytest.raises(StartFailed, match="kolom hilang"):
        supervisor.run_once(specs, 2, lambda _name: None)
    assert not [p for p in psutil.Process().children() if p.cmdline() == SLEEP]


def test_why_a_migration_died_is_readable(supervisor):
    """The log holds one line of JSON with a trace of many kilobytes; the operator reads what it says in the end."""
    script = (
        "from chassis.observability.logging import configure_logging as c; c('training', 'migrate')\n"
        "def deep(n):\n"
        "    if n: deep(n - 1)\n"
        "    raise RuntimeError('kolom hilang' + chr(10) + '[SQL: ALTER TABLE ' + 'x' * 20000 + ']')\n"
        "deep(80)"
    )
    with pytest.raises(StartFailed) as failed:
        supervisor.run_once([spec("training-migrate", [sys.executable, "-c", script])], 2, lambda _name: None)
    first, *lines = str(failed.value).splitlines()
    assert first.startswith("Proses training-migrate berakhir dengan kode 1.")
    assert lines == ["process_failed", "  RuntimeError: kolom hilang"]


def test_a_signal_ends_the_watch(supervisor):
    supervisor.start(spec("one"))
    supervisor.wait_until_ready(["one"])
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(Stopped):
        supervisor.supervise_until_stopped()


RUNNER = """
import sys, time
from pathlib import Path
from suar_runner.process import ProcessSpec
from suar_runner.supervisor import Supervisor
folder = Path(sys.argv[1])
supervisor = Supervisor(folder, folder / "status.json")
with supervisor.listening_to_signals():
    for name in ("a", "b"):
        supervisor.start(ProcessSpec(name, [sys.executable, "-c", "import time; time.sleep(600)"], {}, 1))
    supervisor.wait_until_ready(["a", "b"])
    supervisor.write_status(phase="ready")
    supervisor.supervise_until_stopped()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_children_die_with_a_killed_runner(tmp_path):
    runner = subprocess.Popen([sys.executable, "-c", RUNNER, str(tmp_path)])
    status = tmp_path / "status.json"
    wait_for("the runner", lambda: status.exists() and json.loads(status.read_text()).get("phase") == "ready")
    children = psutil.Process(runner.pid).children()
    assert len(children) == 2
    runner.kill()
    runner.wait()
    wait_until_empty("the end of its children", lambda: psutil.wait_procs(children, timeout=0)[1])


def test_survivors_of_a_killed_runner_are_ended_but_never_another_process_with_their_pid(tmp_path):
    survivor, other = (subprocess.Popen(SLEEP, start_new_session=True) for _ in range(2))
    status = tmp_path / "status.json"
    entries = [
        {"name": "worker", "pid": survivor.pid, "started": psutil.Process(survivor.pid).create_time()},
        {"name": "other", "pid": other.pid, "started": psutil.Process(other.pid).create_time() - 3600},
    ]
    status.write_text(json.dumps({"processes": entries}))
    try:
        assert end_survivors(status) == ["worker"]
        assert not psutil.pid_exists(survivor.pid)
        assert other.poll() is None
    finally:
        for process in (survivor, other):
            process.kill()
            process.wait()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"processes": 3}', "nonsense"])
def test_a_damaged_status_file_is_no_obstacle(tmp_path, content):
    (tmp_path / "status.json").write_text(content)
    assert end_survivors(tmp_path / "status.json") == []


def test_a_log_that_grows_too_large_is_turned_over_while_it_is_written(tmp_path):
    log = tmp_path / "a.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 2000)
        trim_log(log, limit=1000)
        writer.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "a.log.1").stat().st_size == 2000
