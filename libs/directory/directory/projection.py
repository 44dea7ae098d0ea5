"""Keeping what personnel publishes in a service's own tables."""

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.records import Model, save_record
from chassis.unit_of_work import Transaction


def keep_latest(consumers: Consumers, event_name: str, kind: type[object], model: Model, projection: str) -> None:
    """Store the latest of these events of personnel, read as `kind`, in the row of `model`, as far as it has columns.

    `projection` names this reading among those of the service, for the order of events.
    """

    @consumers.on("personnel", event_name, 1)
    def on_changed(tx: Transaction, event: Event) -> None:
        if is_latest(tx, projection, event):
            save_record(tx, model, event.read(kind))
