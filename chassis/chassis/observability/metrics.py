"""What is counted and timed, for Prometheus. Names and labels stand here once; nothing personal is ever a label."""

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

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LAG = (0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)
SIZES = (1, 2, 5, 10, 25, 50, 100, 250, 500)
# A clock that is set back between two machines must not make a lag negative.
NO_LAG = 0.0

# when each count began is known to whoever scrapes; as series of their own they would be half of all
disable_created_metrics()  # type: ignore[no-untyped-call]

REQUESTS = Counter("suar_http_requests", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("suar_http_request_seconds", "From request to answer", ["method", "route"], buckets=QUICK)
PUBLISHED = Counter("suar_relay_published", "Events that the broker has confirmed")
REPLAYED = Counter("suar_relay_replayed", "Events of history said again", ["consumer"])
RELAY_BATCH = Histogram("suar_relay_batch_size", "Events published at once", buckets=SIZES)
RELAY_SECONDS = Histogram("suar_relay_batch_seconds", "To publish one batch and have it confirmed", buckets=QUICK)
INTERRUPTED = Counter("suar_relay_interrupted", "Times that the relay lost the bus or its database")
BUS_LOST = Counter("suar_bus_connection_lost", "Times that the consumer lost the bus")
TAKEN_BATCH = Histogram("suar_consumer_batch_size", "Events taken from the queue at once", buckets=SIZES)
TAKEN = Counter("suar_consumer_received", "Deliveries taken from the queue, repeats included")
APPLIED = Counter("suar_events_applied", "Events that took effect, and were committed", ["producer", "name"])
REPEATED = Counter("suar_events_repeated", "Deliveries of what had taken effect before", ["producer"])
EVENT_LAG = Histogram("suar_event_lag_seconds", "From saying to committed effect", ["producer"], buckets=LAG)
HANDLER_SECONDS = Histogram("suar_event_handler_seconds", "Effect of one event", ["producer", "name"], buckets=QUICK)
HELD = Counter("suar_events_held", "Events held back after a failed attempt", ["producer", "name", "cause", "parked"])
JOB_STEPS = Counter("suar_job_steps", "Steps of bulk work", ["kind", "outcome"])
JOB_SECONDS = Histogram("suar_job_step_seconds", "One step of bulk work", ["kind"], buckets=(*QUICK, 30.0, 60.0))
TIMERS = Counter("suar_timers_fired", "Timers whose time had come", ["kind", "outcome"])
FORGOTTEN = Counter("suar_rows_forgotten", "Rows that were kept long enough, and deleted", ["what"])
DELIVERIES = Counter("suar_deliveries", "Attempts to bring something outside", ["channel", "outcome"])
DELIVERY_SECONDS = Histogram("suar_delivery_seconds", "One attempt to bring something outside", ["channel"])


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """A request was answered; `route` is the rule, never the path, so that no id becomes a label."""
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)


def published(count: int, seconds: float) -> None:
    """The relay has a batch confirmed."""
    PUBLISHED.inc(count)
    RELAY_BATCH.observe(count)
    RELAY_SECONDS.observe(seconds)


def taken(count: int) -> None:
    """The consumer took a batch from its queue."""
    TAKEN.inc(count)
    TAKEN_BATCH.observe(count)


def applied(producer: str, name: str, event_id: UUID) -> None:
    """An event's effect is committed."""
    _applied(producer, name).inc()
    _lag(producer).observe(age_of(event_id))


def handled(producer: str, name: str, seconds: float) -> None:
    """A handler has seen an event."""
    _handler_seconds(producer, name).observe(seconds)


# the names on the bus are few, and looking a label up costs more than counting
_applied = cache(APPLIED.labels)
_lag = cache(EVENT_LAG.labels)
_handler_seconds = cache(HANDLER_SECONDS.labels)


def held(producer: str, name: str, cause: str, *, parked: bool) -> None:
    """An attempt failed, and the event waits: for its next attempt, or parked for the operator."""
    HELD.labels(producer, name, cause, "true" if parked else "false").inc()


def delivered(channel: str, outcome: str, seconds: float) -> None:
    """Something was brought outside, or not: channel webhook or email; outcome in the service's own words."""
    DELIVERIES.labels(channel, outcome).inc()
    DELIVERY_SECONDS.labels(channel).observe(seconds)


def age_of(event_id: UUID) -> float:
    """Seconds of real time since a UUIDv7 was made: the business clock, which may be turned, has no part in it."""
    return max(NO_LAG, time.time() - (event_id.int >> 80) / 1000)


def exposition(further: Iterable[Collector] = (), accept: str = "") -> tuple[bytes, str]:
    """Everything counted in this process (in all processes of an API), and what `further` collectors ask for now."""
    registry = CollectorRegistry()
    if os.environ.get(VARIABLE):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    for collector in further:
        registry.register(collector)
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


def forget_process(pid: int) -> None:
    """A process of an API has ended; what it counted stays counted."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]
