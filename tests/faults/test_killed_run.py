"""A test run that is killed cannot take anything down; what it has started ends all the same."""

import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from chassis.waiting import wait_for, wait_until_empty
from testkit.parent_death import ending_with_us

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")

RUN = """
import os, sys, time
from pathlib import Path
from testkit.backends import EmbeddedPostgres
from tests.faults.supervised import SupervisedProcess
server = EmbeddedPostgres()
server.start()
supervised = SupervisedProcess("sleeper", ["sleep", "600"], dict(os.environ), Path(os.devnull))
print(server.folder, flush=True)
time.sleep(600)
"""


def sleepers(run: psutil.Process) -> list[psutil.Process]:
    return [one for one in run.children() if one.name() == "sleep"]


def test_processes_started_again_and_a_database_server_end_with_a_killed_run():
    run = subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True)
    folder = Path(run.stdout.readline().strip())
    try:
        (first,) = wait_for("the process", lambda: sleepers(psutil.Process(run.pid)))
        first.kill()
        wait_for("its second start", lambda: set(sleepers(psutil.Process(run.pid))) - {first})
        children = psutil.Process(run.pid).children(recursive=True)
        assert {"postgres", "sleep"} <= {one.name() for one in children}
        run.kill()
        wait_until_empty("the end of its children", lambda: psutil.wait_procs(children, timeout=0)[1])
    finally:
        run.kill()
        run.wait()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_command_whose_starter_is_gone_is_not_run(tmp_path):
    command = ending_with_us(["touch", tmp_path / "touched"])
    command[command.index(str(psutil.Process().pid))] = "1"
    done = subprocess.run(command, check=False)
    assert done.returncode == 1
    assert not (tmp_path / "touched").exists()
