"""What this service does when business time comes."""

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from notification.persistence.emails import close_digest
from notification.use_cases.emails.collect import TIMER

timers = Timers()


@timers.on(TIMER)
def on_email_digest(tx: Transaction, timer: Timer) -> None:
    close_digest(tx, timer.key)
