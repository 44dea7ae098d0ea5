"""The SQL of the operator's routes over the tables `deferred`, `outbox`, `inbox` and `replay`."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from operations.views import (
    FailedEvent,
    FailedEventDetail,
    FailedEventFilter,
    ParkedGroup,
    ParkedGroupKey,
    ProcessedEvent,
    RecordedEvent,
    Replay,
)

_FAILED_COLUMNS = (
    "event_id, agency_id, producer, name, version, subject, cause, attempts, first_failed_at, next_attempt_at, "
    "parked_at, discarded_at, discard_reason"
)
_REPLAY_COLUMNS = "id, consumer, since, sent, requested_at, finished_at"
_PARKED_GROUPS = text(
    "SELECT producer, name, cause, count(*) AS count, min(first_failed_at) AS first_failed_at, "
    "max(parked_at) AS last_parked_at, (array_agg(right(error, 300) ORDER BY parked_at DESC))[1] AS latest_error "
    "FROM deferred WHERE parked_at IS NOT NULL AND discarded_at IS NULL "
    "GROUP BY producer, name, cause ORDER BY count DESC"
)
_FAILED = text(
    f"SELECT {_FAILED_COLUMNS} FROM deferred WHERE (CAST(:after AS uuid) IS NULL OR event_id > :after) "  # noqa: S608
    "AND (CAST(:state AS text) IS NULL OR CASE WHEN discarded_at IS NOT NULL THEN 'DISCARDED' "
    "WHEN parked_at IS NOT NULL THEN 'PARKED' ELSE 'DEFERRED' END = :state) "
    "AND (CAST(:cause AS text) IS NULL OR cause = :cause) "
    "AND (CAST(:producer AS text) IS NULL OR producer = :producer) "
    "AND (CAST(:name AS text) IS NULL OR name = :name) ORDER BY event_id LIMIT :limit"
)
# Locked, because most callers change the row next and a retry may be running.
_FAILED_ONE = text(
    f"SELECT {_FAILED_COLUMNS}, body, error FROM deferred WHERE event_id = :id FOR UPDATE"  # noqa: S608 - constants
)
_RETRY = (
    "UPDATE deferred SET next_attempt_at = clock_timestamp(), parked_at = NULL, discarded_at = NULL, "
    "discard_reason = NULL, attempts = 0 WHERE "
)
_DISCARD = (
    "UPDATE deferred SET discarded_at = clock_timestamp(), discard_reason = :reason, "
    "next_attempt_at = NULL, parked_at = coalesce(parked_at, clock_timestamp()) WHERE "
)
_IN_GROUP = (
    "producer = :producer AND name = :name AND cause = :cause AND parked_at IS NOT NULL AND discarded_at IS NULL "
    "RETURNING event_id"
)
_DISCARDED = text("SELECT event_id FROM deferred WHERE event_id = ANY(:ids) AND discarded_at IS NOT NULL FOR UPDATE")
# The inbox stores the id: should the event be delivered once more, it counts as processed.
_ARCHIVE = text(
    "WITH archived AS (DELETE FROM deferred WHERE event_id = ANY(:ids) AND discarded_at IS NOT NULL "
    "RETURNING event_id, producer, name) INSERT INTO inbox (event_id, producer, name) "
    "SELECT event_id, producer, name FROM archived ON CONFLICT DO NOTHING"
)
_RECORDED = text(
    "SELECT position, id, agency_id, name, version, subject, sequence, recorded_at, published_at FROM outbox "
    "WHERE recorded_at >= :since AND position > :after ORDER BY position LIMIT :limit"
)
_PROCESSED = text(
    "SELECT event_id, name, received_at FROM inbox WHERE producer = :producer AND received_at >= :since "
    "AND (CAST(:after AS uuid) IS NULL OR event_id > :after) ORDER BY event_id LIMIT :limit"
)
_NOT_RECORDED = text(
    "SELECT wanted.id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id) "
    "WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE id = wanted.id)"
)
_NOT_RECEIVED = text(
    "SELECT wanted.id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id) "
    "WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = wanted.id) "
    "AND NOT EXISTS (SELECT 1 FROM deferred WHERE event_id = wanted.id)"
)
_INSERT_REPLAY = text(
    "INSERT INTO replay (id, consumer, hears, since, requested_by) "  # noqa: S608 - constants
    "VALUES (:id, :consumer, CAST(:subscriptions AS jsonb), :since, :by) "
    f"RETURNING {_REPLAY_COLUMNS}, pg_notify('suar_outbox', '')"
)
_REPLAYS = text(f"SELECT {_REPLAY_COLUMNS} FROM replay ORDER BY requested_at DESC LIMIT 50")  # noqa: S608 - constants


def parked_groups(session: Session) -> list[ParkedGroup]:
    """Return parked events by producer, name and cause, the largest group first."""
    return [ParkedGroup(**row) for row in session.execute(_PARKED_GROUPS).mappings()]


def failed_events(
    session: Session, criteria: FailedEventFilter, *, after: UUID | None, limit: int
) -> list[FailedEvent]:
    """Return failed events in the order of their ids."""
    parameters = {**asdict(criteria), "after": after, "limit": limit}
    return [FailedEvent(**row) for row in session.execute(_FAILED, parameters).mappings()]


def failed_event(session: Session, event_id: UUID) -> FailedEventDetail | None:
    """Return and lock one failed event."""
    row = session.execute(_FAILED_ONE, {"id": event_id}).mappings().first()
    return None if row is None else FailedEventDetail(**{**row, "body": json.loads(row["body"])})


def retry_event(session: Session, event_id: UUID) -> None:
    """Make a failed event due now, with all its attempts."""
    session.execute(text(_RETRY + "event_id = :id"), {"id": event_id})


def retry_group(session: Session, group: ParkedGroupKey) -> int:
    """Make a group of parked events due now and return their number."""
    return len(session.execute(text(_RETRY + _IN_GROUP), asdict(group)).all())


def replace_body(session: Session, event_id: UUID, body: dict[str, Any]) -> None:
    """Replace the envelope of a failed event."""
    parameters = {"id": event_id, "body": json.dumps(body, ensure_ascii=False)}
    session.execute(text("UPDATE deferred SET body = :body WHERE event_id = :id"), parameters)


def discard_event(session: Session, event_id: UUID, reason: str) -> None:
    """Discard a failed event; its row stays."""
    session.execute(text(_DISCARD + "event_id = :id"), {"id": event_id, "reason": reason})


def discard_group(session: Session, group: ParkedGroupKey, reason: str) -> int:
    """Discard a group of parked events and return their number."""
    return len(session.execute(text(_DISCARD + _IN_GROUP), {**asdict(group), "reason": reason}).all())


def discarded_among(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Return and lock those ids whose events are discarded."""
    return set(session.execute(_DISCARDED, {"ids": list(ids)}).scalars())


def archive_events(session: Session, ids: Sequence[UUID]) -> None:
    """Delete discarded events and mark them as processed."""
    session.execute(_ARCHIVE, {"ids": list(ids)})


def recorded_events(session: Session, *, since: datetime, after: int, limit: int) -> list[RecordedEvent]:
    """Return what the outbox has recorded since a moment of real time, in the order of positions."""
    rows = session.execute(_RECORDED, {"since": since, "after": after, "limit": limit})
    return [RecordedEvent(**row) for row in rows.mappings()]


def processed_events(
    session: Session, *, producer: str, since: datetime, after: UUID | None, limit: int
) -> list[ProcessedEvent]:
    """Return a producer's events that have taken effect since a moment of real time, in the order of their ids."""
    parameters = {"producer": producer, "since": since, "after": after, "limit": limit}
    return [ProcessedEvent(**row) for row in session.execute(_PROCESSED, parameters).mappings()]


def not_recorded(session: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Return those ids that are not in the outbox."""
    return list(session.execute(_NOT_RECORDED, {"ids": [str(one) for one in ids]}).scalars())


def not_received(session: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Return those ids that are neither in the inbox nor among the failed events."""
    return list(session.execute(_NOT_RECEIVED, {"ids": [str(one) for one in ids]}).scalars())


def insert_replay(
    session: Session, replay_id: UUID, *, consumer: str, subscriptions: Sequence[object], since: datetime, by: str
) -> Replay:
    """Queue a replay and wake the relay."""
    parameters = {
        "id": replay_id,
        "consumer": consumer,
        "subscriptions": json.dumps(list(subscriptions)),
        "since": since,
        "by": by,
    }
    row = session.execute(_INSERT_REPLAY, parameters).one()
    return Replay(row.id, row.consumer, row.since, row.sent, row.requested_at, row.finished_at)


def replays(session: Session) -> list[Replay]:
    """Return the latest replays, the newest first."""
    return [Replay(**row) for row in session.execute(_REPLAYS).mappings()]
