"""What this service does when business time comes."""

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from notification.persistence.emails import close_digest
from notification.use_cases.directory.follow_timelines import TIMER as TIMELINES_CHANGE
from notification.use_cases.directory.follow_timelines import notify_on_the_day
from notification.use_cases.emails.collect import TIMER
from notification.use_cases.emails.release import TIMER as QUIET_HOURS_END
from notification.use_cases.emails.release import release_emails

timers = Timers()


@timers.on(TIMER)
def on_email_digest(tx: Transaction, timer: Timer) -> None:
    close_digest(tx, timer.key)


@timers.on(TIMELINES_CHANGE)
def on_timelines_change(tx: Transaction, timer: Timer) -> None:
    notify_on_the_day(tx, timer)


@timers.on(QUIET_HOURS_END)
def on_quiet_hours_end(tx: Transaction, _timer: Timer) -> None:
    release_emails(tx)
