"""What the forwarder does with an item; some items are produced to give it trouble."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from effects import Base, take_effect

from chassis import outbox
from chassis.bus.envelope import Event, IntegrationEvent
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction

__all__ = ["Base", "consumers"]
SLOW_SECONDS = float(os.environ.get("FAULTS_SLOW_SECONDS", "5"))


@dataclass(frozen=True, kw_only=True)
class ItemForwarded(IntegrationEvent, subject="series_id"):
    series_id: UUID
    number: int


consumers = Consumers("forwarder")


@consumers.on("origin", "ItemProduced", 1)
def forward(tx: Transaction, event: Event) -> None:
    meet_trouble(event)
    take_effect(tx, event)
    outbox.record(tx, ItemForwarded(series_id=UUID(event.subject), number=event.data["number"]))


def meet_trouble(event: Event) -> None:
    match event.data["trouble"]:
        case "slow":
            tries_of(event)
            time.sleep(SLOW_SECONDS)
        case "always":
            raise ValueError("this item cannot be forwarded")
        case "thrice":
            if tries_of(event) <= 3:
                raise LookupError("what this item needs is not there yet")
        case "kills":
            tries_of(event)
            os.kill(os.getpid(), signal.SIGKILL)
        case "kills_later":
            if tries_of(event) == 1:
                raise LookupError("not at first sight")
            os.kill(os.getpid(), signal.SIGKILL)


def tries_of(event: Event) -> int:
    """Count a try where neither a rollback nor a kill can take it back."""
    path = Path(os.environ["FAULTS_FOLDER"]) / str(event.id)
    with path.open("a") as file:
        file.write("x")
    return path.stat().st_size
