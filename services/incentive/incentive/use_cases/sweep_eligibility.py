"""Work off the list of people to look at again, a chunk at a time, and wake up on the next day that matters."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from chassis import timers
from chassis.unit_of_work import Transaction
from incentive.persistence.eligibility import REVIEW, SWEEP, end_sweep, mark_ripe, next_review, take_due
from incentive.persistence.people import today_of, zone_of
from incentive.use_cases.assess_people import assess_people

CHUNK = 300


def sweep_eligibility(tx: Transaction) -> None:
    """Assess a chunk; go on by a further timer while people are left, then set the timer of the next review."""
    ids = take_due(tx, CHUNK)
    if ids:
        assess_people(tx, ids)
    if len(ids) == CHUNK or not end_sweep(tx):
        timers.schedule(tx, SWEEP, tx.agency_id, tx.now)
        return
    day = next_review(tx)
    if day is not None:
        timers.schedule(tx, REVIEW, tx.agency_id, datetime.combine(day, time(), ZoneInfo(zone_of(tx))))


def review_eligibility(tx: Transaction) -> None:
    """A day has come on which time alone may change something: look at everybody whose day it is."""
    mark_ripe(tx, today_of(tx))
