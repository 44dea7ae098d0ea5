"""All Prometheus metrics: their names and labels are declared here only; no label ever holds personal data."""

import os
import time
from collections.abc import Iterable
from functools import cache
from uuid import UUID

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from chassis.observability.metric_files import VARIABLE

DURATIONS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LAGS = (0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)
SIZES = (1, 2, 5, 10, 25, 50, 100, 250, 500)
# Clock skew between two machines must not make a lag negative.
NO_LAG = 0.0
TIME_ORDERED = 7

# The scraper knows when each count began; as series of their own, `_created` would be half of all series.
disable_created_metrics()  # type: ignore[no-untyped-call]

REQUESTS = Counter("suar_http_requests", "Requests served", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "suar_http_request_seconds", "From request to response", ["method", "route"], buckets=DURATIONS
)
PUBLISHED = Counter("suar_relay_published", "Events that the broker has confirmed")
REPLAYED = Counter("suar_relay_replayed", "Events of history replayed", ["consumer"])
RELAY_BATCH = Histogram("suar_relay_batch_size", "Events published at once", buckets=SIZES)
RELAY_SECONDS = Histogram("suar_relay_batch_seconds", "To publish one batch and have it confirmed", buckets=DURATIONS)
RELAY_INTERRUPTED = Counter("suar_relay_interrupted", "Times that the relay lost the bus or its database")
CONSUMER_INTERRUPTED = Counter("suar_consumer_interrupted", "Times that the consumer lost the bus or its database")
CONSUMER_BATCH = Histogram("suar_consumer_batch_size", "Events received from the queue at once", buckets=SIZES)
RECEIVED = Counter("suar_consumer_received", "Deliveries received from the queue, repeats included")
PROCESSED = Counter("suar_events_processed", "Events whose effects are committed", ["producer", "name"])
DUPLICATES = Counter("suar_events_duplicate", "Deliveries of events that had been processed before", ["producer"])
EVENT_LAG = Histogram("suar_event_lag_seconds", "From publishing to committed effect", ["producer"], buckets=LAGS)
HANDLER_SECONDS = Histogram(
    "suar_event_handler_seconds", "Duration of the handlers of one event", ["producer", "name"], buckets=DURATIONS
)
FAILED = Counter("suar_events_failed", "Failed attempts to process an event", ["producer", "name", "cause", "parked"])
JOB_STEPS = Counter("suar_job_steps", "Steps of bulk work", ["kind", "outcome"])
JOB_SECONDS = Histogram("suar_job_step_seconds", "One step of bulk work", ["kind"], buckets=(*DURATIONS, 30.0, 60.0))
TIMERS = Counter("suar_timers_fired", "Timers whose time had come", ["kind", "outcome"])
PURGED = Counter("suar_rows_purged", "Rows deleted after their retention period", ["rule"])
DELIVERIES = Counter("suar_deliveries", "Attempts of outbound deliveries", ["channel", "outcome"])
DELIVERY_SECONDS = Histogram("suar_delivery_seconds", "One attempt of an outbound delivery", ["channel"])


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request; `route` is the rule, never the path, so that no id becomes a label."""
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)


def published(count: int, seconds: float) -> None:
    """Count a batch that the broker has confirmed to the relay."""
    PUBLISHED.inc(count)
    RELAY_BATCH.observe(count)
    RELAY_SECONDS.observe(seconds)


def received(count: int) -> None:
    """Count a batch that the consumer received from its queue."""
    RECEIVED.inc(count)
    CONSUMER_BATCH.observe(count)


def processed(producer: str, name: str, event_id: UUID) -> None:
    """Count an event whose effects are committed, and observe its lag, unless its id does not tell when it was made."""
    _processed(producer, name).inc()
    if event_id.version == TIME_ORDERED:
        _lag(producer).observe(age_of(event_id))


def handled(producer: str, name: str, seconds: float) -> None:
    """Observe the duration of an event's handlers."""
    _handler_seconds(producer, name).observe(seconds)


# There are few event names, and looking up a label costs more than counting.
_processed = cache(PROCESSED.labels)
_lag = cache(EVENT_LAG.labels)
_handler_seconds = cache(HANDLER_SECONDS.labels)


def failed(producer: str, name: str, cause: str, *, parked: bool) -> None:
    """Count a failed attempt; the event is deferred, or parked for an operator."""
    FAILED.labels(producer, name, cause, "true" if parked else "false").inc()


def delivered(channel: str, outcome: str, seconds: float) -> None:
    """Count an attempt of an outbound delivery; channel is webhook or email, outcome the service's own code."""
    DELIVERIES.labels(channel, outcome).inc()
    DELIVERY_SECONDS.labels(channel).observe(seconds)


def age_of(event_id: UUID) -> float:
    """Return the seconds of real time since a UUIDv7 was generated, whatever the business clock says."""
    return max(NO_LAG, time.time() - (event_id.int >> 80) / 1000)


def registry_with(collectors: Iterable[Collector]) -> CollectorRegistry:
    """Return a registry of all metrics of this process (of all processes of an API) and of further collectors."""
    registry = CollectorRegistry()
    if os.environ.get(VARIABLE):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    for collector in collectors:
        registry.register(collector)
    return registry


def exposition(collectors: Iterable[Collector], accept: str) -> tuple[bytes, str]:
    """Return all metrics in the format that `accept` asks for, and the content type."""
    registry = registry_with(collectors)
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


def mark_dead(pid: int) -> None:
    """Notify prometheus_client that a process of an API has ended; its counts remain."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]
