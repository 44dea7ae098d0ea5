"""Committed events in bulk: rows of an outbox exactly as a use case would have left them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from chassis.bus.envelope import routing_key, schema_path
from chassis.ids import new_id

AGENCY = "kemcontoh"
SUBJECTS = 1000
_COPY = "COPY outbox (id, agency_id, name, version, subject, sequence, routing_key, body) FROM STDIN"


@dataclass(frozen=True)
class Row:
    id: UUID
    name: str
    subject: str
    sequence: int
    routing_key: str
    body: str


def make(count: int, producer: str, name: str, data: Iterable[dict[str, Any]], subjects: list[UUID]) -> list[Row]:
    """`count` events of one kind; each takes the next `data` and the next subject in turn."""
    rows = []
    for number, payload in zip(range(count), data, strict=False):
        event_id, subject = new_id(), str(subjects[number % len(subjects)])
        envelope = {
            "specversion": "1.0",
            "id": str(event_id),
            "source": f"/suar/{producer}",
            "type": name,
            "subject": subject,
            "time": "2026-04-02T03:04:05.678901+00:00",
            "datacontenttype": "application/json",
            "dataschema": "/contracts/" + schema_path(producer, name, 1),
            "agency": AGENCY,
            "correlationid": str(event_id),
            "traceparent": f"00-{event_id.hex}-00f067aa0ba902b7-01",
            "sequence": number // len(subjects) + 1,
            "data": payload,
        }
        body = json.dumps(envelope, separators=(",", ":"))
        key = routing_key(AGENCY, producer, name, 1)
        rows.append(Row(event_id, name, subject, number // len(subjects) + 1, key, body))
    return rows


def noted(count: int) -> list[Row]:
    """Return events of the sample service producer."""
    subjects = [new_id() for _ in range(SUBJECTS)]
    data = (
        {"employee_id": str(subjects[number % SUBJECTS]), "number": number, "kind": "PERIODIC", "predicate": "GOOD"}
        for number in range(count)
    )
    return make(count, "producer", "Noted", data, subjects)


def appraisals(count: int) -> list[Row]:
    """Quarterly results, one for each employee: what moves pay in the incentive service."""
    subjects = [new_id() for _ in range(count)]
    data = (
        {
            "evaluation_id": str(new_id()),
            "employee_id": str(subjects[number]),
            "kind": "PERIODIC",
            "year": 2026,
            "quarter": number % 4 + 1,
            "work_result": "MEETS",
            "behaviour": "MEETS",
            "predicate": "GOOD",
            "version": 1,
            "completed_by": "ACCEPTED",
        }
        for number in range(count)
    )
    return make(count, "appraisal", "AppraisalCompleted", data, subjects)


def timelines(count: int) -> list[Row]:
    """Timelines of one stretch, one for each employee: what training keeps, and compares with its standards."""
    subjects = [new_id() for _ in range(count)]
    stretch = {
        "first_day": "2026-01-02",
        "last_day": None,
        "unit_id": str(new_id()),
        "position_code": "ANALIS",
        "position_kind": "JF",
        "position_level": "AHLI_MUDA",
        "job_class": 9,
        "employment_type": "PNS",
        "status": "ACTIVE",
        "grade": "III/c",
        "grade_since": "2024-04-01",
        "superior_id": str(subjects[0]),
    }
    data = (
        {
            "employee_id": str(subjects[number]),
            "service_start": "2019-03-01",
            "changed_from": "2026-01-02",
            "cause": "CHANGE",
            "stretches": [stretch],
            "version": 1,
        }
        for number in range(count)
    )
    return make(count, "personnel", "EmployeeTimelineChanged", data, subjects)


def commit(connection: psycopg.Connection[Any], rows: list[Row]) -> None:
    """Commit all rows at once and wake the relay."""
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row((row.id, AGENCY, row.name, 1, row.subject, row.sequence, row.routing_key, row.body))
        cursor.execute("SELECT pg_notify('suar_outbox', '')")


def write(rows: list[Row], path: Path) -> Path:
    """Leave events in a file, for a process that publishes them by itself."""
    path.write_text("".join(json.dumps([str(row.id), row.routing_key, row.body]) + "\n" for row in rows))
    return path


def read(path: Path) -> list[tuple[str, str, bytes]]:
    """What `write` left: id, routing key and body of each event."""
    found = []
    for line in path.read_text().splitlines():
        message_id, key, body = json.loads(line)
        found.append((message_id, key, body.encode()))
    return found
