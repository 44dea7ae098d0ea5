"""The deadlines of the annual procedure."""

from uuid import UUID

from appraisal.use_cases.run_deadlines import deem_received, expire_window, flag_late_decision
from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction

timers = Timers()


@timers.on("deemed_receipt")
def on_deemed_receipt(tx: Transaction, timer: Timer) -> None:
    deem_received(tx, UUID(timer.key), timer.due_at)


@timers.on("objection_window")
def on_objection_window(tx: Transaction, timer: Timer) -> None:
    expire_window(tx, UUID(timer.key))


@timers.on("decision_deadline")
def on_decision_deadline(tx: Transaction, timer: Timer) -> None:
    flag_late_decision(tx, UUID(timer.key))
