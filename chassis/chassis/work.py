"""The unit of work: state, facts, timers, jobs and audit rows that commit together or not at all."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.auth import Principal
from chassis.bus.contracts import Contracts
from chassis.bus.envelope import Event, Fact, envelope, routing_key, to_json
from chassis.clock import Clock
from chassis.db import Database
from chassis.db.newest import Newest
from chassis.ids import new_id


@dataclass(frozen=True)
class Cause:
    """Why something is being done: the ids that tie a request or an event to what follows from it."""

    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""


Row = TypeVar("Row")
NO_CAUSE = Cause()
_cause: ContextVar[Cause] = ContextVar("cause", default=NO_CAUSE)

# Numbering and recording in one statement: the row lock on the subject's counter is taken first, so the facts of one
# subject stand in the outbox in the order of their numbers. The number is set into the body where it was left out.
_RECORD = text(
    "WITH s AS (INSERT INTO event_sequence AS s (agency_id, subject, last) VALUES (:agency, :subject, 1) "
    "ON CONFLICT (agency_id, subject) DO UPDATE SET last = s.last + 1 RETURNING last) "
    "INSERT INTO outbox (id, agency_id, name, version, subject, sequence, routing_key, body) "
    "SELECT :id, :agency, :name, :version, :subject, s.last, :routing_key, "
    "CAST(:head AS text) || CAST(s.last AS text) || CAST(:tail AS text) FROM s "
    "RETURNING pg_notify('suar_outbox', '')"
)
_AUDIT = text(
    "INSERT INTO audit (agency_id, at, actor, action, object_type, object_id, detail) "
    "VALUES (:agency, :at, :actor, :action, :object_type, :object_id, CAST(:detail AS jsonb))"
)
_TIMER = text(
    "INSERT INTO timer (kind, key, agency_id, due_at, data) VALUES (:kind, :key, :agency, :due, CAST(:data AS jsonb)) "
    "ON CONFLICT (agency_id, kind, key) DO UPDATE "
    "SET due_at = excluded.due_at, data = excluded.data, attempts = 0, not_before = NULL, error = NULL"
)
_JOB = text(
    "INSERT INTO job (id, agency_id, kind, key, params, content, created_by, created_at, updated_at) "
    "VALUES (:id, :agency, :kind, :key, CAST(:params AS jsonb), :content, :by, :now, :now) "
    "ON CONFLICT (agency_id, kind, key) DO UPDATE SET key = excluded.key RETURNING id"
)
_ENTER = text("SELECT set_config('app.agency_id', :agency, true)")
_NOTIFY = text("SELECT pg_notify(:channel, '')")


@contextmanager
def because(cause: Cause) -> Iterator[None]:
    """Everything recorded inside carries this cause."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


def current_cause() -> Cause:
    return _cause.get()


@dataclass
class Shared:
    """What several pieces of work in one session share: facts and audit rows, which are written once for all."""

    facts: list[dict[str, Any]] = field(default_factory=list)
    audits: list[dict[str, Any]] = field(default_factory=list)
    left: dict[tuple[str, Callable[..., object]], tuple["Transaction", list[Any]]] = field(default_factory=dict)
    agency_id: str | None = None
    newest: Newest = field(default_factory=Newest)

    def write(self, session: Session) -> None:
        """Write what was recorded. In the order of subjects, so that two transactions never wait for each other."""
        session.flush()
        while self.left:
            (agency_id, write), (transaction, rows) = next(iter(self.left.items()))
            del self.left[agency_id, write]
            if agency_id != self.agency_id:
                enter(session, agency_id)
                self.agency_id = agency_id
            write(transaction, rows)
        self.newest.write(session)
        if self.facts:
            session.execute(_RECORD, sorted(self.facts, key=lambda fact: str(fact["subject"])))
            self.facts.clear()
        if self.audits:
            session.execute(_AUDIT, self.audits)
            self.audits.clear()


def enter(session: Session, agency_id: str) -> None:
    """Let the open transaction see this agency's rows, and no other's."""
    session.execute(_ENTER, {"agency": agency_id})


def trail_headers() -> dict[str, str]:
    """The headers by which a call to a neighbour belongs to the request or event that is being worked on."""
    cause = _cause.get()
    named = {"X-Request-Id": cause.correlation_id, "traceparent": cause.traceparent}
    return {name: value for name, value in named.items() if value}


@dataclass
class Transaction:
    """One open transaction of one agency. `now` is business time, the same for all that happens in it."""

    session: Session
    agency_id: str
    now: datetime
    contracts: Contracts
    _shared: Shared = field(default_factory=Shared)

    def record(self, fact: Fact) -> UUID:
        """Put a fact in the outbox, after its schema has been checked; gives the event's id.

        Facts are numbered and written together, just before the commit.
        """
        self.contracts.check(fact)
        event_id = new_id()
        cause = _cause.get()
        body = envelope(
            fact,
            event_id=event_id,
            agency_id=self.agency_id,
            time=self.now,
            correlation_id=cause.correlation_id or str(event_id),
            causation_id=cause.causation_id,
            traceparent=cause.traceparent,
        )
        self._shared.facts.append(
            {
                "id": event_id,
                "agency": self.agency_id,
                "name": fact.NAME,
                "version": fact.VERSION,
                "subject": fact.subject,
                "routing_key": routing_key(self.agency_id, fact.PRODUCER, fact.NAME, fact.VERSION),
                "head": json.dumps(body, ensure_ascii=False, separators=(",", ":"))[:-1] + ',"sequence":',
                "tail": ',"data":' + json.dumps(fact.data(), ensure_ascii=False, separators=(",", ":")) + "}",
            }
        )
        return event_id

    def audit(self, actor: Principal | str, action: str, object_type: str, object_id: object, **detail: object) -> None:
        """Leave a trace of who read or changed what; `detail` holds ids and codes only. Sealed into a chain later."""
        self._shared.audits.append(
            {
                "agency": self.agency_id,
                "at": self.now,
                "actor": actor if isinstance(actor, str) else str(actor.account_id),
                "action": action,
                "object_type": object_type,
                "object_id": str(object_id),
                "detail": json.dumps(to_json(detail)),
            }
        )

    def later(self, write: Callable[["Transaction", list[Row]], object], row: Row) -> None:
        """Leave a row to `write`, which is called once, just before the commit, with all that were left to it.

        For what nothing in this transaction reads again: a batch of events then costs as many statements as one.
        """
        self._shared.left.setdefault((self.agency_id, write), (self, []))[1].append(row)

    def flush(self) -> None:
        """Write what was recorded so far, by others in this session too."""
        self._shared.write(self.session)
        if self._shared.agency_id != self.agency_id:
            enter(self.session, self.agency_id)
            self._shared.agency_id = self.agency_id

    def set_timer(self, kind: str, key: object, due_at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Ask that the timer handler `kind` runs when business time reaches `due_at`; the same key replaces it."""
        self.session.execute(
            _TIMER,
            {
                "kind": kind,
                "key": str(key),
                "agency": self.agency_id,
                "due": due_at,
                "data": json.dumps(to_json(data or {})),
            },
        )

    def cancel_timer(self, kind: str, key: object) -> None:
        """Forget a timer; nothing happens when there is none."""
        self.session.execute(
            text("DELETE FROM timer WHERE agency_id = :agency AND kind = :kind AND key = :key"),
            {"agency": self.agency_id, "kind": kind, "key": str(key)},
        )

    def start_job(
        self,
        kind: str,
        params: Mapping[str, Any],
        created_by: UUID | None,
        content: bytes | None = None,
        key: str | None = None,
    ) -> UUID:
        """Queue bulk work; gives the job's id, that of the earlier job where one has the same kind and key."""
        found: UUID = self.session.execute(
            _JOB,
            {
                "id": new_id(),
                "agency": self.agency_id,
                "kind": kind,
                "key": key,
                "params": json.dumps(to_json(params)),
                "content": content,
                "by": created_by,
                "now": self.now,
            },
        ).scalar_one()
        self.notify("suar_job")
        return found

    def newer(self, projection: str, event: Event) -> bool:
        """Tell whether this event is the newest heard for (projection, subject), and remember it if so."""
        return self._shared.newest.is_newer(self.session, projection, event)

    def notify(self, channel: str) -> None:
        """Wake whoever waits on this PostgreSQL channel once the transaction has committed."""
        self.session.execute(_NOTIFY, {"channel": channel})


class UnitOfWork:
    """Opens transactions; everything a use case needs to act."""

    def __init__(self, database: Database, clock: Clock, contracts: Contracts) -> None:
        self.database = database
        self.clock = clock
        self.contracts = contracts
        self._transaction: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

    @contextmanager
    def bound(self, session: Session, agency_id: str, shared: Shared | None = None) -> Iterator[Transaction]:
        """Work for one agency in a session that serves several in turn; nothing loaded for one is seen by the next.

        With `shared`, facts and audit rows are left for the caller to write.
        """
        session.flush()
        session.expunge_all()
        if shared is None or shared.agency_id != agency_id:
            enter(session, agency_id)
        told = shared or Shared()
        told.agency_id = agency_id
        transaction = Transaction(session, agency_id, self.clock.now(), self.contracts, told)
        token = self._transaction.set(transaction)
        try:
            yield transaction
            if shared is None:
                transaction.flush()
            else:
                session.flush()
        finally:
            self._transaction.reset(token)

    @contextmanager
    def transaction(self, agency_id: str) -> Iterator[Transaction]:
        """One transaction of an agency; an inner call joins the outer one, which alone commits."""
        opened = self._transaction.get()
        if opened is not None:
            if opened.agency_id != agency_id:
                raise RuntimeError(f"work for {opened.agency_id} is open; {agency_id} cannot join it")
            yield opened
            return
        with self.database.session(agency_id) as session:
            shared = Shared(agency_id=agency_id)
            transaction = Transaction(session, agency_id, self.clock.now(), self.contracts, shared)
            token = self._transaction.set(transaction)
            try:
                yield transaction
                transaction.flush()
            finally:
                self._transaction.reset(token)
