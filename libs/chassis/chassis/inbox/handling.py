"""One handling of one event: its span, its ids in each log line, its duration."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from structlog.contextvars import bind_contextvars, reset_contextvars

from chassis.bus.envelope import Event
from chassis.causation import Causation, caused_by
from chassis.observability import metrics, tracing


@contextmanager
def handling(event: Event) -> Iterator[None]:
    """Tie everything recorded and logged in the block to this event and to the request that caused it.

    Thousands of events a second pass through here: it is one context manager, not several nested ones.
    """
    started = time.perf_counter()
    event_id = str(event.id)
    span = tracing.start_span(
        f"process {event.producer}.{event.name}",
        tracing.Kind.CONSUMER,
        event.traceparent,
        event_id=event_id,
        agency=event.agency_id,
    )
    bound = bind_contextvars(
        request_id=event.correlation_id, event_id=event_id, trace_id=span.trace_id, span_id=span.span_id
    )
    failed = ""
    try:
        with caused_by(Causation(event.correlation_id, event_id, span.traceparent)):
            yield
    except Exception as error:
        failed = type(error).__name__
        raise
    finally:
        reset_contextvars(**bound)
        span.end(failed=failed)
        metrics.handled(event.producer, event.name, time.perf_counter() - started)


def count_processed(events: Iterable[Event]) -> None:
    """Count events whose effects are committed."""
    for event in events:
        metrics.processed(event.producer, event.name, event.id)
