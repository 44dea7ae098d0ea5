"""The worker as a process of its own: killed in the middle of a day on which many leave, it misses and repeats nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from chassis.bus.envelope import to_json
from chassis.waiting import Remaining, wait_for
from testkit.parent_death import ending_with_us
from tests.directory.builders import employee_timeline
from tests.gateway.builders import an_account
from tests.gateway.component.test_following import retired
from tests.gateway.conftest import environment_of

PEOPLE = 120
LAST_DAY = date(2026, 3, 1)


@pytest.fixture
def run_worker(service, identity_environment, signing_key):
    """Start real worker processes on the service's database and clock."""
    environment = environment_of(service, identity_environment, signing_key)
    running = []

    def begin():
        variables = {**os.environ, **environment, "CLOCK_FILE": str(service.clock.path), "LOG_LEVEL": "ERROR"}
        command = ending_with_us([sys.executable, "-m", "chassis", "worker", "gateway"])
        running.append(subprocess.Popen(command, env=variables))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def leavers(gateway, service):
    """Many accounts whose people all retire on one day."""
    agency, people = gateway.agency, [uuid4() for _ in range(PEOPLE)]
    service.clock.freeze(datetime(2026, 2, 20, 3, tzinfo=UTC))
    data = {"agency_id": agency, "name": "K", "time_zone": "Asia/Jakarta", "version": 1}
    service.deliver("AgencyChanged", data, producer="personnel", agency=agency, subject=agency)
    made = gateway.create(*(an_account(employee_id=str(one)) for one in people))
    assert {one["outcome"] for one in made.get_json()["items"]} == {"CREATED"}
    for one in people:
        timeline = to_json(employee_timeline(one, *retired(LAST_DAY), version=2))
        service.deliver("EmployeeTimelineChanged", timeline, producer="personnel", agency=agency, subject=one)
    return people


def reduced(service, agency: str) -> int:
    with service.work.transaction(agency) as tx:
        query = text("SELECT count(*) FROM account WHERE access = 'OWN_RECORDS'")
        return int(tx.session.execute(query).scalar_one())


def test_a_worker_killed_on_the_day_reduces_every_account_once(service, gateway, leavers, run_worker):
    service.clock.freeze(datetime(2026, 3, 1, 3, tzinfo=UTC))
    for wanted in (1, PEOPLE // 2):
        worker = run_worker()
        wait_for("some", lambda wanted=wanted: reduced(service, gateway.agency) >= wanted)
        worker.kill()
        worker.wait()
    run_worker()
    wait_for("all", lambda: (done := reduced(service, gateway.agency)) == PEOPLE or Remaining(PEOPLE - done))
    said = Counter(one["data"]["employee_id"] for one in service.events(gateway.agency, "AccountAccessChanged"))
    assert said == Counter({str(one): 1 for one in leavers})
