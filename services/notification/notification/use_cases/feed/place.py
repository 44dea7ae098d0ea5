"""Place received events in the feed.

Consumers only line events up, in any number of processes. Here one process at a time (the agency's head row is locked)
hands out positions 1, 2, 3 … and commits them together, so positions become visible in their order: a reader that has
seen position n can never miss one below it, however late some consumer committed.
"""

import threading

from chassis.unit_of_work import UnitOfWork
from notification.domain.feed import take_in_order
from notification.persistence import feed, webhook_queue


def place_events(work: UnitOfWork, agency_id: str) -> int:
    """Place what waits in one agency; return how many events left the queue."""
    with work.transaction(agency_id) as tx:
        head = feed.lock_head(tx)
        queued = feed.list_queued(tx)
        if not queued:
            return 0
        taken = take_in_order(queued, feed.stream_heads(tx, [item.stream for item in queued]))
        if not taken.events:
            return 0
        leaving = [item.event_id for item in taken.events if not item.internal]
        if leaving:
            feed.place(tx, leaving, after=head)
            webhook_queue.wake_agency(tx)
        if taken.heads:
            feed.advance_streams(tx, taken.heads)
        feed.take_from_queue(tx, [item.arrival for item in taken.events])
        return len(taken.events)


def place_all_events(work: UnitOfWork, stop: threading.Event | None = None) -> int:
    """Place what waits in every agency; return how many events left the queue."""
    done = 0
    for agency_id in feed.agencies_waiting(work.database.engine):
        if stop is not None and stop.is_set():
            break
        done += place_events(work, agency_id)
    return done
