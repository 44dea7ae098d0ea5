"""The order in which received events get their place in the feed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from notification.domain.event_type import EventTypeNotice

# How long an event waits for its predecessor of the same subject before it is let through without it.
PATIENCE_SECONDS = 5.0

Stream = tuple[str, str]


@dataclass(frozen=True)
class QueuedEvent:
    """An event without a place yet: arrival number, the stream it belongs to, and its number in that stream."""

    arrival: int
    event_id: UUID
    producer: str
    subject: str
    sequence: int
    waited: float = 0.0
    internal: bool = False

    @property
    def stream(self) -> Stream:
        return self.producer, self.subject


@dataclass(frozen=True)
class Taken:
    """What gets its place now, in order, and how far each stream has come with it."""

    events: tuple[QueuedEvent, ...]
    heads: Mapping[Stream, int]


def take_in_order(queued: Sequence[QueuedEvent], heads: Mapping[Stream, int]) -> Taken:
    """Order of arrival between subjects; within a subject of one producer, order of its sequence without a gap.

    Sequences are counted by the producer from 1 and without gaps, internal events included. An event whose
    predecessor is missing waits PATIENCE_SECONDS for it, and what follows it waits too; then it goes on alone, and a
    predecessor that arrives later is placed later: the reader sees it by `sequence`.
    """
    arrived = sorted(queued, key=lambda item: item.arrival)
    streams: dict[Stream, list[QueuedEvent]] = defaultdict(list)
    for item in arrived:
        streams[item.stream].append(item)
    moved: dict[Stream, int] = {}
    ready: dict[Stream, Iterator[QueuedEvent]] = {}
    for stream, items in streams.items():
        going, moved[stream] = _ready(items, heads.get(stream, 0))
        ready[stream] = iter(going)
    events = [found for item in arrived if (found := next(ready[item.stream], None)) is not None]
    return Taken(tuple(events), {stream: head for stream, head in moved.items() if head > heads.get(stream, 0)})


def _ready(items: Sequence[QueuedEvent], head: int) -> tuple[list[QueuedEvent], int]:
    going: list[QueuedEvent] = []
    for item in sorted(items, key=lambda item: (item.sequence, item.arrival)):
        if item.sequence > head + 1 and item.waited < PATIENCE_SECONDS:
            break
        going.append(item)
        head = max(head, item.sequence)
    return going, head


@dataclass(frozen=True)
class ReadFeed:
    """Without cursor and date the feed is read from the grant's first day, or from the beginning."""

    page: PageRequest
    since: date | None
    types: list[str]


@dataclass(frozen=True)
class Placed:
    """An event in its place, as its producer sent it."""

    position: int
    event_id: UUID
    kind: str
    subject: str
    body: str


@dataclass(frozen=True)
class FeedView:
    items: Annotated[Sequence[dict[str, object]], Meta(description="CloudEvents 1.0, as webhooks carry them")]
    next_cursor: Annotated[str, Meta(description="go on with this, also when nothing came")]
    at_end: bool
    notices: Annotated[
        Sequence[EventTypeNotice], Meta(description="those of the types read that are not published for ever")
    ]
