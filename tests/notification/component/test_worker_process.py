"""The worker as a process of its own: what it does by itself, and what a kill costs."""

import os
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from chassis.waiting import Remaining, wait_for, wait_until_empty
from testkit.parent_death import ending_with_us
from tests.notification.builders import contact, issued, plan_activated
from tests.notification.component.mails import Sink, start


@pytest.fixture
def run_worker(service):
    """Start real worker processes on the service's database."""
    settings = service.app.extensions["suar_settings"]
    running = []

    def begin(**environ):
        variables = {
            **os.environ,
            "NOTIFICATION_DATABASE_URL": settings.database_url,
            "AUTH_PUBLIC_KEY_FILE": str(settings.auth_public_key_file),
            "CONTRACTS_DIR": str(settings.contracts_dir),
            "SUAR_MODE": "test",
            "LOG_LEVEL": "WARNING",
            **environ,
        }
        command = ending_with_us([sys.executable, "-m", "chassis", "worker", "notification"])
        running.append(subprocess.Popen(command, env=variables))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


def test_a_consumed_event_reaches_mailbox_and_endpoint_without_anybodys_doing(
    service, run_worker, subscribed, receiver, person, consume
):
    with service.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM email_queue"))
    sink, siti = Sink(), person()
    controller = start(sink)
    try:
        worker = run_worker(SMTP_URL=f"smtp://127.0.0.1:{sink.port}")
        consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
        consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
        wait_for("webhook and e-mail", lambda: bool(receiver.received and sink.mails))
        assert len(receiver.verified(subscribed["secret"])) == 1
        started = time.monotonic()
        worker.terminate()
        assert worker.wait(10) == 0
        assert time.monotonic() - started < 10
    finally:
        controller.stop()


def test_a_worker_killed_in_the_middle_loses_nothing_and_keeps_the_order(
    service, run_worker, subscribed, receiver, consume
):
    people = [new_id() for _ in range(10)]
    slowly = threading.Event()
    receiver.answer = lambda _one: slowly.wait(0.005) or 200
    sent = [
        str(consume("appraisal", "PlanActivated", plan_activated(who, year)).id)
        for year in range(2000, 2030)
        for who in people
    ]
    first = run_worker()
    wait_for("some", lambda: len(receiver.received) > 60 or Remaining(60 - len(receiver.received)))
    first.kill()
    first.wait()
    before = len(receiver.received)
    assert before < len(sent)
    killed = time.monotonic()
    run_worker()
    wait_until_empty("all of them", lambda: set(sent) - {one.event["id"] for one in receiver.received})
    recovery = time.monotonic() - killed
    print(f"\nall {len(sent)} delivered {recovery:.1f} s after the kill, {len(receiver.received) - len(sent)} repeated")
    for who in people:
        years = [one.event["data"]["year"] for one in receiver.received if one.event["subject"] == str(who)]
        firsts = list(dict.fromkeys(years))
        assert firsts == list(range(2000, 2030)), "the first arrival of each stands in order"
