"""The reader follows both."""

from effects import Base, take_effect

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction

__all__ = ["Base", "consumers"]
consumers = Consumers("reader")


@consumers.on("origin", "ItemProduced", 1)
@consumers.on("forwarder", "ItemForwarded", 1)
def read(tx: Transaction, event: Event) -> None:
    take_effect(tx, event)
