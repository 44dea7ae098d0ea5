"""`up` and `demo` started in the background by a script, whose shell makes them ignore SIGINT, end on INT all the same."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from chassis.waiting import wait_for
from suar_runner.options import Options
from tests.runner.processes import processes_of

pytestmark = pytest.mark.faults


@pytest.fixture
def home():
    path = Path(tempfile.mkdtemp(prefix="suar-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def start_in_background(home, *words):
    """A script that starts `suar` with `&`, tells its pid and waits for it."""
    script = subprocess.Popen(
        ["sh", "-c", '"$@" & echo $!; wait $!', "sh", sys.executable, "-m", "suar_cli", *words],
        env={**os.environ, "TMPDIR": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    return script, int(script.stdout.readline())


def interrupt(script, pid, home):
    """Send INT once it has started processes; return the exit code and what was printed."""
    wait_for("its start", lambda: list(home.glob("**/status.json")) and len(processes_of(home)) > 4)
    os.kill(pid, signal.SIGINT)
    printed, _ = script.communicate()
    return script.returncode, printed


def test_up_ends_with_everything_it_has_started(home):
    options = Options(data=home / "data", port=0, mode="test", temporary=True)
    script, pid = start_in_background(home, "up", *options.arguments(home))
    code, printed = interrupt(script, pid, home)
    assert (code, "Menghentikan semua proses" in printed) == (0, True)
    assert (processes_of(home), list(home.iterdir())) == ([], [])


def test_the_demo_ends_with_everything_it_has_started(home):
    script, pid = start_in_background(home, "demo", "--once", "--employees", "100", "--port", "0")
    code, printed = interrupt(script, pid, home)
    assert (code, "Dihentikan; semua proses dan data demo sudah dibersihkan" in printed) == (130, True)
    assert (processes_of(home), list(home.iterdir())) == ([], [])
