"""Subscriptions of a service: which events it consumes, and the handlers of each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chassis.bus.contracts import EVERYTHING, Subscription
from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction

Handler = Callable[[Transaction, Event], None]


def is_latest(tx: Transaction, projection: str, event: Event) -> bool:
    """Return whether this event is the latest of its subject that changes `projection`, and remember it if so.

    Events come late, twice and out of order: a handler that keeps state asks this before it overwrites any.
    """
    return tx.pending.sequence_guard.is_latest(tx.session, projection, event)


@dataclass
class Consumers:
    """A registry of handlers: `@consumers.on(producer, name, version)`, and `@consumers.on_any()` for all events."""

    service: str
    _handlers: dict[Subscription, list[Handler]] = field(default_factory=dict)
    _any: list[Handler] = field(default_factory=list)

    def on(self, producer: str, name: str, version: int) -> Callable[[Handler], Handler]:
        """Register a handler. It runs in the transaction that also marks the event as processed, and never commits."""

        def register(handler: Handler) -> Handler:
            self._handlers.setdefault((producer, name, version), []).append(handler)
            return handler

        return register

    def on_any(self) -> Callable[[Handler], Handler]:
        """Register a handler for every event on the queue; it runs after the specific ones."""

        def register(handler: Handler) -> Handler:
            self._any.append(handler)
            return handler

        return register

    def handlers_of(self, event: Event) -> list[Handler]:
        return self._handlers.get((event.producer, event.name, event.version), []) + self._any

    def subscriptions(self) -> list[Subscription]:
        """Return the subscriptions to bind; only `EVERYTHING` when a handler is registered for all events."""
        return [EVERYTHING] if self._any else sorted(self._handlers)
