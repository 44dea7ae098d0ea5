"""Send what was held back until the end of quiet hours, or for a weekly digest."""

from collections.abc import Iterable
from datetime import datetime

from chassis import timers
from chassis.unit_of_work import Transaction
from notification.persistence.held_emails import release_held

TIMER = "quiet_hours_end"


def release_emails(tx: Transaction) -> None:
    release_held(tx)


def release_later(tx: Transaction, moments: Iterable[datetime]) -> None:
    """Come back at these moments. A timer that is just firing is waited for, so nothing is left behind by it."""
    timers.schedule_all(tx, TIMER, {one.isoformat(): one for one in moments})
