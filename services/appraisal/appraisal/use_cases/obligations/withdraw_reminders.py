"""Withdraw reminders that name what is so no longer: their e-mail may still wait, for the morning or a digest."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from appraisal.events import RemindersOutdated
from appraisal.persistence.outdated_reminders import withdraw_outdated
from chassis import outbox, timers
from chassis.unit_of_work import Transaction
from directory.questions import today

TIMER = "outdated_reminders"
_AT_ONCE, _MOST = 1000, 1_000_000
_NEXT = timedelta(microseconds=1)


def withdraw_reminders(tx: Transaction, people: Collection[UUID]) -> None:
    """Withdraw the reminders of duties of these people, or about them, where these have changed."""
    if people:
        _publish(tx, withdraw_outdated(tx, today(tx), people, _MOST))


def withdraw_all_later(tx: Transaction) -> None:
    """Come back for the whole agency, once this transaction is over."""
    timers.schedule(tx, TIMER, tx.now.isoformat(), tx.now)


def withdraw_all_reminders(tx: Transaction) -> None:
    """Withdraw all of the agency's, a number of people at a time."""
    found = withdraw_outdated(tx, today(tx), None, _AT_ONCE)
    _publish(tx, found)
    if len(found) == _AT_ONCE:
        at = tx.now + _NEXT
        timers.schedule(tx, TIMER, at.isoformat(), at)


def _publish(tx: Transaction, people: Collection[UUID]) -> None:
    for one in people:
        outbox.record(tx, RemindersOutdated(employee_id=one))
