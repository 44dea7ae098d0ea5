"""From the bus to an effect: the effect and the event's id commit together, so a repeat changes nothing."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from chassis.bus.consumer import Incoming
from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.db.sequence_guard import SequenceGuard
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.observability.tracing import trace_id_of
from chassis.outbox import unreadable
from chassis.outbox.hearing import count_applied, hearing
from chassis.outbox.horizon import beyond
from chassis.unit_of_work import PendingWrites, UnitOfWork

log = get_logger()
CRASHES_BEFORE_PARKING = 5
# Seconds until the next attempt; after the last one the event is parked for an operator.
BACK_OFF = (1, 5, 15, 60, 300, 1800, 7200)

# One statement for a batch. In the order of ids, so that two workers with the same events never wait for each other.
_CLAIM = text(
    "INSERT INTO inbox (event_id, producer, name) SELECT e.id, e.producer, e.name "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:producers AS text[]), CAST(:names AS text[])) AS e (id, producer, name) "
    "WHERE :held OR NOT EXISTS (SELECT 1 FROM deferred WHERE event_id = e.id) ORDER BY e.id "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)
_KNOWN = text(
    "SELECT event_id FROM inbox WHERE event_id = ANY(:ids) "
    "UNION SELECT event_id FROM deferred WHERE event_id = ANY(:ids)"
)
_CRASHED = text(
    "INSERT INTO inbox_attempt AS a (event_id, attempts) VALUES (:id, 1) "
    "ON CONFLICT (event_id) DO UPDATE SET attempts = a.attempts + 1, at = clock_timestamp() RETURNING attempts"
)
_DEFER = text(
    "INSERT INTO deferred AS d (event_id, agency_id, producer, name, version, subject, body, cause, error, "
    "next_attempt_at, parked_at) VALUES (:id, :agency, :producer, :name, :version, :subject, :body, :cause, :error, "
    "clock_timestamp() + make_interval(secs => CAST(:delay AS float)), "
    "CASE WHEN CAST(:delay AS float) IS NULL THEN clock_timestamp() END) "
    "ON CONFLICT (event_id) DO NOTHING"
)
# An attempt is counted, and the next one planned, before it is made: a handler that kills its process cannot undo that.
_ATTEMPT = text(
    "UPDATE deferred SET attempts = attempts + 1, "
    "next_attempt_at = clock_timestamp() + make_interval(secs => (CAST(:delays AS float[]))"
    "[least(attempts + 1, cardinality(CAST(:delays AS float[])))]) "
    "WHERE event_id = (SELECT event_id FROM deferred WHERE next_attempt_at <= clock_timestamp() "
    "ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING event_id, body, attempts, cause"
)
_STILL_HELD = text(
    "SELECT 1 FROM deferred WHERE event_id = :id AND attempts = :attempts AND next_attempt_at IS NOT NULL FOR UPDATE"
)
_FAILED_AGAIN = text("UPDATE deferred SET cause = :cause, error = :error WHERE event_id = :id AND attempts = :attempts")
_PARK = text(
    "UPDATE deferred SET next_attempt_at = NULL, parked_at = clock_timestamp(), cause = :cause, error = :error "
    "WHERE event_id = :id AND attempts = :attempts AND next_attempt_at IS NOT NULL"
)


class BeyondHorizon(Exception):
    """Whether an event is a repeat cannot be told any more: an operator decides."""


@dataclass
class Inbox:
    """Applies events to one service. Safe for several processes at once."""

    work: UnitOfWork
    consumers: Consumers
    back_off: Sequence[float] = BACK_OFF

    def receive(self, batch: Sequence[Incoming]) -> None:
        """Commit the effects of a batch of deliveries, or hold back what fails; raises only if the database is away."""
        metrics.taken(len(batch))
        fresh: list[Event] = []
        again: list[Event] = []
        # the dead first: they are counted before anything else of the batch can bring the process down
        for one in sorted(batch, key=lambda one: not one.dead):
            try:
                event = Event.parse(one.body)
            except ValueError as error:
                self._park_unreadable(one.body, error)
                continue
            (again if one.redelivered or one.dead else fresh).append(event)
        for event in self._unknown(again):
            if not self._killed_its_reader(event):
                self.apply_each([event])
        self.apply(fresh)

    def apply(self, events: Sequence[Event]) -> None:
        """Apply events in one transaction; if that fails, one by one, so that a bad one harms no other."""
        if not events:
            return
        try:
            with Session(self.work.database.engine, expire_on_commit=False) as session:
                effective = self._apply_in(session, events)
                session.commit()
            count_applied(effective)
        except (OperationalError, InterfaceError) as error:
            self._raise_if_away(error)
            self.apply_each(events)
        except Exception:  # noqa: BLE001 - found out, one by one, which it was
            self.apply_each(events)

    def apply_each(self, events: Sequence[Event]) -> None:
        """Apply each event in a transaction of its own; one that fails is deferred with its error."""
        for event in events:
            try:
                with Session(self.work.database.engine, expire_on_commit=False) as session:
                    effective = self._apply_in(session, [event])
                    session.commit()
                count_applied(effective)
            except BeyondHorizon as error:
                self._hold(event, "beyond_horizon", str(error), delay=None)
            except Exception as error:  # noqa: BLE001 - any handler's fault is kept with the event
                self._raise_if_away(error)
                self._hold(event, _cause_of(error), _text_of(error), delay=self.back_off[0])

    def retry_due(self, *, limit: int = 100) -> int:
        """Try deferred events whose time has come, at most `limit`; gives how many were tried."""
        tried = 0
        while tried < limit and self._retry_one():
            tried += 1
        return tried

    def _retry_one(self) -> bool:
        with self.work.database.engine.begin() as connection:
            row = connection.execute(_ATTEMPT, {"delays": [float(delay) for delay in self.back_off]}).first()
        if row is None:
            return False
        if row.cause == unreadable.CAUSE:
            self._read_again(row)
            return True
        event = Event.parse(row.body)
        if row.attempts > len(self.back_off) + 1:
            self._failed_again(event, row.attempts, "process_killed", "the reader died on the last attempt")
            return True
        effective: list[Event] = []
        try:
            with Session(self.work.database.engine, expire_on_commit=False) as session:
                if session.execute(_STILL_HELD, {"id": row.event_id, "attempts": row.attempts}).first():
                    effective = self._apply_in(session, [event], held=True)
                    session.execute(text("DELETE FROM deferred WHERE event_id = :id"), {"id": row.event_id})
                session.commit()
        except Exception as error:  # noqa: BLE001 - any handler's fault is kept with the event
            self._raise_if_away(error)
            self._failed_again(event, row.attempts, _cause_of(error), _text_of(error))
        count_applied(effective)
        return True

    def _failed_again(self, event: Event, attempts: int, cause: str, error: str) -> None:
        is_last = attempts > len(self.back_off)
        parameters = {"id": event.id, "attempts": attempts, "cause": cause, "error": error}
        with self.work.database.engine.begin() as connection:
            connection.execute(_PARK if is_last else _FAILED_AGAIN, parameters)
        log.warning("event_failed_again", **_about(event), cause=cause, parked=is_last)
        metrics.held(event.producer, event.name, cause, parked=is_last)

    def _apply_in(self, session: Session, events: Sequence[Event], *, held: bool = False) -> list[Event]:
        """Let events take effect in an open session; gives those that do, which repeats do not."""
        claim = {
            "ids": [event.id for event in events],
            "producers": [event.producer for event in events],
            "names": [event.name for event in events],
            "held": held,
        }
        claimed = {row.event_id for row in session.execute(_CLAIM, claim)}
        # asked after the claim: had the inbox forgotten one of them since, it had moved its horizon before
        if not held and beyond(session, "inbox", claimed):
            raise BeyondHorizon("older than the inbox is kept: nobody can tell whether it took effect before")
        pending, effective = PendingWrites(sequence_guard=SequenceGuard(events)), []
        for event in events:
            if event.id not in claimed:
                metrics.REPEATED.labels(event.producer).inc()
                continue
            claimed.discard(event.id)
            with hearing(event), self.work.bound(session, event.agency_id, pending) as transaction:
                for handler in self.consumers.handlers_of(event):
                    handler(transaction, event)
            effective.append(event)
        pending.write(session)
        return effective

    def _unknown(self, events: Sequence[Event]) -> list[Event]:
        """Those that have neither taken effect nor are held."""
        if not events:
            return []
        with self.work.database.engine.connect() as connection:
            known = set(connection.execute(_KNOWN, {"ids": [event.id for event in events]}).scalars())
        return [event for event in events if event.id not in known]

    def _killed_its_reader(self, event: Event) -> bool:
        """Count a redelivery before trying again; park the event when it has brought the process down too often."""
        with self.work.database.engine.begin() as connection:
            attempts = connection.execute(_CRASHED, {"id": event.id}).scalar_one()
        if attempts <= CRASHES_BEFORE_PARKING:
            return False
        self._hold(event, "process_killed", f"the reader died {attempts - 1} times on this event", delay=None)
        return True

    def _park_unreadable(self, body: bytes, error: ValueError) -> None:
        """Nothing of the body is logged: nobody knows what is in it."""
        row = unreadable.parked(body, error)
        log.warning("event_unreadable", event_id=str(row["id"]), bytes=len(body), subject=row["subject"])
        metrics.held(unreadable.PRODUCER, unreadable.NAME, unreadable.CAUSE, parked=True)
        with self.work.database.engine.begin() as connection:
            connection.execute(_DEFER, row)

    def _read_again(self, row: Any) -> None:
        """An operator asked: a newer version may understand what an older one could not."""
        try:
            event = Event.parse(unreadable.original(row.body))
        except ValueError as error:
            refused = {"id": row.event_id, "attempts": row.attempts, "cause": row.cause, "error": unreadable.why(error)}
            with self.work.database.engine.begin() as connection:
                connection.execute(_PARK, refused)
            return
        self.apply_each([event])
        with self.work.database.engine.begin() as connection:
            connection.execute(text("DELETE FROM deferred WHERE event_id = :id"), {"id": row.event_id})

    def _hold(self, event: Event, cause: str, error: str, *, delay: float | None) -> None:
        log.warning("event_held", **_about(event), cause=cause, parked=delay is None)
        metrics.held(event.producer, event.name, cause, parked=delay is None)
        parameters = {
            "id": event.id,
            "agency": event.agency_id,
            "producer": event.producer,
            "name": event.name,
            "version": event.version,
            "subject": event.subject,
            "body": event.body,
            "cause": cause,
            "error": error,
            "delay": delay,
        }
        with self.work.database.engine.begin() as connection:
            connection.execute(_DEFER, parameters)

    def _raise_if_away(self, error: Exception) -> None:
        """A database that is away is no fault of the event: give the batch back to the broker."""
        if isinstance(error, OperationalError | InterfaceError) and not self.is_database_up():
            raise error

    def is_database_up(self) -> bool:
        try:
            with self.work.database.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever the reason, it is not up
            return False
        return True


def _about(event: Event) -> dict[str, str]:
    """What ties a log line to an event and to the request it goes back to."""
    return {
        "event_id": str(event.id),
        "name": f"{event.producer}.{event.name}",
        "request_id": event.correlation_id,
        "trace_id": trace_id_of(event.traceparent),
    }


def _cause_of(error: Exception) -> str:
    return type(error).__name__


def _text_of(error: Exception) -> str:
    return unreadable.storable("".join(traceback.format_exception(error)))[-4000:]
