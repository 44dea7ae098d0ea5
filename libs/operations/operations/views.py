"""What the use cases return, and the criteria they take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.backlog import Backlog


@dataclass(frozen=True)
class Status(Backlog):
    """The backlog in the service's tables and on the bus; None where there is no queue or the bus does not answer."""

    bus_answers: bool
    queue_ready: int | None
    dead_letters: int | None
    queue_consumers: int | None


@dataclass(frozen=True)
class ParkedGroupKey:
    """Parked events that belong together: one producer, one event, one cause."""

    producer: str
    name: str
    cause: str


@dataclass(frozen=True)
class ParkedGroup:
    producer: str
    name: str
    cause: str
    count: int
    first_failed_at: datetime
    last_parked_at: datetime
    latest_error: str


@dataclass(frozen=True)
class FailedEventFilter:
    """Which failed events to list; None stands for any. `state` is DEFERRED, PARKED or DISCARDED."""

    state: str | None
    cause: str | None
    producer: str | None
    name: str | None


@dataclass(frozen=True)
class FailedEvent:
    event_id: UUID
    agency_id: str
    producer: str
    name: str
    version: int
    subject: str
    cause: str
    attempts: int
    first_failed_at: datetime
    next_attempt_at: datetime | None
    parked_at: datetime | None
    discarded_at: datetime | None
    discard_reason: str | None


@dataclass(frozen=True)
class FailedEventDetail(FailedEvent):
    """A failed event with its envelope and the traceback of its last error."""

    body: dict[str, Any]
    error: str


@dataclass(frozen=True)
class RecordedEvent:
    """An event in this service's outbox; `position` is its place there."""

    position: int
    id: UUID
    agency_id: str
    name: str
    version: int
    subject: str
    sequence: int
    recorded_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class ProcessedEvent:
    event_id: UUID
    name: str
    received_at: datetime


@dataclass(frozen=True)
class Replay:
    id: UUID
    consumer: str
    since: datetime
    sent: int
    requested_at: datetime
    finished_at: datetime | None
