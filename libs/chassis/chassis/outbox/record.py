"""Recording an event in the outbox: it commits with the state it reports, and the relay publishes it afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import text

from chassis.bus.envelope import IntegrationEvent, envelope, routing_key
from chassis.causation import NO_CAUSATION, current_causation
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

# Numbering and inserting in one statement: the row lock on the subject's counter is taken first, so the events of one
# subject stand in the outbox in the order of their numbers. `head` and `tail` are the body around the number.
_INSERT = text(
    "WITH s AS (INSERT INTO event_sequence AS s (agency_id, subject, last) VALUES (:agency_id, :subject, 1) "
    "ON CONFLICT (agency_id, subject) DO UPDATE SET last = s.last + 1 RETURNING last) "
    "INSERT INTO outbox (id, agency_id, name, version, subject, sequence, routing_key, body) "
    "SELECT :id, :agency_id, :name, :version, :subject, s.last, :routing_key, "
    "CAST(:head AS text) || CAST(s.last AS text) || CAST(:tail AS text) FROM s "
    "RETURNING pg_notify('suar_outbox', '')"
)
# The same for many events in two statements. Neither joins: the planner would have to guess how long an array is.
_ADVANCE_ALL = text(
    "INSERT INTO event_sequence AS s (agency_id, subject, last) "
    "SELECT * FROM unnest(CAST(:agencies AS text[]), CAST(:subjects AS text[]), CAST(:counts AS bigint[])) "
    "ON CONFLICT (agency_id, subject) DO UPDATE SET last = s.last + excluded.last RETURNING agency_id, subject, last"
)
_INSERT_ALL = text(
    "WITH inserted AS (INSERT INTO outbox (id, agency_id, name, version, subject, sequence, routing_key, body) "
    "SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:agencies AS text[]), CAST(:names AS text[]), "
    "CAST(:versions AS integer[]), CAST(:subjects AS text[]), CAST(:sequences AS bigint[]), "
    "CAST(:routing_keys AS text[]), CAST(:bodies AS text[]))) SELECT pg_notify('suar_outbox', '')"
)
# What one statement holds in memory stays small, however many events a transaction records.
_BATCH = 500


@dataclass(frozen=True)
class _Row:
    """An event to insert; `head` and `tail` are its body around the number that it gets."""

    id: UUID
    agency_id: str
    name: str
    version: int
    subject: str
    routing_key: str
    head: str
    tail: str

    @property
    def stream(self) -> tuple[str, str]:
        return self.agency_id, self.subject


def record(tx: Transaction, event: IntegrationEvent, *, day: datetime | None = None) -> UUID:
    """Put an event in the outbox and return its id.

    With `day` neither the event's time nor its id tells more than that day, and nothing ties it to what caused it: for
    what came from somebody who must not be known.

    Raise ContractBroken when it does not fit its published schema. Events are numbered and written together, just
    before the commit.
    """
    data = event.data()
    tx.contracts.check(event, data)
    event_id = new_id() if day is None else uuid4()
    causation = current_causation() if day is None else NO_CAUSATION
    body = envelope(
        event,
        event_id=event_id,
        agency_id=tx.agency_id,
        time=day or tx.now,
        correlation_id=causation.correlation_id or str(event_id),
        causation_id=causation.causation_id,
        traceparent=causation.traceparent,
    )
    row = _Row(
        id=event_id,
        agency_id=tx.agency_id,
        name=event.NAME,
        version=event.VERSION,
        subject=event.subject,
        routing_key=routing_key(tx.agency_id, event.PRODUCER, event.NAME, event.VERSION),
        head=_json(body)[:-1] + ',"sequence":',
        tail=',"data":' + _json(data) + "}",
    )
    tx.before_commit(_insert, row, all_agencies=True)
    return event_id


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _insert(tx: Transaction, rows: list[_Row]) -> None:
    """Insert in the order of subjects, so that two transactions never wait for each other."""
    if len(rows) == 1:
        tx.session.execute(_INSERT, vars(rows[0]))
        return
    ordered = sorted(rows, key=lambda row: (row.subject, row.agency_id))
    for start in range(0, len(ordered), _BATCH):
        _insert_batch(tx, ordered[start : start + _BATCH])


def _insert_batch(tx: Transaction, rows: Sequence[_Row]) -> None:
    counts = Counter(row.stream for row in rows)
    agencies, subjects = zip(*counts, strict=True)
    streams = {"agencies": list(agencies), "subjects": list(subjects), "counts": list(counts.values())}
    last = {(one.agency_id, one.subject): one.last for one in tx.session.execute(_ADVANCE_ALL, streams)}
    sequences = []
    for row in rows:
        # of three events that bring their stream to number seven the first is the fifth
        sequences.append(last[row.stream] - counts[row.stream] + 1)
        counts[row.stream] -= 1
    values = {
        "ids": [row.id for row in rows],
        "agencies": [row.agency_id for row in rows],
        "names": [row.name for row in rows],
        "versions": [row.version for row in rows],
        "subjects": [row.subject for row in rows],
        "sequences": sequences,
        "routing_keys": [row.routing_key for row in rows],
        "bodies": [f"{row.head}{sequence}{row.tail}" for row, sequence in zip(rows, sequences, strict=True)],
    }
    tx.session.execute(_INSERT_ALL, values)
