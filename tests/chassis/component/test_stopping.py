"""Being asked to stop: what was let in is answered, what is in hand is finished, and the end comes soon."""

import os
import signal
import time

import psutil
import pytest

from tests.chassis.processes import UnixHTTP, environment_of, process, wait_for_answer
from tests.ports import free_port

SOON = 5.0
VISITORS = 20


@pytest.fixture
def address(tmp_path):
    return tmp_path / "api.sock"


def test_an_api_answers_everybody_it_has_let_in_before_it_goes(desk, address, tmp_path):
    with process(
        tmp_path / "log", environment_of(desk), "api", "desk", "--bind", f"unix:{address}", "--workers", "1"
    ) as api:
        wait_for_answer(address, "/health/live")
        (worker,) = psutil.Process(api.pid).children()
        # while the only worker stands still, the kernel lets people in
        os.kill(worker.pid, signal.SIGSTOP)
        visitors = [UnixHTTP(address) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.request("GET", "/health/live")
        api.send_signal(signal.SIGTERM)
        began = time.monotonic()
        os.kill(worker.pid, signal.SIGCONT)
        assert [visitor.getresponse().status for visitor in visitors] == [200] * VISITORS
        assert api.wait(20) == 0
        assert time.monotonic() - began < SOON
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize("verb", ["api", "worker"])
def test_a_process_with_nothing_to_do_ends_soon_and_well(desk, address, tmp_path, verb):
    log = tmp_path / "log"
    if verb == "worker":
        address = f"127.0.0.1:{free_port()}"
    more = {"MANAGEMENT_BIND": address} if verb == "worker" else {}
    words = ["--bind", f"unix:{address}"] if verb == "api" else []
    with process(log, environment_of(desk, **more), verb, "desk", *words) as running:
        wait_for_answer(address, "/health/live")
        began = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        assert time.monotonic() - began < SOON


def test_settings_that_cannot_work_end_with_every_fault_and_a_code(desk, tmp_path):
    log = tmp_path / "log"
    with process(
        log, {"PATH": os.environ["PATH"], "PYTHONPATH": environment_of(desk)["PYTHONPATH"]}, "api", "desk"
    ) as api:
        assert api.wait(20) == 1
    assert "DESK_DATABASE_URL is missing" in log.read_text()
    assert "CONTRACTS_DIR is missing" in log.read_text()
