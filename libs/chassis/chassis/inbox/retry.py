"""Retrying deferred events with a growing back-off, until they succeed or are parked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.envelope import Event
from chassis.inbox import malformed
from chassis.inbox.apply import EventApplier
from chassis.inbox.deferred import Failure, log_fields
from chassis.inbox.handling import count_processed
from chassis.observability import metrics
from chassis.observability.logging import get_logger

log = get_logger()
# The attempt is counted and the next one scheduled before it is made: a handler that kills its process cannot undo it.
_START_ATTEMPT = text(
    "UPDATE deferred SET attempts = attempts + 1, "
    "next_attempt_at = clock_timestamp() + make_interval(secs => (CAST(:delays AS float[]))"
    "[least(attempts + 1, cardinality(CAST(:delays AS float[])))]) "
    "WHERE event_id = (SELECT event_id FROM deferred WHERE next_attempt_at <= clock_timestamp() "
    "ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING event_id, body, attempts, cause"
)
# The attempt still belongs to this process: no operator and no other worker has changed the row since.
_LOCK_ATTEMPT = text(
    "SELECT 1 FROM deferred WHERE event_id = :id AND attempts = :attempts AND next_attempt_at IS NOT NULL FOR UPDATE"
)
_FAILED = text("UPDATE deferred SET cause = :cause, error = :error WHERE event_id = :id AND attempts = :attempts")
_PARK = text(
    "UPDATE deferred SET next_attempt_at = NULL, parked_at = clock_timestamp(), cause = :cause, error = :error "
    "WHERE event_id = :id AND attempts = :attempts AND next_attempt_at IS NOT NULL"
)
_DELETE = text("DELETE FROM deferred WHERE event_id = :id")


@dataclass
class DeferredRetrier:
    """Tries deferred events again when their time has come. Safe for several processes at once."""

    applier: EventApplier
    back_off: Sequence[float]

    def retry_due(self, *, limit: int) -> int:
        """Retry at most `limit` events that are due and return how many were tried."""
        tried = 0
        while tried < limit and self._retry_one():
            tried += 1
        return tried

    def _retry_one(self) -> bool:
        with self.applier.work.database.engine.begin() as connection:
            row = connection.execute(_START_ATTEMPT, {"delays": [float(delay) for delay in self.back_off]}).first()
        if row is None:
            return False
        if row.cause == malformed.CAUSE:
            self._parse_again(row)
        elif row.attempts > len(self.back_off) + 1:
            killed = Failure("process_killed", "the consumer died during the last attempt")
            self._record_failure(Event.parse(row.body), row.attempts, killed)
        else:
            self._attempt(Event.parse(row.body), row.attempts)
        return True

    def _attempt(self, event: Event, attempts: int) -> None:
        effective: list[Event] = []
        try:
            with Session(self.applier.work.database.engine, expire_on_commit=False) as session:
                if session.execute(_LOCK_ATTEMPT, {"id": event.id, "attempts": attempts}).first():
                    effective = self.applier.apply_in(session, [event], is_retry=True)
                    session.execute(_DELETE, {"id": event.id})
                session.commit()
        except Exception as error:  # noqa: BLE001 - any error of a handler is stored with the event
            self.applier.raise_if_database_down(error)
            self._record_failure(event, attempts, Failure.of(error))
        count_processed(effective)

    def _record_failure(self, event: Event, attempts: int, failure: Failure) -> None:
        is_last = attempts > len(self.back_off)
        parameters = {"id": event.id, "attempts": attempts, "cause": failure.cause, "error": failure.error}
        with self.applier.work.database.engine.begin() as connection:
            connection.execute(_PARK if is_last else _FAILED, parameters)
        log.warning("event_retry_failed", **log_fields(event), cause=failure.cause, parked=is_last)
        metrics.failed(event.producer, event.name, failure.cause, parked=is_last)

    def _parse_again(self, row: Any) -> None:
        """Retry a malformed message: a newer version may parse what an older one could not."""
        engine = self.applier.work.database.engine
        try:
            event = Event.parse(malformed.original_bytes(row.body))
        except ValueError as error:
            parameters = {"id": row.event_id, "attempts": row.attempts, "cause": row.cause}
            with engine.begin() as connection:
                connection.execute(_PARK, {**parameters, "error": malformed.reason_of(error)})
            return
        self.applier.apply_each([event])
        with engine.begin() as connection:
            connection.execute(_DELETE, {"id": row.event_id})
