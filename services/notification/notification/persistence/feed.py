"""The feed: every event that may leave, each in its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from sqlalchemy import Engine, Float, Text, cast, delete, func, literal, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from chassis.bus.envelope import Event
from chassis.records import among, columns_of, fetch_all, table_of
from chassis.unit_of_work import Transaction
from notification.domain.feed import Placed, QueuedEvent, Stream
from notification.persistence.models import FeedEvent, FeedHead, FeedPosition, FeedQueue, FeedStream

WAKE_CHANNEL = "notification_feed"
IS_WAITING: LiteralString = "SELECT EXISTS (SELECT 1 FROM feed_queue)"
BATCH = 2000

_HEAD = table_of(FeedHead)
# Set-building: as many events as have come get their places in one statement, and their streams move on in another.
_PLACE = text(
    "INSERT INTO feed_positions (agency_id, position, event_id, kind, subject, time) "
    "SELECT e.agency_id, p.position, e.event_id, e.kind, e.subject, e.time "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:positions AS bigint[])) AS p (event_id, position) "
    "JOIN feed_events e ON e.agency_id = :agency AND e.event_id = p.event_id"
)
# Set-building: what a batch of events brings, in one statement each.
_INSERT_EVENTS = text(
    "INSERT INTO feed_events (agency_id, event_id, kind, subject, time, body) "
    "SELECT :agency, * FROM unnest(CAST(:event_id AS uuid[]), CAST(:kind AS text[]), CAST(:subject AS text[]), "
    "CAST(:time AS timestamptz[]), CAST(:body AS text[])) ON CONFLICT DO NOTHING"
)
_INSERT_QUEUED = text(
    "WITH queued AS (INSERT INTO feed_queue (agency_id, event_id, producer, subject, sequence, internal) "
    "SELECT :agency, * FROM unnest(CAST(:event_id AS uuid[]), CAST(:producer AS text[]), CAST(:subject AS text[]), "
    "CAST(:sequence AS bigint[]), CAST(:internal AS boolean[]))) SELECT pg_notify(:channel, '')"
)
_STREAMS = text(
    "INSERT INTO feed_streams AS s (agency_id, producer, subject, sequence) "
    "SELECT :agency, n.producer, n.subject, n.sequence "
    "FROM unnest(CAST(:producers AS text[]), CAST(:subjects AS text[]), CAST(:sequences AS bigint[])) "
    "  AS n (producer, subject, sequence) "
    "ON CONFLICT (agency_id, producer, subject) DO UPDATE SET sequence = greatest(s.sequence, excluded.sequence)"
)


def kind_of(event: Event) -> str:
    """Return how grants and subscriptions name a type of event: `appraisal.AppraisalCompleted.v1`."""
    return f"{event.producer}.{event.name}.v{event.version}"


def append(tx: Transaction, event: Event, *, internal: bool) -> None:
    """Store an event and line it up for its place; of an internal one only its number is noted."""
    row: dict[str, object] = {"event_id": event.id, "subject": event.subject}
    if not internal:
        tx.before_commit(_insert_all, {**row, "kind": kind_of(event), "time": event.time, "body": event.body})
    tx.before_commit(_queue_all, {**row, "producer": event.producer, "sequence": event.sequence, "internal": internal})


def _insert_all(tx: Transaction, rows: list[dict[str, object]]) -> None:
    tx.session.execute(_INSERT_EVENTS, {"agency": tx.agency_id, **_columns(rows)})


def _queue_all(tx: Transaction, rows: list[dict[str, object]]) -> None:
    tx.session.execute(_INSERT_QUEUED, {"agency": tx.agency_id, "channel": WAKE_CHANNEL, **_columns(rows)})


def _columns(rows: list[dict[str, object]]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def agencies_waiting(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(FeedQueue.agency_id).distinct()))


def lock_head(tx: Transaction) -> int:
    """Return the newest position, locked until commit: positions become visible in their order."""
    statement = upsert(_HEAD).values(agency_id=tx.agency_id, position=0)
    statement = statement.on_conflict_do_update(index_elements=["agency_id"], set_={"position": _HEAD.c.position})
    found: int = tx.session.execute(statement.returning(_HEAD.c.position)).scalar_one()
    return found


def head(tx: Transaction) -> int:
    """Return the newest position."""
    return tx.session.execute(select(FeedHead.position)).scalar_one_or_none() or 0


def list_queued(tx: Transaction) -> list[QueuedEvent]:
    """Return events without a place, in order of arrival."""
    waited = cast(func.extract("epoch", func.clock_timestamp() - FeedQueue.heard_at), Float).label("waited")
    query = select(*columns_of(FeedQueue, QueuedEvent), waited).where(FeedQueue.agency_id == tx.agency_id)
    return fetch_all(tx, query.order_by(FeedQueue.arrival).limit(BATCH), QueuedEvent)


def stream_heads(tx: Transaction, streams: Sequence[Stream]) -> dict[Stream, int]:
    """Return how far each of these streams has come."""
    producers, subjects = (literal(list(names), ARRAY(Text)) for names in zip(*streams, strict=True))
    named = func.unnest(producers, subjects).table_valued("producer", "subject").render_derived()
    query = select(FeedStream.producer, FeedStream.subject, FeedStream.sequence).where(
        FeedStream.agency_id == tx.agency_id,
        tuple_(FeedStream.producer, FeedStream.subject).in_(select(named.c.producer, named.c.subject)),
    )
    return {(row.producer, row.subject): row.sequence for row in tx.session.execute(query)}


def place(tx: Transaction, event_ids: Sequence[UUID], after: int) -> None:
    """Store events at the positions behind `after`, in the order given."""
    positions = [after + number for number in range(1, len(event_ids) + 1)]
    tx.session.execute(_PLACE, {"agency": tx.agency_id, "ids": list(event_ids), "positions": positions})
    moved = update(_HEAD).where(_HEAD.c.agency_id == tx.agency_id).values(position=positions[-1])
    tx.session.execute(moved)


def advance_streams(tx: Transaction, heads: Mapping[Stream, int]) -> None:
    producers, subjects = zip(*heads, strict=True)
    named = {"producers": list(producers), "subjects": list(subjects), "sequences": list(heads.values())}
    tx.session.execute(_STREAMS, {"agency": tx.agency_id, **named})


def take_from_queue(tx: Transaction, arrivals: Sequence[int]) -> None:
    query = delete(table_of(FeedQueue)).where(FeedQueue.agency_id == tx.agency_id, among(FeedQueue.arrival, arrivals))
    tx.session.execute(query)


def position_before(tx: Transaction, moment: datetime) -> int:
    """Return the position behind which every event of `moment` or later lies; the head when there is none yet."""
    first: int | None = tx.session.execute(
        select(func.min(FeedPosition.position)).where(FeedPosition.time >= moment)
    ).scalar_one()
    return head(tx) if first is None else first - 1


def read(
    tx: Transaction, *, after: int, up_to: int, kinds: Sequence[str], since: datetime | None, limit: int
) -> list[Placed]:
    """Return events of these kinds in their order, of `since` or later."""
    query = (
        select(FeedPosition.position, FeedPosition.event_id, FeedPosition.kind, FeedPosition.subject, FeedEvent.body)
        .join(
            FeedEvent,
            (FeedEvent.agency_id == FeedPosition.agency_id) & (FeedEvent.event_id == FeedPosition.event_id),
        )
        .where(FeedPosition.agency_id == tx.agency_id, FeedPosition.position > after, FeedPosition.position <= up_to)
        .where(among(FeedPosition.kind, kinds))
        .order_by(FeedPosition.position)
        .limit(limit)
    )
    if since is not None:
        query = query.where(FeedPosition.time >= since)
    return [Placed(*row) for row in tx.session.execute(query)]
