"""One handling of one event: its place in the trace, its ids in each log line, its duration."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from structlog.contextvars import bind_contextvars, reset_contextvars

from chassis.bus.envelope import Event
from chassis.causation import Causation, caused_by
from chassis.observability import metrics, tracing


@contextmanager
def hearing(event: Event) -> Iterator[None]:
    """All that is recorded and logged inside names this event and the request it goes back to.

    Thousands of events a second pass here: it is one context, not a nest of them.
    """
    started = time.perf_counter()
    event_id = str(event.id)
    here = tracing.begin(
        f"hear {event.producer}.{event.name}",
        tracing.Kind.CONSUMER,
        event.traceparent,
        event_id=event_id,
        agency=event.agency_id,
    )
    bound = bind_contextvars(
        request_id=event.correlation_id, event_id=event_id, trace_id=here.trace_id, span_id=here.span_id
    )
    failed = ""
    try:
        with caused_by(Causation(event.correlation_id, event_id, here.traceparent)):
            yield
    except Exception as error:
        failed = type(error).__name__
        raise
    finally:
        reset_contextvars(**bound)
        here.end(failed=failed)
        metrics.handled(event.producer, event.name, time.perf_counter() - started)


def count_applied(events: Iterable[Event]) -> None:
    """These events' effects are committed."""
    for event in events:
        metrics.applied(event.producer, event.name, event.id)
