"""Work off the reassessment queue, a chunk at a time, and schedule the next day that matters."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from chassis import timers
from chassis.unit_of_work import Transaction
from directory.questions import time_zone
from incentive.persistence.reassessments import REVIEW, SWEEP, dequeue, end_sweep, next_review, quiet_at
from incentive.use_cases.eligibility.assess import assess_people

CHUNK = 300


def sweep_eligibility(tx: Transaction) -> None:
    """Assess a chunk; go on by a further timer while people are left, then set the timer of the next review.

    While people are still being enqueued, it waits.
    """
    quiet = quiet_at(tx)
    if quiet is not None and quiet > tx.now:
        timers.schedule(tx, SWEEP, tx.agency_id, quiet)
        return
    ids = dequeue(tx, CHUNK)
    if ids:
        assess_people(tx, ids)
    if len(ids) == CHUNK or not end_sweep(tx):
        timers.schedule(tx, SWEEP, tx.agency_id, tx.now)
        return
    day = next_review(tx)
    if day is not None:
        timers.schedule(tx, REVIEW, tx.agency_id, datetime.combine(day, time(), ZoneInfo(time_zone(tx))))
