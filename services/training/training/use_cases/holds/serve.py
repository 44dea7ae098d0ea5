"""Reserve free copies for those who wait. Whatever counts copies holds the lock on the item's row."""

from datetime import timedelta
from uuid import UUID

from chassis import timers
from chassis.unit_of_work import Transaction
from directory.questions import time_zone, today
from training.domain.loan import Hold, HoldState
from training.domain.people import start_of_day
from training.domain.reference_item import ReferenceItem
from training.domain.rule import RuleName
from training.persistence.loans import find_hold, update_hold, waiting_holds
from training.persistence.reference import load_rule
from training.persistence.reference_items import lock_item, update_copies

HOLD_TIMER = "hold_pick_up"


def serve_holds(tx: Transaction, item: ReferenceItem) -> ReferenceItem:
    """Reserve free copies, the longest wait first, until the end of the last day to pick up. Return the item."""
    waiting = waiting_holds(tx, item.id, item.copies_free) if item.copies_free else []
    if not waiting:
        return item
    day = today(tx)
    pick_up_by = day + timedelta(days=load_rule(tx, RuleName.HOLD_PICKUP_DAYS, day).value)
    expiry = start_of_day(pick_up_by + timedelta(days=1), time_zone(tx))
    for hold in waiting:
        update_hold(tx, hold, hold.ready(pick_up_by))
        timers.schedule(tx, HOLD_TIMER, hold.id, expiry)
    after = item.with_reserved(len(waiting))
    update_copies(tx, item, after)
    return after


def end_hold(tx: Transaction, item: ReferenceItem, hold: Hold, target: HoldState) -> Hold:
    """End a hold and return it; a copy that was reserved for it goes to the next. Raise HoldClosed."""
    ended = hold.moved(target)
    update_hold(tx, hold, ended)
    after = item
    if hold.is_ready:
        after = item.with_reserved(-1)
        update_copies(tx, item, after)
        timers.cancel(tx, HOLD_TIMER, hold.id)
    serve_holds(tx, after)
    return ended


def expire_hold(tx: Transaction, hold_id: UUID) -> None:
    """End a hold whose copy was not picked up in time; one that was ended meanwhile stays as it is."""
    found = find_hold(tx, hold_id)
    if found is None:
        return
    item = lock_item(tx, found.item_id)
    hold = find_hold(tx, hold_id)  # under the lock
    if hold is not None and hold.is_ready:
        end_hold(tx, item, hold, HoldState.EXPIRED)
