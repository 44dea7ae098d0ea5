"""The crash guard: a redelivered event may have killed its consumer, so it is counted before it is tried again."""

from collections.abc import Sequence

from sqlalchemy import Engine, text

from chassis.bus.envelope import Event
from chassis.inbox.deferred import Failure, defer

CRASHES_BEFORE_PARKING = 5
_KNOWN = text(
    "SELECT event_id FROM inbox WHERE event_id = ANY(:ids) "
    "UNION SELECT event_id FROM deferred WHERE event_id = ANY(:ids)"
)
_COUNT = text(
    "INSERT INTO inbox_attempt AS a (event_id, attempts) VALUES (:id, 1) "
    "ON CONFLICT (event_id) DO UPDATE SET attempts = a.attempts + 1, at = clock_timestamp() RETURNING attempts"
)


def without_known(engine: Engine, events: Sequence[Event]) -> list[Event]:
    """Return the events that have neither taken effect nor failed before."""
    if not events:
        return []
    with engine.connect() as connection:
        known = set(connection.execute(_KNOWN, {"ids": [event.id for event in events]}).scalars())
    return [event for event in events if event.id not in known]


def admit(engine: Engine, event: Event) -> bool:
    """Count a redelivery; park the event and return False when it has killed its consumer too often."""
    with engine.begin() as connection:
        attempts = connection.execute(_COUNT, {"id": event.id}).scalar_one()
    if attempts <= CRASHES_BEFORE_PARKING:
        return True
    killed = Failure("process_killed", f"the consumer died {attempts - 1} times on this event")
    defer(engine, event, killed, delay=None)
    return False
