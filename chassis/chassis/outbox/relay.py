"""From the outbox to the bus, in order, nothing lost: one relay at a time drains a database, any process may be it."""

import threading
import time
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import Engine, text

from chassis.bus.publisher import NotConfirmed, Outgoing, Publisher
from chassis.bus.topology import replay_key
from chassis.db.listen import Listener
from chassis.observability import metrics
from chassis.observability.logging import get_logger

log = get_logger()
BATCH = 500
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
# The limit is asked for, not told: knowing it, and not yet how many rows wait, PostgreSQL reads and sorts them all.
# Marks need not outlive a crash of the server: what it forgets of them is published again, and filtered by the inbox.
_TAKE = text(
    "WITH relay AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('suar-relay')) AS is_ours, "
    "set_config('synchronous_commit', 'off', true)) "
    "SELECT position, id, routing_key, body FROM relay JOIN outbox ON relay.is_ours WHERE published_at IS NULL "
    "ORDER BY position LIMIT (SELECT CAST(:limit AS integer)) FOR UPDATE OF outbox SKIP LOCKED"
)
_REPLAY = text("SELECT * FROM replay WHERE finished_at IS NULL ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED")
_HISTORY = text(
    "SELECT position, id, name, version, routing_key, body FROM outbox WHERE published_at IS NOT NULL "
    "AND recorded_at >= :since AND position > :after ORDER BY position LIMIT :limit"
)
_REPLAYED = text(
    "UPDATE replay SET last_position = :position, sent = sent + :sent, "
    "finished_at = CASE WHEN :finished THEN clock_timestamp() END WHERE id = :id"
)
_MARK = text("UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY(:positions)")


@dataclass
class Relay:
    """Publishes what is unpublished. The advisory lock keeps two relays from overtaking each other on one subject."""

    engine: Engine
    publisher: Publisher
    poll_seconds: float = 1.0
    interrupted: bool = False
    _look_at_replays: float = field(default=0.0, init=False)

    def drain_once(self) -> int:
        """Publish one batch; gives its size, 0 when there was nothing to do or another relay is at work."""
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
        """Say one batch of history again, to the queue of whoever asked; gives how many events were looked at."""
        with self.engine.begin() as connection:
            asked = connection.execute(_REPLAY).first()
            if asked is None:
                return 0
            parameters = {"since": asked.since, "after": asked.last_position, "limit": BATCH}
            rows = connection.execute(_HISTORY, parameters).all()
            wanted = {(name, version) for _, name, version in asked.hears}
            everything = any(name == "*" for name, _ in wanted)
            chosen = [row for row in rows if everything or (row.name, row.version) in wanted]
            messages = [Outgoing(replay_key(asked.consumer, row.routing_key), str(row.id), row.body) for row in chosen]
            if messages and self.publisher.publish(messages, replay=True) != len(messages):
                raise NotConfirmed(f"a replay to {asked.consumer} was refused by the broker")
            result = {
                "id": asked.id,
                "position": rows[-1].position if rows else asked.last_position,
                "sent": len(chosen),
                "finished": len(rows) < BATCH,
            }
            connection.execute(_REPLAYED, result)
            metrics.REPLAYED.labels(asked.consumer).inc(len(chosen))
            return len(rows)

    def run(self, stop: threading.Event) -> None:
        listener = Listener(self.engine, "suar_outbox")
        pause = SHORTEST_PAUSE
        while not stop.is_set():
            try:
                listener.open()
                is_more = self._work_once()
                pause = SHORTEST_PAUSE
                self.publisher.tend()
                self.interrupted = False
                if not is_more:
                    listener.wait(self.poll_seconds, stop)
            except Exception as error:  # noqa: BLE001 - broker or database away: the rows wait, and so does the relay
                log.warning("relay_interrupted", error=repr(error), retry_in=pause)
                metrics.INTERRUPTED.inc()
                self.interrupted = True
                self._reset(listener)
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._reset(listener)

    def _work_once(self) -> bool:
        """Drain a batch and, now and then, say history again; tells whether there is more to do at once.

        What was committed after a small batch was taken has sent a notification of its own.
        """
        drained = self.drain_once()
        said_again = 0
        if not drained or time.monotonic() > self._look_at_replays:
            said_again = self.replay_once()
            self._look_at_replays = time.monotonic() + self.poll_seconds
        return drained == BATCH or said_again > 0

    def _reset(self, listener: Listener) -> None:
        listener.close()
        try:
            self.publisher.close()
        except (OSError, psycopg.Error) as error:
            log.info("publisher_closed_badly", error=repr(error))
