"""The job of a run: given up and started again, and beside a change of the same month."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from chassis.unit_of_work import Transaction
from incentive.persistence.recalculations import dequeue_month, enqueue_months
from tests.incentive.builders import V1, ok


@pytest.fixture
def ready(ministry):
    ministry.policy()
    ministry.amounts()
    return ministry


def test_a_run_whose_job_was_given_up_can_be_started_again(ready):
    ready.hire()
    started = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-01"}), 202)
    with ready.service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE job SET status = 'FAILED' WHERE id = :id"), {"id": started["job_id"]})
    run = ready.calculate("2026-01")
    assert (run["state"], run["round"], run["totals"]["lines"]) == ("CALCULATED", 2, 1)
    assert run["job_id"] != started["job_id"]


def test_a_run_waits_for_a_change_whose_month_was_enqueued_already(ready):
    someone = UUID(str(ready.hire()))
    ready.at(2026, 4, 6, 2)
    month, work = date(2026, 4, 1), ready.service.work
    with work.transaction(ready.agency) as tx:
        enqueue_months(tx, [someone], [month], "predicate")
    with work.transaction(ready.agency) as change:
        enqueue_months(change, [someone, someone], [month], "predicate")
        with work.database.session(ready.agency) as session:
            session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            run = Transaction(session, ready.agency, change.now, change.contracts)
            with pytest.raises(OperationalError, match="lock timeout"):
                dequeue_month(run, [someone], month)
            session.rollback()
