"""Timers that fire while others change the same things: everything gets through, and once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from desk.core import HandledEvent, Loan, lend
from sqlalchemy import select, text
from structlog.testing import capture_logs

from chassis import timers
from chassis.db.availability import is_lock_conflict
from chassis.ids import new_id
from chassis.waiting import wait_for

KIND = "renewal"


def lock(tx, loan_id):
    return tx.session.execute(select(Loan).where(Loan.id == loan_id).with_for_update()).scalar_one()


@pytest.fixture
def renewals(desk):
    """A handler that locks its loan, as those of the services do."""

    @desk.worker.timers.on(KIND)
    def renew(tx, timer):
        lock(tx, timer.key)
        tx.session.add(HandledEvent(id=new_id(), agency_id=tx.agency_id, subject=timer.key, sequence=0))
        tx.session.flush()

    yield
    del desk.worker.timers._handlers[KIND]
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM timer WHERE kind = :kind"), {"kind": KIND})


@pytest.fixture
def loans(desk, agency, at, renewals):
    """Loans of which each has a timer that is due, in this order."""
    desk.clock.freeze(at(2026, 1, 5))
    with desk.work.transaction(agency) as tx:
        made = [lend(tx, "x").id for _ in range(3)]
        for number, loan in enumerate(made):
            timers.schedule(tx, KIND, loan, tx.now - timedelta(minutes=10 - number))
    return made


def handled(desk, agency):
    with desk.work.transaction(agency) as tx:
        return Counter(tx.session.execute(select(HandledEvent.subject)).scalars())


def rows(desk, agency):
    query = text("SELECT key, due_at, attempts FROM timer WHERE agency_id = :agency AND kind = :kind")
    with desk.work.database.engine.connect() as connection:
        return {row.key: row for row in connection.execute(query, {"agency": agency, "kind": KIND})}


def waits_for_a_lock(desk):
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with desk.work.database.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def events_of(loans, logs):
    """What was logged of these timers: those of other tests may come round meanwhile."""
    return [one["event"] for one in logs if one.get("key") in map(str, loans)]


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_who_changes_an_object_and_then_its_timer_waits_for_nobody(desk, agency, loans, act):
    later = desk.clock.now() + timedelta(days=3)
    with capture_logs() as logs, ThreadPoolExecutor() as pool:
        with desk.work.transaction(agency) as tx:
            lock(tx, loans[0])
            firing = pool.submit(desk.worker.timers.fire_due, desk.work)
            wait_for("the handler", lambda: waits_for_a_lock(desk))
            if act == "move":
                timers.schedule(tx, KIND, loans[0], later)
            else:
                timers.cancel(tx, KIND, loans[0])
        firing.result()
    # what the handler did for the former time is undone, and no other timer is held up
    assert handled(desk, agency) == {str(loan): 1 for loan in loans[1:]}
    assert {key: row.due_at for key, row in rows(desk, agency).items()} == (
        {str(loans[0]): later} if act == "move" else {}
    )
    assert events_of(loans, logs) == ["timer_changed_meanwhile"]


def test_timers_and_a_change_of_many_that_wait_for_each_other_both_get_through(desk, agency, loans):
    fired = []

    def fire():
        while tried := desk.worker.timers.fire_due(desk.work):
            fired.append(tried)

    def change():
        with desk.work.transaction(agency) as tx:
            lock(tx, loans[1])
            begin.set()
            wait_for("the second handler", lambda: waits_for_a_lock(desk))
            lock(tx, loans[0]).title = lock(tx, loans[1]).title = "changed"

    begin = threading.Event()
    with capture_logs() as logs, ThreadPoolExecutor() as pool:
        changing = pool.submit(change)
        begin.wait()
        firing = pool.submit(fire)
        refused = changing.exception()
        firing.result()
    assert refused is None or is_lock_conflict(refused)
    assert handled(desk, agency) == {str(loan): 1 for loan in loans}
    assert rows(desk, agency) == {}
    assert events_of(loans, logs) == ([] if refused else ["timer_gives_way"])


def test_several_workers_fire_each_timer_once(desk, agency, at, renewals):
    desk.clock.freeze(at(2026, 1, 5))
    with desk.work.transaction(agency) as tx:
        made = [lend(tx, "x").id for _ in range(100)]
        timers.schedule_all(tx, KIND, dict.fromkeys(made, tx.now))

    def fire(_worker):
        while desk.worker.timers.fire_due(desk.work, limit=5):
            pass

    with ThreadPoolExecutor() as pool:
        list(pool.map(fire, range(2)))
    assert handled(desk, agency) == {str(loan): 1 for loan in made}
    assert rows(desk, agency) == {}
