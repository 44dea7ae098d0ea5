"""How far back a service still knows what it has heard or said. What is older and unknown may have been forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from chassis.observability.metrics import age_of

# No horizon comes nearer than this, so that nothing younger need be compared with it.
NEAREST = timedelta(days=30)
UUID_OF_TIME = 7

# It stands among the other numbers that only grow: milliseconds, as UUIDv7 counts them.
_WHERE = "agency_id = '' AND projection = 'horizon' AND producer = :what AND subject = ''"
_READ = text(f"SELECT sequence FROM projection_version WHERE {_WHERE}")  # noqa: S608 - a constant
_ADVANCE = text(
    "INSERT INTO projection_version AS p (agency_id, projection, producer, subject, sequence) "
    "VALUES ('', 'horizon', :what, '', :to) ON CONFLICT (agency_id, projection, producer, subject) "
    "DO UPDATE SET sequence = greatest(p.sequence, excluded.sequence)"
)


def first_id(moment: datetime) -> UUID:
    """The least id that can have been made at a moment: lesser ones were made before it."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def horizon_of(connection: Connection | Session, what: str) -> UUID:
    """Ids below this one may have been forgotten; `what` is inbox or outbox."""
    return UUID(int=(connection.execute(_READ, {"what": what}).scalar() or 0) << 80)


def move_horizon(connection: Connection, what: str, moment: datetime) -> None:
    connection.execute(_ADVANCE, {"what": what, "to": first_id(moment).int >> 80})


def is_old(event_id: UUID) -> bool:
    """Whether it can lie beyond a horizon at all; an id that was not made of a time never does."""
    return event_id.version == UUID_OF_TIME and age_of(event_id) > NEAREST.total_seconds()


def beyond(connection: Connection | Session, what: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those about which nothing can be said any more."""
    old = [one for one in ids if is_old(one)]
    if not old:
        return set()
    limit = horizon_of(connection, what)
    return {one for one in old if one < limit}
