"""The SQL of the operator's routes over the tables `deferred`, `outbox`, `inbox` and `replay`.

All of it is text, because these tables belong to the chassis and have no models.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import fetch_all, fetch_one
from chassis.unit_of_work import Transaction
from operations.views import (
    FailedEventDetailView,
    FailedEventView,
    ListFailedEvents,
    ParkedGroupKey,
    ParkedGroupView,
    ProcessedEventView,
    RecordedEventView,
    ReplayView,
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
    f"SELECT {_FAILED_COLUMNS}, CAST(body AS json) AS body, error FROM deferred WHERE event_id = :id FOR UPDATE"  # noqa: S608 - constants
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


def parked_groups(tx: Transaction) -> list[ParkedGroupView]:
    """Return parked events by producer, name and cause, the largest group first."""
    return fetch_all(tx, _PARKED_GROUPS, ParkedGroupView)


def failed_events(tx: Transaction, command: ListFailedEvents) -> Page[FailedEventView]:
    """Return failed events in the order of their ids."""
    (after,) = command.page.after(UUID) or (None,)
    values = {**asdict(command), "after": after, "limit": command.page.limit + 1}
    found = fetch_all(tx, _FAILED, FailedEventView, values)
    return page_of(found, command.page, lambda event: event.event_id)


def failed_event(tx: Transaction, event_id: UUID) -> FailedEventDetailView:
    """Return and lock one failed event. Raise NotFound."""
    found = fetch_one(tx, _FAILED_ONE, FailedEventDetailView, {"id": event_id})
    if found is None:
        raise NotFound(object="peristiwa gagal", id=event_id)
    return found


def retry_event(tx: Transaction, event_id: UUID) -> None:
    """Make a failed event due now, with all its attempts."""
    tx.session.execute(text(_RETRY + "event_id = :id"), {"id": event_id})


def retry_group(tx: Transaction, group: ParkedGroupKey) -> int:
    """Make a group of parked events due now and return their number."""
    return len(tx.session.execute(text(_RETRY + _IN_GROUP), asdict(group)).all())


def replace_body(tx: Transaction, event_id: UUID, body: dict[str, Any]) -> None:
    """Replace the envelope of a failed event."""
    values = {"id": event_id, "body": json.dumps(body, ensure_ascii=False)}
    tx.session.execute(text("UPDATE deferred SET body = :body WHERE event_id = :id"), values)


def discard_event(tx: Transaction, event_id: UUID, reason: str) -> None:
    """Discard a failed event; its row stays."""
    tx.session.execute(text(_DISCARD + "event_id = :id"), {"id": event_id, "reason": reason})


def discard_group(tx: Transaction, group: ParkedGroupKey, reason: str) -> int:
    """Discard a group of parked events and return their number."""
    return len(tx.session.execute(text(_DISCARD + _IN_GROUP), {**asdict(group), "reason": reason}).all())


def discarded_among(tx: Transaction, ids: Sequence[UUID]) -> set[UUID]:
    """Return and lock those ids whose events are discarded."""
    return set(tx.session.scalars(_DISCARDED, {"ids": list(ids)}))


def archive_events(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Delete discarded events and mark them as processed."""
    tx.session.execute(_ARCHIVE, {"ids": list(ids)})


def recorded_events(tx: Transaction, since: datetime, page: PageRequest) -> Page[RecordedEventView]:
    """Return what the outbox has recorded since a moment of real time, in the order of positions."""
    (after,) = page.after(int) or (0,)
    found = fetch_all(tx, _RECORDED, RecordedEventView, {"since": since, "after": after, "limit": page.limit + 1})
    return page_of(found, page, lambda event: event.position)


def processed_events(tx: Transaction, producer: str, since: datetime, page: PageRequest) -> Page[ProcessedEventView]:
    """Return a producer's events that have taken effect since a moment of real time, in the order of their ids."""
    (after,) = page.after(UUID) or (None,)
    values = {"producer": producer, "since": since, "after": after, "limit": page.limit + 1}
    return page_of(fetch_all(tx, _PROCESSED, ProcessedEventView, values), page, lambda event: event.event_id)


def not_recorded(tx: Transaction, ids: Sequence[UUID]) -> Sequence[UUID]:
    """Return those ids that are not in the outbox."""
    return tx.session.scalars(_NOT_RECORDED, {"ids": list(ids)}).all()


def not_received(tx: Transaction, ids: Sequence[UUID]) -> Sequence[UUID]:
    """Return those ids that are neither in the inbox nor among the failed events."""
    return tx.session.scalars(_NOT_RECEIVED, {"ids": list(ids)}).all()


def insert_replay(
    tx: Transaction, *, consumer: str, subscriptions: Sequence[object], since: datetime, by: str
) -> ReplayView:
    """Queue a replay and wake the relay."""
    values = {"consumer": consumer, "subscriptions": json.dumps(list(subscriptions)), "since": since, "by": by}
    (replay,) = fetch_all(tx, _INSERT_REPLAY, ReplayView, {"id": new_id(), **values})
    return replay


def replays(tx: Transaction) -> list[ReplayView]:
    """Return the latest replays, the newest first."""
    return fetch_all(tx, _REPLAYS, ReplayView)
