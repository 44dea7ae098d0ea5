"""Recording an event in the outbox: it commits with the state it reports, and the relay publishes it afterwards."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.bus.envelope import IntegrationEvent, envelope, routing_key
from chassis.causation import current_causation
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

# Numbering and inserting in one statement: the row lock on the subject's counter is taken first, so the events of one
# subject stand in the outbox in the order of their numbers. `head` and `tail` are the body around the number.
_INSERT = text(
    "WITH s AS (INSERT INTO event_sequence AS s (agency_id, subject, last) VALUES (:agency, :subject, 1) "
    "ON CONFLICT (agency_id, subject) DO UPDATE SET last = s.last + 1 RETURNING last) "
    "INSERT INTO outbox (id, agency_id, name, version, subject, sequence, routing_key, body) "
    "SELECT :id, :agency, :name, :version, :subject, s.last, :routing_key, "
    "CAST(:head AS text) || CAST(s.last AS text) || CAST(:tail AS text) FROM s "
    "RETURNING pg_notify('suar_outbox', '')"
)


def record(tx: Transaction, event: IntegrationEvent) -> UUID:
    """Put an event in the outbox and return its id.

    Raise ContractBroken when it does not fit its published schema. Events are numbered and written together, just
    before the commit.
    """
    tx.contracts.check(event)
    event_id = new_id()
    causation = current_causation()
    body = envelope(
        event,
        event_id=event_id,
        agency_id=tx.agency_id,
        time=tx.now,
        correlation_id=causation.correlation_id or str(event_id),
        causation_id=causation.causation_id,
        traceparent=causation.traceparent,
    )
    row = {
        "id": event_id,
        "agency": tx.agency_id,
        "name": event.NAME,
        "version": event.VERSION,
        "subject": event.subject,
        "routing_key": routing_key(tx.agency_id, event.PRODUCER, event.NAME, event.VERSION),
        "head": json.dumps(body, ensure_ascii=False, separators=(",", ":"))[:-1] + ',"sequence":',
        "tail": ',"data":' + json.dumps(event.data(), ensure_ascii=False, separators=(",", ":")) + "}",
    }
    tx.before_commit(_insert, row, all_agencies=True)
    return event_id


def _insert(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    """Insert in the order of subjects, so that two transactions never wait for each other."""
    tx.session.execute(_INSERT, sorted(rows, key=lambda row: str(row["subject"])))
