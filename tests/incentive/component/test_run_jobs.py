"""The job of a run: given up and started again, and beside a change of the same month."""

from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.persistence.recalculations import dequeue_month, enqueue_months
from tests.incentive.builders import V1, ok

# Rows of a table that this transaction has read, by an index or from the first to the last.
_READ = text("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = :table")


@contextmanager
def statements(service):
    """Gather the statements that the service sends, one that is sent for each of many rows as often."""
    found, engine = [], service.work.database.engine

    def keep(_connection, _cursor, statement, parameters, _context, is_many):
        found.extend([statement] * (len(parameters) if is_many else 1))

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


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


def test_a_chunk_reads_its_own_entries_of_the_queue_however_many_wait(ready):
    ids, month = sorted(new_id() for _ in range(6000)), date(2026, 4, 1)
    with ready.service.work.transaction(ready.agency) as tx:
        enqueue_months(tx, ids, [month], "predicate")
        dequeue_month(tx, ids[:500], month)
        read = tx.session.execute(_READ, {"table": "recalculation"}).scalar_one()
        waiting = tx.session.execute(text("SELECT count(*) FROM recalculation")).scalar_one()
    assert read < 600
    assert waiting == 5500


def test_lines_are_written_in_as_many_statements_as_one_is(ready):
    with statements(ready.service) as of_one:
        ready.hire()
        ready.calculate("2026-01")
    ready.hire()
    ready.hire()
    with statements(ready.service) as of_three:
        assert ready.calculate("2026-01")["totals"]["lines"] == 3
    inserted = [sum("INTO allowance_line" in one for one in found) for found in (of_one, of_three)]
    assert inserted == [1, 1]
