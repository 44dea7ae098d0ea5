"""Deadlines as rows: a handler runs when business time reaches them, once, whatever is killed.

Whoever changes an object locks it first and its timers after that. A handler does the same: while it runs no timer's
row is locked, only the right to fire it is held. Otherwise the two would wait for each other.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.envelope import to_json
from chassis.causation import Causation, caused_by
from chassis.db.availability import failure_of, is_lock_conflict, reason_of
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
# One worker fires a timer: it holds an advisory lock of two numbers until its transaction ends. The rows are taken one
# by one in their order, so no more are locked than are fired; several workers share what is due.
_CLAIM = text(
    "WITH due AS MATERIALIZED (SELECT agency_id, kind, key FROM timer WHERE due_at <= :now "
    "AND (not_before IS NULL OR not_before <= clock_timestamp()) AND kind = ANY(:kinds) "
    "ORDER BY due_at, key LIMIT :candidates) SELECT agency_id, kind, key FROM due "
    "WHERE pg_try_advisory_xact_lock(:lock, hashtext(concat_ws('/', agency_id, kind, key))) LIMIT :limit"
)
# Read after the claim: who held it before may have fired the timer meanwhile.
_DUE = text(
    "SELECT agency_id, kind, key, due_at, data, attempts FROM timer JOIN unnest(CAST(:agencies AS text[]), "
    "CAST(:kinds AS text[]), CAST(:keys AS text[])) AS claimed (agency_id, kind, key) USING (agency_id, kind, key) "
    "WHERE due_at <= :now AND (not_before IS NULL OR not_before <= clock_timestamp()) ORDER BY due_at, key"
)
_DONE = text("DELETE FROM timer WHERE agency_id = :agency AND kind = :kind AND key = :key AND due_at = :due")
_FAILED = text(
    "UPDATE timer SET attempts = attempts + 1, error = :error, "
    "not_before = clock_timestamp() + make_interval(secs => least(3600, power(2, attempts + 1))) "
    "WHERE agency_id = :agency AND kind = :kind AND key = :key AND due_at = :due"
)
_LOCK, _WORKERS = 7401, 4
# In what a transaction holds: the timers that it has planned anew, while one is being fired.
_PLANNED = "timers planned"


class _ChangedMeanwhile(Exception):
    """Somebody else cancelled or moved the timer after it was read: what its handler did is undone."""


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
    _note(tx, kind, [str(key)])
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
    _note(tx, kind, map(str, dues))
    if min(dues.values()) <= tx.now:
        notify(tx.session, TIMER_CHANNEL)


def cancel(tx: Transaction, kind: str, key: object) -> None:
    """Remove a timer; do nothing when there is none."""
    tx.session.execute(_CANCEL, {"agency": tx.agency_id, "kind": kind, "key": str(key)})
    _note(tx, kind, [str(key)])


def _note(tx: Transaction, kind: str, keys: Iterable[str]) -> None:
    planned = tx.held.get(_PLANNED)
    if planned is not None:
        planned.update((kind, key) for key in keys)


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
        """Run what is due and return how many were tried; a handler that fails is tried again later.

        Each timer has a savepoint in one transaction, which ends early when a handler and somebody else wait for each
        other: so nothing stays locked that the other needs, and the next call goes on.
        """
        if not self._handlers:
            return 0
        with Session(work.database.engine, expire_on_commit=False) as session:
            tried = 0
            for timer in self._claim(work, session, limit):
                tried += 1
                if not self._fire(work, session, timer):
                    break
            session.commit()
        return tried

    def _claim(self, work: UnitOfWork, session: Session, limit: int) -> Sequence[Timer]:
        now = work.clock.now()
        parameters = {"now": now, "kinds": list(self._handlers), "candidates": _WORKERS * limit, "limit": limit}
        claimed = session.execute(_CLAIM, {**parameters, "lock": _LOCK}).all()
        if not claimed:
            return ()
        agencies, kinds, keys = map(list, zip(*claimed, strict=True))
        rows = session.execute(_DUE, {"now": now, "agencies": agencies, "kinds": kinds, "keys": keys}).all()
        return [Timer(row.kind, row.key, row.agency_id, row.due_at, row.data) for row in rows]

    def _fire(self, work: UnitOfWork, session: Session, timer: Timer) -> bool:
        """Run the handler of one timer and return whether the transaction may go on with another."""
        try:
            with (
                tracing.span(f"timer {timer.kind}", tracing.Kind.INTERNAL) as here,
                caused_by(Causation(traceparent=here.traceparent)),
                session.begin_nested(),
                work.bound(session, timer.agency_id) as transaction,
            ):
                planned = transaction.held.setdefault(_PLANNED, set())
                self._handlers[timer.kind](transaction, timer)
                gone = session.execute(_DONE, _values(timer)).rowcount == 0  # type: ignore[attr-defined]
                if gone and (timer.kind, timer.key) not in planned:
                    raise _ChangedMeanwhile
            metrics.TIMERS.labels(timer.kind, "done").inc()
        except _ChangedMeanwhile:
            session.expunge_all()
            log.info("timer_changed_meanwhile", kind=timer.kind, key=timer.key)
        except Unavailable as error:
            # what has not come here yet is awaited, and nothing has failed
            if _try_later(session, timer, "waiting", error):
                notes = getattr(error, "__notes__", [])
                log.warning("timer_waits", kind=timer.kind, key=timer.key, error=repr(error), notes=notes)
        except Exception as error:
            if is_lock_conflict(error):
                session.expunge_all()
                log.warning("timer_gives_way", kind=timer.kind, key=timer.key, reason=reason_of(error))
                return False
            if _try_later(session, timer, "failed", error):
                log.exception("timer_failed", kind=timer.kind, key=timer.key, **failure_of(error))
        return True


def _values(timer: Timer) -> dict[str, object]:
    return {"agency": timer.agency_id, "kind": timer.kind, "key": timer.key, "due": timer.due_at}


def _try_later(session: Session, timer: Timer, outcome: str, error: Exception) -> bool:
    """Plan another attempt and return whether there is one: a timer that was changed meanwhile has none."""
    session.expunge_all()
    result = session.execute(_FAILED, {**_values(timer), "error": repr(error)[:2000]})
    if result.rowcount == 0:  # type: ignore[attr-defined]
        return False
    metrics.TIMERS.labels(timer.kind, outcome).inc()
    return True
