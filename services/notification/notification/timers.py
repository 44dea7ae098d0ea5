"""What this service does when business time comes."""

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from notification.use_cases.email_digest import TIMER, send_digest

timers = Timers()


@timers.on(TIMER)
def on_email_digest(tx: Transaction, timer: Timer) -> None:
    send_digest(tx, timer.key)
