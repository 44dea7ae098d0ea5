"""A whole service in one process: its HTTP, its inbox, its timers and jobs, on a real database."""

import importlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from chassis.auth import Principal, claims_of
from chassis.bus.envelope import Event, schema_path
from chassis.clock import FileClock
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.worker import Worker

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Client:
    """Flask's test client, speaking as one caller."""

    flask: FlaskClient
    headers: dict[str, str]

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        response = self.flask.open(path, method=method, headers=headers, **options)
        if response.mimetype == "application/problem+json":
            problem: Any = response.json
            said = " ".join([problem["detail"], *(one["expected"] for one in problem.get("errors", ()))])
            assert not _ID.search(said), f"a sentence for people has an id: {said}"
        return response

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> TestResponse:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> TestResponse:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.request("DELETE", path, **options)


@dataclass
class ServiceUnderTest:
    name: str
    app: Flask
    worker: Worker | None
    clock: FileClock
    key: Ed25519PrivateKey
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)
    gathered: list[Event] | None = None

    @property
    def work(self) -> UnitOfWork:
        work: UnitOfWork = self.app.extensions["suar_work"]
        return work

    def close_connections(self) -> None:
        """Close its connections to the database; it opens new ones when it needs them."""
        self.work.database.engine.dispose()
        if self.worker and self.worker.work:
            self.worker.work.database.engine.dispose()

    def token(self, principal: Principal) -> str:
        return jwt.encode(claims_of(principal), self.key, algorithm="EdDSA")

    def client(self, principal: Principal | None = None) -> Client:
        headers = {"Authorization": f"Bearer {self.token(principal)}"} if principal else {}
        return Client(self.app.test_client(), headers)

    def deliver(
        self,
        name: str,
        data: dict[str, Any],
        *,
        producer: str,
        agency: str,
        subject: object,
        sequence: int | None = None,
        version: int = 1,
        event_id: UUID | None = None,
        time: datetime | None = None,
    ) -> Event:
        """Deliver an event through the inbox; a handler that fails leaves it deferred."""
        assert self.worker is not None
        if sequence is None:
            sequence = self.sequences.get((producer, str(subject)), 0) + 1
        self.sequences[producer, str(subject)] = max(sequence, self.sequences.get((producer, str(subject)), 0))
        body = {
            "specversion": "1.0",
            "id": str(event_id or new_id()),
            "source": f"/suar/{producer}",
            "type": name,
            "subject": str(subject),
            "time": (time or datetime.now(UTC)).isoformat(),
            "dataschema": "/contracts/" + schema_path(producer, name, version),
            "agency": agency,
            "sequence": sequence,
            "data": data,
        }
        return self.deliver_envelope(body)

    def deliver_envelope(self, body: dict[str, Any]) -> Event:
        """Deliver a whole envelope."""
        assert self.worker is not None
        event = Event.parse(json.dumps(body))
        if self.gathered is None:
            self.worker.inbox.apply([event])
        else:
            self.gathered.append(event)
        return event

    @contextmanager
    def in_one_batch(self) -> Iterator[None]:
        """Apply what is delivered in the block together, at its end, as the worker does: for many it costs far less."""
        assert self.worker is not None
        assert self.gathered is None
        self.gathered = []
        try:
            yield
            events = self.gathered
        finally:
            self.gathered = None
        self.worker.inbox.apply(events)

    def deliver_example(self, path: Path, agency: str | None = None) -> Event:
        """Deliver an example of a contract as a new event, in its own agency or this one."""
        body = json.loads(path.read_text())
        return self.deliver_envelope({**body, "agency": agency or body["agency"], "id": str(new_id())})

    def events(self, agency: str, name: str | None = None) -> list[dict[str, Any]]:
        """The envelopes an agency's transactions have put in the outbox, oldest first."""
        with self.work.database.engine.connect() as connection:
            rows = connection.execute(
                text("SELECT body FROM outbox WHERE agency_id = :agency ORDER BY position"), {"agency": agency}
            )
            found = [json.loads(row.body) for row in rows]
        return [one for one in found if name is None or one["type"] == name]

    def deferred(self, agency: str) -> list[dict[str, Any]]:
        """Events held back, with their cause and error."""
        with self.work.database.engine.connect() as connection:
            rows = connection.execute(text("SELECT * FROM deferred WHERE agency_id = :agency"), {"agency": agency})
            return [dict(row) for row in rows.mappings()]

    def run_timers(self) -> int:
        """Fire whatever is due at the clock's time, and what that makes due."""
        assert self.worker is not None
        fired = 0
        while count := self.worker.timers.fire_due(self.work):
            fired += count
        return fired

    def run_jobs(self) -> int:
        """Run all queued jobs to their end; gives the number of steps."""
        assert self.worker is not None
        steps = 0
        while self.worker.jobs.run_step(self.work):
            steps += 1
        return steps


@dataclass
class Gathered(ServiceUnderTest):
    """Collects events, so that the service applies them as one batch, as its worker does."""

    waiting: list[Event] = field(default_factory=list)

    def deliver_envelope(self, body: dict[str, Any]) -> Event:
        self.waiting.append(Event.parse(json.dumps(body)))
        return self.waiting[-1]


def import_app(component: str) -> Any:
    return importlib.import_module(f"{component}.app")
