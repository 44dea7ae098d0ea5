"""A worker's loops are woken when something is due: by whoever makes it so, by a turned clock, or by a question."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from chassis import due, timers
from chassis.due import AUDIT, DEFERRED, JOBS, TIMERS, DueWork
from chassis.ids import new_id
from chassis.jobs import Nothing, start
from chassis.waiting import wait_for

KIND = "probe"
_TIMER = text("INSERT INTO timer (kind, key, agency_id, due_at) VALUES (:kind, :key, :agency, :due)")
_FORGET = text("DELETE FROM timer WHERE agency_id = :agency")


@pytest.fixture
def seldom(monkeypatch):
    """Nobody asks a second time within a test: what is found out after the first question, something has woken."""
    monkeypatch.setattr(due, "QUESTION_SECONDS", 600.0)


@contextmanager
def watching(desk):
    stop = threading.Event()
    work = DueWork(desk.work.database.engine, desk.work.clock, [KIND], [KIND])
    thread = threading.Thread(target=work.watch, args=(stop,))
    thread.start()
    try:
        yield work
    finally:
        stop.set()
        thread.join()


def wait_until_due(due_work, kind):
    """Take what is due until this kind is among it: other tests' rows may make another kind due before."""
    wait_for(f"{kind} due", lambda: kind in due_work.take(threading.Event()))


def ask_once(desk, agency, work):
    """Return once the watcher has asked, and so listens; nothing of this test is due any more then."""
    with desk.work.transaction(agency) as tx:
        tx.session.execute(_TIMER, {"kind": KIND, "key": "first", "agency": agency, "due": tx.now})
    wait_until_due(work.ticks, TIMERS)
    with desk.work.transaction(agency) as tx:
        tx.session.execute(_FORGET, {"agency": agency})


def test_a_timer_that_is_due_at_once_wakes(desk, agency):
    with watching(desk) as work:
        ask_once(desk, agency, work)
        with desk.work.transaction(agency) as tx:
            timers.schedule(tx, KIND, "now", tx.now)
        wait_until_due(work.ticks, TIMERS)


def test_the_notification_alone_wakes(desk, agency, seldom):
    with desk.work.transaction(agency) as tx:
        tx.session.execute(_TIMER, {"kind": KIND, "key": "first", "agency": agency, "due": tx.now})
    with watching(desk) as work:
        wait_until_due(work.ticks, TIMERS)
        with desk.work.transaction(agency) as tx:
            tx.session.execute(_FORGET, {"agency": agency})
            timers.schedule_all(tx, KIND, {"now": tx.now, "later": tx.now + timedelta(days=1)})
        wait_until_due(work.ticks, TIMERS)
        with desk.work.transaction(agency) as tx:
            start(tx, KIND, Nothing(), None)
        wait_until_due(work.jobs, JOBS)


def test_a_clock_that_is_turned_wakes(desk, agency, at, seldom):
    desk.clock.turn(at(2026, 3, 1))
    with desk.work.transaction(agency) as tx:
        tx.session.execute(_TIMER, {"kind": KIND, "key": "first", "agency": agency, "due": tx.now})
    with watching(desk) as work:
        wait_until_due(work.ticks, TIMERS)
        with desk.work.transaction(agency) as tx:
            tx.session.execute(_FORGET, {"agency": agency})
            timers.schedule(tx, KIND, "spring", tx.now + timedelta(days=31))
        desk.clock.turn(at(2026, 4, 2))
        wait_until_due(work.ticks, TIMERS)


def test_what_becomes_due_by_itself_is_found_without_a_notification(desk, agency):
    deferred = text(
        "INSERT INTO deferred (event_id, agency_id, producer, name, version, subject, body, cause, error, "
        "next_attempt_at) VALUES (:id, :agency, 'desk', 'BookLent', 1, 'x', '{}', 'x', 'x', clock_timestamp())"
    )
    audited = text(
        "INSERT INTO audit (agency_id, at, actor, action, object_type, object_id, detail) "
        "VALUES (:agency, :now, 'x', 'x', 'x', 'x', '{}')"
    )
    with watching(desk) as work:
        ask_once(desk, agency, work)
        with desk.work.transaction(agency) as tx:
            tx.session.execute(deferred, {"id": new_id(), "agency": agency})
            tx.session.execute(audited, {"agency": agency, "now": tx.now})
        found = set()
        wait_for("both", lambda: found.update(work.ticks.take(threading.Event())) or found >= {DEFERRED, AUDIT})
        # nothing can be made of it, and whoever retries would stop at it
        with desk.work.transaction(agency) as tx:
            tx.session.execute(text("DELETE FROM deferred WHERE agency_id = :agency"), {"agency": agency})


def test_timers_are_scheduled_together_as_each_alone(desk, agency):
    with desk.work.transaction(agency) as tx:
        timers.schedule(tx, KIND, "again", tx.now + timedelta(days=9), {"after": 1})
        timers.schedule_all(tx, KIND, {key: tx.now + timedelta(days=day) for day, key in enumerate(("b", "again"), 1)})
        rows = tx.session.execute(
            text("SELECT key, due_at - :now AS wait, data FROM timer WHERE agency_id = :agency ORDER BY key"),
            {"now": tx.now, "agency": agency},
        ).all()
    assert rows == [("again", timedelta(days=2), {}), ("b", timedelta(days=1), {})]
