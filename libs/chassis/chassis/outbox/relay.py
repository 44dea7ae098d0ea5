"""The relay: publishes the outbox to the bus in order. One relay at a time per database; any worker may be it."""

import threading
import time
from dataclasses import dataclass, field
from typing import LiteralString

import psycopg
from sqlalchemy import Engine, text

from chassis.bus.message import Outgoing
from chassis.bus.publisher import NotConfirmed, Publisher
from chassis.bus.topology import replay_key
from chassis.db.availability import is_away, reason_of
from chassis.db.listen import Listener
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.observability.outages import OutageLog

log = get_logger()
BATCH = 500
MIN_PAUSE, MAX_PAUSE = 0.2, 2.0
# The limit is a subquery on purpose: with a constant, and no statistics yet, PostgreSQL reads and sorts all rows.
# Commits are asynchronous: a mark lost in a crash of the server means a repeat, which the inbox filters out.
_TAKE = text(
    "WITH relay AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('suar-relay')) AS is_held, "
    "set_config('synchronous_commit', 'off', true)) "
    "SELECT position, id, routing_key, body FROM relay JOIN outbox ON relay.is_held WHERE published_at IS NULL "
    "ORDER BY position LIMIT (SELECT CAST(:limit AS integer)) FOR UPDATE OF outbox SKIP LOCKED"
)
# `hears` is the column's published name: renaming it would break a relay of the release before during an upgrade.
_REPLAY = text(
    "SELECT *, hears AS subscriptions FROM replay "
    "WHERE finished_at IS NULL ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED"
)
_HISTORY = text(
    "SELECT position, id, name, version, routing_key, body FROM outbox WHERE published_at IS NOT NULL "
    "AND recorded_at >= :since AND position > :after ORDER BY position LIMIT :limit"
)
_REPLAYED = text(
    "UPDATE replay SET last_position = :position, sent = sent + :sent, "
    "finished_at = CASE WHEN :finished THEN clock_timestamp() END WHERE id = :id"
)
# What a relay looks for when nothing has notified it: rows that another relay left when it died, refused ones, replays.
_WAITING: LiteralString = (
    "SELECT EXISTS (SELECT 1 FROM outbox WHERE published_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM replay WHERE finished_at IS NULL)"
)
_MARK = text("UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY(:positions)")


@dataclass
class Relay:
    """Publishes unpublished events. The advisory lock keeps two relays from overtaking each other on one subject."""

    engine: Engine
    publisher: Publisher
    poll_seconds: float = 1.0
    interrupted: bool = False
    _next_replay_check: float = field(default=0.0, init=False)
    _outages: OutageLog = field(default_factory=OutageLog, init=False)

    def drain_once(self) -> int:
        """Publish one batch and return its size; 0 when there is nothing to do or another relay holds the lock."""
        with self.engine.begin() as connection:
            rows = connection.execute(_TAKE, {"limit": BATCH}).all()
            if not rows:
                return 0
            started = time.perf_counter()
            confirmed = self.publisher.publish([Outgoing(row.routing_key, str(row.id), row.body) for row in rows])
            metrics.published(confirmed, time.perf_counter() - started)
            connection.execute(_MARK, {"positions": [row.position for row in rows[:confirmed]]})
            return confirmed

    def replay_once(self) -> int:
        """Replay one batch of history to the consumer that requested it and return how many events were read."""
        with self.engine.begin() as connection:
            replay = connection.execute(_REPLAY).first()
            if replay is None:
                return 0
            parameters = {"since": replay.since, "after": replay.last_position, "limit": BATCH}
            rows = connection.execute(_HISTORY, parameters).all()
            wanted = {(name, version) for _, name, version in replay.subscriptions}
            everything = any(name == "*" for name, _ in wanted)
            chosen = [row for row in rows if everything or (row.name, row.version) in wanted]
            messages = [Outgoing(replay_key(replay.consumer, row.routing_key), str(row.id), row.body) for row in chosen]
            if messages and self.publisher.publish(messages, replay=True) != len(messages):
                raise NotConfirmed(f"a replay to {replay.consumer} was refused by the broker")
            result = {
                "id": replay.id,
                "position": rows[-1].position if rows else replay.last_position,
                "sent": len(chosen),
                "finished": len(rows) < BATCH,
            }
            connection.execute(_REPLAYED, result)
            metrics.REPLAYED.labels(replay.consumer).inc(len(chosen))
            return len(rows)

    def run(self, stop: threading.Event) -> None:
        listener = Listener(self.engine, "suar_outbox")
        pause, is_more = MIN_PAUSE, True
        while not stop.is_set():
            try:
                listener.open()
                is_more = is_more and self._work_once()
                pause = MIN_PAUSE
                self.publisher.keep_alive()
                self.interrupted = False
                if not is_more:
                    is_more = listener.wait(self.poll_seconds, stop) or listener.ask(_WAITING)[0]
            except Exception as error:  # noqa: BLE001 - broker or database down: the rows wait, and so does the relay
                reason = reason_of(error) if is_away(error) else repr(error)
                if self._outages.is_due(reason):
                    log.warning("relay_interrupted", reason=reason)
                metrics.RELAY_INTERRUPTED.inc()
                self.interrupted = True
                self._disconnect(listener)
                is_more = True
                stop.wait(pause)
                pause = min(pause * 2, MAX_PAUSE)
        self._disconnect(listener)

    def _work_once(self) -> bool:
        """Drain a batch and, at intervals, serve replays; return whether there is more to do at once.

        A batch that is not full needs no second look: whatever was committed since has sent its own notification.
        """
        drained = self.drain_once()
        replayed = 0
        if not drained or time.monotonic() > self._next_replay_check:
            replayed = self.replay_once()
            self._next_replay_check = time.monotonic() + self.poll_seconds
        return drained == BATCH or replayed > 0

    def _disconnect(self, listener: Listener) -> None:
        listener.close()
        try:
            self.publisher.close()
        except (OSError, psycopg.Error) as error:
            log.info("publisher_close_failed", error=repr(error))
