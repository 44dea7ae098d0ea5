"""What the operator's use cases take and return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.backlog import Backlog
from chassis.pagination import PageRequest


@dataclass(frozen=True)
class StatusView(Backlog):
    """The backlog in the service's tables and on the bus."""

    bus_answers: Annotated[bool, Meta(description="false: nothing can be published, and nothing read")]
    queue_ready: Annotated[
        int | None, Meta(description="messages in the queue; null: no queue, or the bus did not answer")
    ]
    dead_letters: Annotated[int | None, Meta(description="messages in the dead-letter queue")]
    queue_consumers: Annotated[int | None, Meta(description="consumers of the queue")]


@dataclass(frozen=True)
class AffectedView:
    affected: int


@dataclass(frozen=True)
class EventIdsView:
    ids: Sequence[UUID]


@dataclass(frozen=True)
class ParkedGroupKey:
    """Parked events that belong together: one producer, one event, one cause."""

    producer: str
    name: str
    cause: str


@dataclass(frozen=True)
class ParkedGroupView(ParkedGroupKey):
    count: int
    first_failed_at: datetime
    last_parked_at: datetime
    latest_error: str


@dataclass(frozen=True)
class ListFailedEvents:
    """Which failed events to list; None stands for any. `state` is DEFERRED, PARKED or DISCARDED."""

    page: PageRequest
    state: str | None
    cause: str | None
    producer: str | None
    name: str | None


@dataclass(frozen=True)
class FailedEventView:
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
class FailedEventDetailView(FailedEventView):
    """A failed event with its envelope and the traceback of its last error."""

    body: dict[str, Any]
    error: str


@dataclass(frozen=True)
class RecordedEventView:
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
class ProcessedEventView:
    event_id: UUID
    name: str
    received_at: datetime


@dataclass(frozen=True)
class ReplayView:
    id: UUID
    consumer: str
    since: datetime
    sent: int
    requested_at: datetime
    finished_at: datetime | None
