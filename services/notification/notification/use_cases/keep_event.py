"""Keep an event for the feed and the webhooks, unless it is one that must never leave."""

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from notification.persistence import feed


def keep_event(tx: Transaction, event: Event) -> None:
    """An event without a published schema counts as internal, and its content is not kept at all."""
    feed.keep(tx, event, internal=tx.contracts.is_internal(event))
