"""Applying events: the effects and the ids of the events commit together, so that a repeat has no effect."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.db.retention_watermark import older_than_retention
from chassis.db.sequence_guard import SequenceGuard
from chassis.inbox.deferred import Failure, defer
from chassis.inbox.handling import count_processed, handling
from chassis.observability import metrics
from chassis.unit_of_work import PendingWrites, UnitOfWork

# One statement for a batch. Ordered by id, so that two workers with the same events never deadlock.
_CLAIM = text(
    "INSERT INTO inbox (event_id, producer, name) SELECT e.id, e.producer, e.name "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:producers AS text[]), CAST(:names AS text[])) AS e (id, producer, name) "
    "WHERE :is_retry OR NOT EXISTS (SELECT 1 FROM deferred WHERE event_id = e.id) ORDER BY e.id "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)


class OlderThanRetention(Exception):
    """The inbox no longer knows whether the event is a repeat: an operator decides."""


@dataclass
class EventApplier:
    """Runs the handlers of events. Safe for several processes at once."""

    work: UnitOfWork
    consumers: Consumers
    first_delay: float

    def apply(self, events: Sequence[Event]) -> None:
        """Apply events in one transaction; if that fails, one by one, so that a failing one affects no other."""
        if not events:
            return
        try:
            with Session(self.work.database.engine, expire_on_commit=False) as session:
                effective = self.apply_in(session, events)
                session.commit()
            count_processed(effective)
        except (OperationalError, InterfaceError) as error:
            self.raise_if_database_down(error)
            self.apply_each(events)
        except Exception:  # noqa: BLE001 - applying them one by one finds out which it was
            self.apply_each(events)

    def apply_each(self, events: Sequence[Event]) -> None:
        """Apply each event in its own transaction; one that fails is deferred with its error."""
        engine = self.work.database.engine
        for event in events:
            try:
                with Session(engine, expire_on_commit=False) as session:
                    effective = self.apply_in(session, [event])
                    session.commit()
                count_processed(effective)
            except OlderThanRetention as error:
                defer(engine, event, Failure("older_than_retention", str(error)), delay=None)
            except Exception as error:  # noqa: BLE001 - any error of a handler is stored with the event
                self.raise_if_database_down(error)
                defer(engine, event, Failure.of(error), delay=self.first_delay)

    def apply_in(self, session: Session, events: Sequence[Event], *, is_retry: bool = False) -> list[Event]:
        """Run the handlers in an open session and return the events that took effect, which repeats do not."""
        claim = {
            "ids": [event.id for event in events],
            "producers": [event.producer for event in events],
            "names": [event.name for event in events],
            "is_retry": is_retry,
        }
        claimed = {row.event_id for row in session.execute(_CLAIM, claim)}
        # Checked after the claim: a purge of one of these ids in between has advanced the watermark before.
        if not is_retry and older_than_retention(session, "inbox", claimed):
            raise OlderThanRetention("older than the inbox's retention: it may have taken effect before")
        pending, effective = PendingWrites(sequence_guard=SequenceGuard(events)), []
        for event in events:
            if event.id not in claimed:
                metrics.DUPLICATES.labels(event.producer).inc()
                continue
            claimed.discard(event.id)
            with handling(event), self.work.bound(session, event.agency_id, pending) as transaction:
                for handler in self.consumers.handlers_of(event):
                    handler(transaction, event)
            effective.append(event)
        pending.write(session)
        return effective

    def raise_if_database_down(self, error: Exception) -> None:
        """Raise the error again when the database is down, which is no fault of the event."""
        if isinstance(error, OperationalError | InterfaceError) and not self.work.database.is_up():
            raise error
