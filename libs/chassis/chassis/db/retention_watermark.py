"""Retention watermarks: how far back the inbox and the outbox are complete; older ids may have been purged."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from chassis.observability.metrics import TIME_ORDERED, age_of

# No watermark is ever more recent than this, so that younger ids need not be compared with it.
MINIMUM_RETENTION = timedelta(days=30)

# Stored among the other numbers that only grow, as UUIDv7 milliseconds.
_WHERE = "agency_id = '' AND projection = 'retention_watermark' AND producer = :table AND subject = ''"
_READ = text(f"SELECT sequence FROM projection_version WHERE {_WHERE}")  # noqa: S608 - a constant
_ADVANCE = text(
    "INSERT INTO projection_version AS p (agency_id, projection, producer, subject, sequence) "
    "VALUES ('', 'retention_watermark', :table, '', :to) ON CONFLICT (agency_id, projection, producer, subject) "
    "DO UPDATE SET sequence = greatest(p.sequence, excluded.sequence)"
)


def lowest_id_at(moment: datetime) -> UUID:
    """Return the lowest id that can have been generated at a moment; lower ids were generated before it."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def advance_watermark(connection: Connection, table: str, moment: datetime) -> None:
    """Move the watermark of a table (inbox or outbox) forward to a moment; it never moves back."""
    connection.execute(_ADVANCE, {"table": table, "to": lowest_id_at(moment).int >> 80})


def older_than_retention(connection: Connection | Session, table: str, ids: Iterable[UUID]) -> set[UUID]:
    """Return those ids that are below the table's watermark, so that their absence proves nothing."""
    candidates = [one for one in ids if _can_be_purged(one)]
    if not candidates:
        return set()
    watermark = _watermark_of(connection, table)
    return {one for one in candidates if one < watermark}


def _watermark_of(connection: Connection | Session, table: str) -> UUID:
    return UUID(int=(connection.execute(_READ, {"table": table}).scalar() or 0) << 80)


def _can_be_purged(event_id: UUID) -> bool:
    """Return whether an id is old enough to be below a watermark; an id without a time never is."""
    return event_id.version == TIME_ORDERED and age_of(event_id) > MINIMUM_RETENTION.total_seconds()
