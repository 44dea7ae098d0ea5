"""What a subscriber was allowed to receive, by whom and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notification.domain.errors import StartBeforeGrant, TypesNotGranted


class Channel(StrEnum):
    WEBHOOK = "WEBHOOK"
    FEED = "FEED"
    AMQP = "AMQP"


@dataclass(frozen=True)
class Grant:
    event_types: frozenset[str]
    channels: frozenset[Channel]
    data_from: date | None
    valid_until: date | None
    revoked: bool

    def is_active(self, today: date) -> bool:
        return not self.revoked and (self.valid_until is None or today <= self.valid_until)


def narrow(asked: Iterable[str], granted: frozenset[str]) -> list[str]:
    """The types asked for, refused as a whole when one of them is not granted; nothing asked means all granted."""
    wanted = list(dict.fromkeys(asked))
    outside = [name for name in wanted if name not in granted]
    if outside:
        raise TypesNotGranted(types=", ".join(outside))
    return sorted(wanted or granted)


def check_start(start_from: date | None, data_from: date | None) -> date | None:
    """The first day of data to send, None for "from now on"; never before the grant's own first day."""
    if start_from is not None and data_from is not None and start_from < data_from:
        raise StartBeforeGrant(data_from=data_from.isoformat())
    return start_from


@dataclass(frozen=True)
class Topology:
    """What the operator sets up for a direct AMQP reader: one queue, exact bindings, and no right to write."""

    exchange: str
    queue: str
    routing_keys: tuple[str, ...]
    user: str
    configure: str
    write: str
    read: str


def topology_of(agency_id: str, client_id: str, event_types: Iterable[str], exchange: str) -> Topology:
    """Bindings name each event: a wildcard would let internal events out."""
    name = f"suar.ext.{agency_id}.{client_id}"
    return Topology(
        exchange=exchange, queue=name, routing_keys=tuple(f"{agency_id}.{kind}" for kind in sorted(event_types)),
        user=f"ext-{agency_id}-{client_id}", configure="^$", write="^$", read="^" + name.replace(".", r"\.") + "$",
    )  # fmt: skip
