"""Deadlines as rows: a handler runs when business time reaches them, once, whatever is killed."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.envelope import to_json
from chassis.causation import Causation, caused_by
from chassis.db.availability import failure_of
from chassis.db.listen import notify
from chassis.due import TIMER_CHANNEL
from chassis.errors import Unavailable
from chassis.observability import metrics, tracing
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction, UnitOfWork

log = get_logger()
_SCHEDULE = text(
    "INSERT INTO timer (kind, key, agency_id, due_at, data) VALUES (:kind, :key, :agency, :due, CAST(:data AS jsonb)) "
    "ON CONFLICT (agency_id, kind, key) DO UPDATE "
    "SET due_at = excluded.due_at, data = excluded.data, attempts = 0, not_before = NULL, error = NULL"
)
_SCHEDULE_UNLESS_THERE = text(
    "INSERT INTO timer (kind, key, agency_id, due_at) VALUES (:kind, :key, :agency, :due) ON CONFLICT DO NOTHING"
)
# One statement, however many timers; of one key it takes one.
_SCHEDULE_ALL = text(
    "INSERT INTO timer (kind, key, agency_id, due_at) "
    "SELECT :kind, key, :agency, due FROM unnest(CAST(:keys AS text[]), CAST(:dues AS timestamptz[])) AS t (key, due) "
    "ORDER BY key ON CONFLICT (agency_id, kind, key) DO UPDATE "
    "SET due_at = excluded.due_at, data = excluded.data, attempts = 0, not_before = NULL, error = NULL"
)
_CANCEL = text("DELETE FROM timer WHERE agency_id = :agency AND kind = :kind AND key = :key")
_DUE = text(
    "SELECT agency_id, kind, key, due_at, data, attempts FROM timer WHERE due_at <= :now "
    "AND (not_before IS NULL OR not_before <= clock_timestamp()) AND kind = ANY(:kinds) "
    "ORDER BY due_at, key LIMIT :limit FOR UPDATE SKIP LOCKED"
)
_DONE = text("DELETE FROM timer WHERE agency_id = :agency AND kind = :kind AND key = :key AND due_at = :due")
_FAILED = text(
    "UPDATE timer SET attempts = attempts + 1, error = :error, "
    "not_before = clock_timestamp() + make_interval(secs => least(3600, power(2, attempts + 1))) "
    "WHERE agency_id = :agency AND kind = :kind AND key = :key"
)


@dataclass(frozen=True)
class Timer:
    kind: str
    key: str
    agency_id: str
    due_at: datetime
    data: dict[str, Any]


def schedule(tx: Transaction, kind: str, key: object, due_at: datetime, data: Mapping[str, Any] | None = None) -> None:
    """Run the handler of `kind` once business time reaches `due_at`; a timer of the same kind and key is replaced."""
    values = {"kind": kind, "key": str(key), "agency": tx.agency_id, "due": due_at}
    tx.session.execute(_SCHEDULE, {**values, "data": json.dumps(to_json(data or {}))})
    if due_at <= tx.now:
        notify(tx.session, TIMER_CHANNEL)


def schedule_unless_there(tx: Transaction, kind: str, key: object, due_at: datetime) -> None:
    """Schedule a timer without data, or leave the one of the same kind and key as it is, without waiting for it."""
    values = {"kind": kind, "key": str(key), "agency": tx.agency_id, "due": due_at}
    tx.session.execute(_SCHEDULE_UNLESS_THERE, values)
    if due_at <= tx.now:
        notify(tx.session, TIMER_CHANNEL)


def schedule_all(tx: Transaction, kind: str, dues: Mapping[Any, datetime]) -> None:
    """Schedule a timer of `kind` for each key, without data, as `schedule` does; all in one statement."""
    if not dues:
        return
    values = {"kind": kind, "agency": tx.agency_id, "keys": list(map(str, dues)), "dues": list(dues.values())}
    tx.session.execute(_SCHEDULE_ALL, values)
    if min(dues.values()) <= tx.now:
        notify(tx.session, TIMER_CHANNEL)


def cancel(tx: Transaction, kind: str, key: object) -> None:
    """Remove a timer; do nothing when there is none."""
    tx.session.execute(_CANCEL, {"agency": tx.agency_id, "kind": kind, "key": str(key)})


TimerHandler = Callable[[Transaction, Timer], None]


@dataclass
class Timers:
    """A table of handlers by kind: `@timers.on("objection_window")`."""

    _handlers: dict[str, TimerHandler] = field(default_factory=dict)

    def on(self, kind: str) -> Callable[[TimerHandler], TimerHandler]:
        def register(handler: TimerHandler) -> TimerHandler:
            self._handlers[kind] = handler
            return handler

        return register

    @property
    def kinds(self) -> Collection[str]:
        return self._handlers.keys()

    def fire_due(self, work: UnitOfWork, *, limit: int = 50) -> int:
        """Run what is due, each timer in a savepoint of one transaction; a handler that fails is tried again later."""
        if not self._handlers:
            return 0
        with Session(work.database.engine, expire_on_commit=False) as session:
            parameters = {"now": work.clock.now(), "kinds": list(self._handlers), "limit": limit}
            rows = session.execute(_DUE, parameters).all()
            for row in rows:
                timer = Timer(row.kind, row.key, row.agency_id, row.due_at, row.data)
                self._fire(work, session, timer)
            session.commit()
        return len(rows)

    def _fire(self, work: UnitOfWork, session: Session, timer: Timer) -> None:
        key = {"agency": timer.agency_id, "kind": timer.kind, "key": timer.key}
        try:
            with (
                tracing.span(f"timer {timer.kind}", tracing.Kind.INTERNAL) as here,
                caused_by(Causation(traceparent=here.traceparent)),
                session.begin_nested(),
                work.bound(session, timer.agency_id) as transaction,
            ):
                self._handlers[timer.kind](transaction, timer)
                session.execute(_DONE, {**key, "due": timer.due_at})
            metrics.TIMERS.labels(timer.kind, "done").inc()
        except Unavailable as error:
            # what has not come here yet is awaited, and nothing has failed
            log.warning(
                "timer_waits", kind=timer.kind, key=timer.key, error=repr(error), notes=getattr(error, "__notes__", [])
            )
            _try_later(session, timer, "waiting", error)
        except Exception as error:
            log.exception("timer_failed", kind=timer.kind, key=timer.key, **failure_of(error))
            _try_later(session, timer, "failed", error)


def _try_later(session: Session, timer: Timer, outcome: str, error: Exception) -> None:
    metrics.TIMERS.labels(timer.kind, outcome).inc()
    session.expunge_all()
    key = {"agency": timer.agency_id, "kind": timer.kind, "key": timer.key}
    session.execute(_FAILED, {**key, "error": repr(error)[:2000]})
