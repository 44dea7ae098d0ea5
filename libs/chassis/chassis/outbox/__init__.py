"""The transactional outbox and inbox. `outbox.record(tx, event)` is what use cases call."""

from chassis.outbox.record import record

__all__ = ["record"]
