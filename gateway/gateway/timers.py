"""What happens by itself on a day: an account opens, is reduced or closes with the service of its person."""

from datetime import date
from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from gateway.use_cases.people.follow import TIMER, follow_people
from gateway.use_cases.people.follow_all import RULE_TIMER, begin_rule

timers = Timers()


@timers.on(TIMER)
def on_person_changes(tx: Transaction, timer: Timer) -> None:
    follow_people(tx, [UUID(timer.key)])


@timers.on(RULE_TIMER)
def on_account_rule_begins(tx: Transaction, timer: Timer) -> None:
    begin_rule(tx, date.fromisoformat(timer.key))
