"""The inbox of one service: takes batches of deliveries from the bus, and retries what failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.bus.envelope import Event
from chassis.bus.message import Incoming
from chassis.consumers import Consumers
from chassis.inbox.apply import EventApplier
from chassis.inbox.crash_guard import admit, without_known
from chassis.inbox.deferred import park_malformed
from chassis.inbox.retry import DeferredRetrier
from chassis.observability import metrics
from chassis.unit_of_work import UnitOfWork

# Seconds until the next attempt; after the last one the event is parked for an operator.
BACK_OFF = (1, 5, 15, 60, 300, 1800, 7200)


@dataclass
class Inbox:
    """Applies events to one service. Safe for several processes at once."""

    work: UnitOfWork
    consumers: Consumers
    back_off: Sequence[float] = BACK_OFF
    _applier: EventApplier = field(init=False, repr=False)
    _retrier: DeferredRetrier = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._applier = EventApplier(self.work, self.consumers, self.back_off[0])
        self._retrier = DeferredRetrier(self._applier, self.back_off)

    def receive(self, batch: Sequence[Incoming]) -> None:
        """Commit the effects of a batch of deliveries and defer what fails; raise only when the database is down."""
        metrics.received(len(batch))
        engine = self.work.database.engine
        first_deliveries: list[Event] = []
        redeliveries: list[Event] = []
        # Dead-lettered ones first: they are counted before any other event of the batch can kill the process.
        for one in sorted(batch, key=lambda one: not one.dead_lettered):
            try:
                event = Event.parse(one.body)
            except ValueError as error:
                park_malformed(engine, one.body, error)
                continue
            (redeliveries if one.redelivered or one.dead_lettered else first_deliveries).append(event)
        for event in without_known(engine, redeliveries):
            if admit(engine, event):
                self._applier.apply_each([event])
        self.apply(first_deliveries)

    def apply(self, events: Sequence[Event]) -> None:
        """Apply events in one transaction if possible, otherwise one by one."""
        self._applier.apply(events)

    def retry_due(self, *, limit: int = 100) -> int:
        """Retry at most `limit` deferred events that are due and return how many were tried."""
        return self._retrier.retry_due(limit=limit)
