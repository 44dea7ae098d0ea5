"""The whole story, while its processes are killed one after another: the same figures at the end."""

import os
import random
import re
import signal
import subprocess
import sys
import threading

import psutil
import pytest

from testkit.parent_death import ending_with_us

KILLABLE = re.compile(r"-m chassis (api|worker) (\w+)")
SECONDS_BETWEEN_KILLS = 4.0


class Killer(threading.Thread):
    """Kills a random service process of a demo with SIGKILL, again and again, by a printed seed."""

    def __init__(self, demo, seed):
        super().__init__(daemon=True)
        self.demo = psutil.Process(demo.pid)
        self.random = random.Random(seed)
        self.done = threading.Event()
        self.killed = []

    def run(self):
        while not self.done.wait(SECONDS_BETWEEN_KILLS):
            victims = [(name, process) for name, process in self.services() if self.is_main(process)]
            # the whole system must have come up once: what is killed before is no service yet
            if len(victims) < 12:
                continue
            name, process = self.random.choice(victims)
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            self.killed.append(name)

    def services(self):
        for process in self.demo.children(recursive=True):
            try:
                match = KILLABLE.search(" ".join(process.cmdline()))
            except psutil.Error:
                continue
            if match:
                yield " ".join(match.groups()), process

    def is_main(self, process):
        """A process that the supervisor looks after, not one of gunicorn's own workers."""
        try:
            return not KILLABLE.search(" ".join(process.parent().cmdline()))
        except (psutil.Error, AttributeError):
            return False


@pytest.mark.faults
@pytest.mark.skipif(os.environ.get("SUAR_FAULTS") != "long", reason="minutes long; SUAR_FAULTS=long asks for it")
def test_a_year_with_kills_ends_in_the_same_figures(record_property):
    seed = int(os.environ.get("SUAR_FAULT_SEED", random.SystemRandom().randrange(10**6)))
    print(f"seed {seed}")
    command = [sys.executable, "-m", "suar_cli", "demo", "--once", "--port", "0", "--employees", "100"]
    demo = subprocess.Popen(
        ending_with_us(command, signal.SIGTERM), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    killer = Killer(demo, seed)
    killer.start()
    try:
        said, _ = demo.communicate(timeout=900)
    finally:
        killer.done.set()
        if demo.poll() is None:
            demo.terminate()
            demo.wait(60)
    record_property("kills", ", ".join(killer.killed))
    assert demo.returncode == 0, f"seed {seed}, killed {killer.killed}:\n{said[-6000:]}"
    assert len(killer.killed) >= 5, killer.killed
