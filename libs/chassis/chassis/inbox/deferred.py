"""The table `deferred`: events that failed, waiting for their next attempt or parked for an operator."""

import traceback
from dataclasses import dataclass

from sqlalchemy import Engine, text

from chassis.bus.envelope import Event
from chassis.inbox import malformed
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.observability.tracing import trace_id_of

log = get_logger()
MAX_TRACE_LENGTH = 4000
_DEFER = text(
    "INSERT INTO deferred AS d (event_id, agency_id, producer, name, version, subject, body, cause, error, "
    "next_attempt_at, parked_at) VALUES (:id, :agency, :producer, :name, :version, :subject, :body, :cause, :error, "
    "clock_timestamp() + make_interval(secs => CAST(:delay AS float)), "
    "CASE WHEN CAST(:delay AS float) IS NULL THEN clock_timestamp() END) "
    "ON CONFLICT (event_id) DO NOTHING"
)


@dataclass(frozen=True)
class Failure:
    """Why an event failed: a short cause by which an operator groups events, and the whole error."""

    cause: str
    error: str

    @classmethod
    def of(cls, error: Exception) -> "Failure":
        trace = "".join(traceback.format_exception(error))
        return cls(type(error).__name__, malformed.storable(trace)[-MAX_TRACE_LENGTH:])


def defer(engine: Engine, event: Event, failure: Failure, *, delay: float | None) -> None:
    """Store a failed event for its next attempt in `delay` seconds; None parks it at once."""
    log.warning("event_failed", **log_fields(event), cause=failure.cause, parked=delay is None)
    metrics.failed(event.producer, event.name, failure.cause, parked=delay is None)
    parameters = {
        "id": event.id,
        "agency": event.agency_id,
        "producer": event.producer,
        "name": event.name,
        "version": event.version,
        "subject": event.subject,
        "body": event.body,
        "cause": failure.cause,
        "error": failure.error,
        "delay": delay,
    }
    with engine.begin() as connection:
        connection.execute(_DEFER, parameters)


def park_malformed(engine: Engine, body: bytes, error: ValueError) -> None:
    """Park a message that is no event. Its content is not logged, for it may hold anything."""
    row = malformed.parked_row(body, error)
    log.warning("event_malformed", event_id=str(row["id"]), bytes=len(body), subject=row["subject"])
    metrics.failed(malformed.PRODUCER, malformed.NAME, malformed.CAUSE, parked=True)
    with engine.begin() as connection:
        connection.execute(_DEFER, row)


def log_fields(event: Event) -> dict[str, str]:
    """Return the fields that tie a log line to an event and to the request that caused it."""
    return {
        "event_id": str(event.id),
        "name": f"{event.producer}.{event.name}",
        "request_id": event.correlation_id,
        "trace_id": trace_id_of(event.traceparent),
    }
