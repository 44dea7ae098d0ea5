"""The operator's hands on one service's backbone: what waits, what failed, trying again, giving up, saying again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.contracts import Contracts
from chassis.errors import AppError, FieldError, InvalidInput, Kind, NotFound
from chassis.ids import new_id
from chassis.outbox import unreadable
from chassis.outbox.horizon import beyond

_STATUS = text(
    "SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS outbox, "
    "(SELECT extract(epoch FROM clock_timestamp() - min(recorded_at)) FROM outbox WHERE published_at IS NULL) "
    "AS outbox_age, "
    "(SELECT count(*) FROM deferred WHERE next_attempt_at IS NOT NULL) AS deferred, "
    "(SELECT extract(epoch FROM clock_timestamp() - min(first_failed_at)) FROM deferred "
    "WHERE next_attempt_at IS NOT NULL) AS deferred_age, "
    "(SELECT count(*) FROM deferred WHERE parked_at IS NOT NULL AND discarded_at IS NULL) AS parked, "
    "(SELECT extract(epoch FROM clock_timestamp() - min(parked_at)) FROM deferred "
    "WHERE parked_at IS NOT NULL AND discarded_at IS NULL) AS parked_age, "
    "(SELECT count(*) FROM job WHERE status IN ('QUEUED', 'RUNNING')) AS jobs_open, "
    "(SELECT count(*) FROM job WHERE status = 'FAILED') AS jobs_failed, "
    "(SELECT count(*) FROM timer WHERE attempts > 0) AS timers_failing, "
    "(SELECT count(*) FROM audit WHERE chain IS NULL) AS audit_unsealed"
)
_GROUPS = text(
    "SELECT producer, name, cause, count(*) AS count, min(first_failed_at) AS first_failed_at, "
    "max(parked_at) AS last_parked_at, (array_agg(right(error, 300) ORDER BY parked_at DESC))[1] AS latest_error "
    "FROM deferred WHERE parked_at IS NOT NULL AND discarded_at IS NULL "
    "GROUP BY producer, name, cause ORDER BY count DESC"
)
_HELD = text(
    "SELECT event_id, agency_id, producer, name, version, subject, cause, attempts, first_failed_at, next_attempt_at, "
    "parked_at, discarded_at, discard_reason FROM deferred WHERE (CAST(:after AS uuid) IS NULL OR event_id > :after) "
    "AND (CAST(:state AS text) IS NULL OR CASE WHEN discarded_at IS NOT NULL THEN 'DISCARDED' "
    "WHEN parked_at IS NOT NULL THEN 'PARKED' ELSE 'DEFERRED' END = :state) "
    "AND (CAST(:cause AS text) IS NULL OR cause = :cause) "
    "AND (CAST(:producer AS text) IS NULL OR producer = :producer) "
    "AND (CAST(:name AS text) IS NULL OR name = :name) ORDER BY event_id LIMIT :limit"
)
_AGAIN = (
    "UPDATE deferred SET next_attempt_at = clock_timestamp(), parked_at = NULL, discarded_at = NULL, "
    "discard_reason = NULL, attempts = 0 WHERE "
)
_GROUP = "producer = :producer AND name = :name AND cause = :cause AND parked_at IS NOT NULL AND discarded_at IS NULL"
_DISCARD = (
    "UPDATE deferred SET discarded_at = clock_timestamp(), discard_reason = :reason, "
    "next_attempt_at = NULL, parked_at = coalesce(parked_at, clock_timestamp()) WHERE "
)


# The inbox keeps the id: should the message come once more, it is a repeat of something settled.
_ARCHIVE = text(
    "WITH gone AS (DELETE FROM deferred WHERE event_id = ANY(:ids) AND discarded_at IS NOT NULL "
    "RETURNING event_id, producer, name) INSERT INTO inbox (event_id, producer, name) "
    "SELECT event_id, producer, name FROM gone ON CONFLICT DO NOTHING"
)


class EventNotDiscarded(AppError):
    code = "event_not_discarded"
    kind = Kind.CONFLICT
    title = "Only discarded events can be archived"
    sentence = "Hanya peristiwa yang sudah dibuang dapat diarsipkan; {id} belum dibuang atau tidak ada."


class EventNotEditable(AppError):
    code = "event_not_editable"
    kind = Kind.CONFLICT
    title = "Only a parked event that is readable can be edited"
    sentence = "Hanya peristiwa yang diparkir dan terbaca dapat disunting; peristiwa {id} tidak demikian."


def status(session: Session) -> dict[str, Any]:
    """Counts, and ages in seconds of the oldest, of all that waits in this service."""
    row = session.execute(_STATUS).mappings().one()
    return {
        key: None if value is None else (float(value) if key.endswith("_age") else int(value))
        for key, value in row.items()
    }


def parked_groups(session: Session) -> list[dict[str, Any]]:
    """Parked events by producer, name and cause, the largest group first."""
    return [dict(row) for row in session.execute(_GROUPS).mappings()]


def held_events(
    session: Session, *, after: UUID | None, wanted: Mapping[str, str | None], limit: int
) -> list[dict[str, Any]]:
    """Events held back, in the order of their ids.

    `wanted` names state (DEFERRED, PARKED, DISCARDED), cause, producer and name; None stands for any.
    """
    parameters = {**wanted, "after": after, "limit": limit}
    return [dict(row) for row in session.execute(_HELD, parameters).mappings()]


def held_event(session: Session, event_id: UUID) -> dict[str, Any]:
    """One held event with its envelope and error; raises NotFound."""
    row = (
        session.execute(text("SELECT * FROM deferred WHERE event_id = :id FOR UPDATE"), {"id": event_id})
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound(object="peristiwa tertahan", id=event_id)
    return {**row, "body": json.loads(row["body"])}


def replay_event(session: Session, event_id: UUID) -> None:
    """Try a held event again now; raises NotFound."""
    held_event(session, event_id)
    session.execute(text(_AGAIN + "event_id = :id"), {"id": event_id})


def replay_group(session: Session, group: Mapping[str, str]) -> int:
    """Try a whole group of parked events again; gives how many."""
    return len(session.execute(text(_AGAIN + _GROUP + " RETURNING event_id"), dict(group)).all())


def edit_event(session: Session, event_id: UUID, data: dict[str, Any], contracts: Contracts) -> None:
    """Replace the data of a parked event; the envelope, and so its id, stays.

    Raises NotFound, EventNotEditable, and InvalidInput for data that its producer could not have said.
    """
    found = held_event(session, event_id)
    if found["parked_at"] is None or found["discarded_at"] is not None or found["cause"] == unreadable.CAUSE:
        raise EventNotEditable(id=event_id)
    fault = contracts.fault_in(found["producer"], found["name"], found["version"], data)
    if fault is not None:
        expected = f"sesuai skema {found['name']}.v{found['version']}: {fault.message}"
        raise InvalidInput(errors=[FieldError(fault.where, "event_data_invalid", fault.value, expected[:500])])
    body = {**found["body"], "data": data}
    parameters = {"id": event_id, "body": json.dumps(body, ensure_ascii=False)}
    session.execute(text("UPDATE deferred SET body = :body WHERE event_id = :id"), parameters)


def discard_event(session: Session, event_id: UUID, reason: str) -> None:
    """Give a held event up for a reason; it is kept, and can be tried again."""
    held_event(session, event_id)
    session.execute(text(_DISCARD + "event_id = :id"), {"id": event_id, "reason": reason})


def discard_group(session: Session, group: Mapping[str, str], reason: str) -> int:
    """Give a whole group of parked events up for a reason; gives how many."""
    return len(session.execute(text(_DISCARD + _GROUP + " RETURNING event_id"), {**group, "reason": reason}).all())


def archive_events(session: Session, ids: Sequence[UUID]) -> int:
    """Put discarded events away, keeping only that they are settled; raises EventNotDiscarded for any other."""
    rows = session.execute(
        text("SELECT event_id FROM deferred WHERE event_id = ANY(:ids) AND discarded_at IS NOT NULL FOR UPDATE"),
        {"ids": list(ids)},
    )
    discarded = set(rows.scalars())
    other = next((one for one in ids if one not in discarded), None)
    if other is not None:
        raise EventNotDiscarded(id=other)
    session.execute(_ARCHIVE, {"ids": list(ids)})
    return len(discarded)


def history(session: Session, *, since: datetime, after: int, limit: int) -> list[dict[str, Any]]:
    """What this service has said since a moment of real time, in order: position, id, name, version, subject."""
    rows = session.execute(
        text(
            "SELECT position, id, agency_id, name, version, subject, sequence, recorded_at, published_at FROM outbox "
            "WHERE recorded_at >= :since AND position > :after ORDER BY position LIMIT :limit"
        ),
        {"since": since, "after": after, "limit": limit},
    )
    return [dict(row) for row in rows.mappings()]


def unknown_events(session: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Which of these events have neither taken effect here nor are held, as far back as that is known."""
    if not ids:
        return []
    forgotten = beyond(session, "inbox", ids)
    rows = session.execute(
        text(
            "SELECT wanted.id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id) "
            "WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = wanted.id) "
            "AND NOT EXISTS (SELECT 1 FROM deferred WHERE event_id = wanted.id)"
        ),
        {"ids": [str(one) for one in ids]},
    )
    return [row.id for row in rows if row.id not in forgotten]


def heard_events(
    session: Session, *, producer: str, since: datetime, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Which events of a producer have taken effect since a moment of real time, in the order of their ids."""
    rows = session.execute(
        text(
            "SELECT event_id, name, received_at FROM inbox WHERE producer = :producer AND received_at >= :since "
            "AND (CAST(:after AS uuid) IS NULL OR event_id > :after) ORDER BY event_id LIMIT :limit"
        ),
        {"producer": producer, "since": since, "after": after, "limit": limit},
    )
    return [dict(row) for row in rows.mappings()]


def unsaid_events(session: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Which of these events this service has never said, as far back as that is known."""
    if not ids:
        return []
    forgotten = beyond(session, "outbox", ids)
    rows = session.execute(
        text(
            "SELECT wanted.id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id) "
            "WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE id = wanted.id)"
        ),
        {"ids": [str(one) for one in ids]},
    )
    return [row.id for row in rows if row.id not in forgotten]


def request_replay(
    session: Session, *, consumer: str, hears: Sequence[tuple[str, str, int]], since: datetime, by: str
) -> UUID:
    """Ask the relay to say this service's history again, from a moment on, to one consumer's queue only."""
    if not hears:
        expected = "layanan yang tercantum dalam subscriptions.toml"
        raise InvalidInput(errors=[FieldError("consumer", "consumer_unknown", consumer, expected)])
    replay_id = new_id()
    session.execute(
        text(
            "INSERT INTO replay (id, consumer, hears, since, requested_by) "
            "VALUES (:id, :consumer, CAST(:hears AS jsonb), :since, :by)"
        ),
        {"id": replay_id, "consumer": consumer, "hears": json.dumps(list(hears)), "since": since, "by": by},
    )
    session.execute(text("SELECT pg_notify('suar_outbox', '')"))
    return replay_id


def replays(session: Session) -> list[dict[str, Any]]:
    """Replays asked for, the newest first, with how far each has come."""
    rows = session.execute(
        text(
            "SELECT id, consumer, since, sent, requested_at, finished_at FROM replay "
            "ORDER BY requested_at DESC LIMIT 50"
        )
    )
    return [dict(row) for row in rows.mappings()]
