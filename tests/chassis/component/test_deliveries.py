"""What the inbox does with a batch, with redeliveries, and with events that kill their consumer."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk.core import HandledEvent
from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.envelope import Event
from chassis.bus.message import Incoming
from chassis.consumers import is_latest
from chassis.db.sequence_guard import SequenceGuard
from chassis.ids import new_id
from chassis.inbox.crash_guard import CRASHES_BEFORE_PARKING
from chassis.inbox.inbox import BACK_OFF
from chassis.unit_of_work import PendingWrites


class Killed(BaseException):
    """As with a kill, nobody on the way up can do anything about it."""


@pytest.fixture
def kills(desk, agency, monkeypatch):
    def kill(_process, _signal):
        raise Killed

    monkeypatch.setattr("desk.core.os.kill", kill)
    yield
    with desk.work.database.engine.begin() as connection:
        # or another test would try them, without this harmless kill
        connection.execute(text("DELETE FROM deferred WHERE agency_id = :agency"), {"agency": agency})


def an_event(agency, title="x", subject=None):
    subject = subject or new_id()
    body = {
        "id": str(new_id()),
        "source": "/suar/desk",
        "type": "BookLent",
        "subject": str(subject),
        "time": datetime.now(UTC).isoformat(),
        "dataschema": "/contracts/events/desk/BookLent.v1.schema.json",
        "agency": agency,
        "sequence": 1,
        "data": {"loan_id": str(subject), "title": title},
    }
    return Event.parse(json.dumps(body))


def incoming(event, *, redelivered=False, dead_lettered=False):
    return Incoming(event.body.encode(), redelivered, dead_lettered, None)


def handled(desk, agency):
    with desk.work.transaction(agency) as tx:
        return {one.id for one in tx.session.query(HandledEvent)}


def failed(desk, agency):
    return {one["event_id"]: one for one in desk.deferred(agency)}


def make_due(desk, agency):
    with desk.work.database.engine.begin() as connection:
        sql = "UPDATE deferred SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL AND agency_id = :agency"
        connection.execute(text(sql), {"agency": agency})


def test_a_batch_of_several_agencies_leaves_each_its_own(desk, agency):
    mine, theirs, mine_too = an_event(agency), an_event(agency + "-x"), an_event(agency)
    desk.worker.inbox.receive([incoming(one) for one in (mine, theirs, mine_too)])
    assert handled(desk, agency) == {mine.id, mine_too.id}
    assert handled(desk, agency + "-x") == {theirs.id}


def test_an_event_that_is_twice_in_a_batch_takes_effect_once(desk, agency):
    event = an_event(agency)
    desk.worker.inbox.receive([incoming(event), incoming(event), incoming(event, redelivered=True)])
    assert handled(desk, agency) == {event.id}


def test_what_is_written_in_the_middle_of_a_batch_is_each_agencys_own(desk, agency):
    """Whoever writes early writes for the others of the batch too, and then goes on with its own agency."""
    other, seen = agency + "-x", []

    def agency_of(session):
        return session.execute(text("SELECT current_setting('app.agency_id')")).scalar()

    def write(tx, rows):
        seen.append((tx.agency_id, agency_of(tx.session), rows))

    with Session(desk.work.database.engine) as session:
        shared = PendingWrites()
        with desk.work.bound(session, agency, shared) as tx:
            tx.before_commit(write, 1)
        with desk.work.bound(session, other, shared) as tx:
            tx.before_commit(write, 2)
            tx.flush()
            assert agency_of(session) == other
            tx.before_commit(write, 3)
        with desk.work.bound(session, agency, shared) as tx:
            tx.before_commit(write, 4)
            tx.flush()
            assert agency_of(session) == agency
    assert seen == [(agency, agency, [1]), (other, other, [2]), (other, other, [3]), (agency, agency, [4])]


@pytest.mark.parametrize("title", ["half a \ud800 character", "a \0 in the middle"])
def test_an_error_that_quotes_what_no_database_keeps_is_kept_with_its_event(desk, agency, monkeypatch, title):
    def refuse(_tx, event):
        raise ValueError(f"no such title: {event.data['title']}")

    bad, good = an_event(agency, title), an_event(agency)
    usual = desk.worker.consumers.handlers_of
    monkeypatch.setattr(
        desk.worker.consumers, "handlers_of", lambda event: [refuse] if event.id == bad.id else usual(event)
    )
    desk.worker.inbox.receive([incoming(bad), incoming(good)])
    assert handled(desk, agency) == {good.id}
    assert failed(desk, agency)[bad.id]["cause"] == "ValueError"
    make_due(desk, agency)
    desk.worker.inbox.retry_due()
    assert "no such title" in failed(desk, agency)[bad.id]["error"]


def test_a_repeat_of_what_is_deferred_waits_for_its_next_attempt(desk, agency):
    event = an_event(agency, "always fails")
    desk.worker.inbox.receive([incoming(event)])
    desk.worker.inbox.receive([incoming(event), incoming(event, redelivered=True)])
    assert failed(desk, agency)[event.id]["attempts"] == 1


def test_what_was_dead_lettered_is_tried_for_it_may_have_stood_beside_the_culprit(desk, agency):
    event = an_event(agency)
    desk.worker.inbox.receive([incoming(event, dead_lettered=True)])
    assert handled(desk, agency) == {event.id}
    assert failed(desk, agency) == {}


@pytest.mark.parametrize("manner", ["redelivered", "dead_lettered"])
def test_what_kills_its_consumer_again_and_again_is_parked(desk, agency, kills, manner):
    culprit, innocent = an_event(agency, "kills"), an_event(agency)
    for _ in range(CRASHES_BEFORE_PARKING):
        with pytest.raises(Killed):
            desk.worker.inbox.receive([incoming(culprit, **{manner: True})])
    desk.worker.inbox.receive([incoming(culprit, **{manner: True}), incoming(innocent, redelivered=True)])
    assert failed(desk, agency)[culprit.id]["cause"] == "process_killed"
    assert handled(desk, agency) == {innocent.id}


def test_what_kills_its_consumer_on_a_later_attempt_is_parked_too(desk, agency, kills):
    event = an_event(agency, "always fails")
    desk.worker.inbox.receive([incoming(event)])
    with desk.work.database.engine.begin() as connection:
        sql = "UPDATE deferred SET body = replace(body, 'always fails', 'kills') WHERE event_id = :id"
        connection.execute(text(sql), {"id": event.id})
    for attempts in range(2, len(BACK_OFF) + 2):
        make_due(desk, agency)
        with pytest.raises(Killed):
            desk.worker.inbox.retry_due()
        assert failed(desk, agency)[event.id]["attempts"] == attempts
    make_due(desk, agency)
    desk.worker.inbox.retry_due()
    assert failed(desk, agency)[event.id]["cause"] == "process_killed"
    assert failed(desk, agency)[event.id]["parked_at"] is not None


def test_a_try_that_dies_leaves_the_next_attempt_for_later(desk, agency, kills):
    event = an_event(agency, "always fails")
    desk.worker.inbox.receive([incoming(event)])
    with desk.work.database.engine.begin() as connection:
        sql = "UPDATE deferred SET body = replace(body, 'always fails', 'kills') WHERE event_id = :id"
        connection.execute(text(sql), {"id": event.id})
    make_due(desk, agency)
    with pytest.raises(Killed):
        desk.worker.inbox.retry_due()
    waits = (failed(desk, agency)[event.id]["next_attempt_at"] - datetime.now(UTC)).total_seconds()
    assert BACK_OFF[1] - 2 < waits <= BACK_OFF[1]


def test_the_newest_of_a_batch_stands_whatever_the_order(desk, agency):
    """Asked for a whole batch at once, `newer` answers as if each event were alone."""
    loans = [new_id(), new_id()]
    numbered = [(loan, sequence) for loan in loans for sequence in (2, 5, 3, 6)]
    events = [replace(an_event(agency, subject=loan), sequence=sequence) for loan, sequence in numbered]
    with desk.work.database.engine.connect() as connection, Session(connection) as session:
        shared = PendingWrites(sequence_guard=SequenceGuard(events))
        with desk.work.bound(session, agency, shared) as tx:
            answers = [(is_latest(tx, "loan", one), is_latest(tx, "else", one)) for one in events]
        shared.write(session)
        session.commit()
    assert answers == [(True, True), (True, True), (False, False), (True, True)] * 2
    with desk.work.transaction(agency) as tx:
        assert [is_latest(tx, "loan", replace(events[0], sequence=sequence)) for sequence in (5, 6, 7)] == [
            False,
            False,
            True,
        ]
        assert [is_latest(tx, "else", replace(events[4], sequence=sequence)) for sequence in (5, 6, 7)] == [
            False,
            False,
            True,
        ]


def test_two_workers_with_one_subject_leave_the_newest_state(desk, agency):
    """The second waits for the first, and then knows what it did."""
    loan, other = new_id(), new_id()
    older = [replace(an_event(agency, subject=one), sequence=1) for one in (loan, other)]
    newer = [replace(an_event(agency, subject=one), sequence=2) for one in (other, loan)]
    answers = {}

    def work_on(name, events, before_commit):
        with Session(desk.work.database.engine) as session:
            shared = PendingWrites(sequence_guard=SequenceGuard(events))
            with desk.work.bound(session, agency, shared) as tx:
                answers[name] = [is_latest(tx, "loan", one) for one in events]
            before_commit()
            shared.write(session)
            session.commit()

    second = threading.Thread(target=work_on, args=("older", older, lambda: None))
    work_on("newer", newer, second.start)
    second.join(20)
    assert answers == {"newer": [True, True], "older": [False, False]}
