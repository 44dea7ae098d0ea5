"""Messages as the bus carries them: one to be published, and one that was delivered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

CONTENT_TYPE = "application/cloudevents+json"
OnAck = Callable[[int, bool], object]


@dataclass(frozen=True)
class Outgoing:
    """One message to publish: its routing key and the envelope as JSON text."""

    routing_key: str
    message_id: str
    body: str


@dataclass(frozen=True)
class Incoming:
    """One delivery: its body, whether it was delivered before, and whether it comes from the dead-letter queue."""

    body: bytes
    redelivered: bool
    dead_lettered: bool
    message: Any = field(repr=False, compare=False)
