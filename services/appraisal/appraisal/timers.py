"""The deadlines of the annual procedure, and the days on which something of people changes."""

from datetime import date
from uuid import UUID

from appraisal.use_cases.dialogues.escalate import escalate_dialogue
from appraisal.use_cases.directory.follow_timelines import follow_day
from appraisal.use_cases.evaluations.expire import deem_received, expire_window
from appraisal.use_cases.evaluations.remind import remind_of_receipt
from appraisal.use_cases.objections.escalate import escalate_objection
from appraisal.use_cases.objections.escalate_statement import escalate_statement
from appraisal.use_cases.obligations.open_year import DAILY
from appraisal.use_cases.obligations.overtake import overtake_obligations
from appraisal.use_cases.obligations.remind import TIMER as REMINDERS
from appraisal.use_cases.obligations.remind import start_reminding
from appraisal.use_cases.obligations.withdraw_reminders import TIMER as OUTDATED_REMINDERS
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_all_reminders
from appraisal.use_cases.reviews.ask import DEADLINE as REVIEW_DEADLINE
from appraisal.use_cases.reviews.escalate import escalate_review
from appraisal.use_cases.rule_proposals.lapse import lapse_rule
from appraisal.use_cases.rule_proposals.propose import LAPSE
from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction

timers = Timers()


@timers.on("follow_timelines")
def on_day_of_change(tx: Transaction, timer: Timer) -> None:
    follow_day(tx, date.fromisoformat(timer.key))


@timers.on("deemed_receipt")
def on_deemed_receipt(tx: Transaction, timer: Timer) -> None:
    deem_received(tx, UUID(timer.key), timer.due_at)


@timers.on("receipt_reminder")
def on_receipt_reminder(tx: Transaction, timer: Timer) -> None:
    remind_of_receipt(tx, UUID(timer.key), timer.due_at, int(timer.data["number"]))


@timers.on("dialogue_deadline")
def on_dialogue_deadline(tx: Transaction, timer: Timer) -> None:
    escalate_dialogue(tx, UUID(timer.key))


@timers.on("objection_window")
def on_objection_window(tx: Transaction, timer: Timer) -> None:
    expire_window(tx, UUID(timer.key))


@timers.on("statement_deadline")
def on_statement_deadline(tx: Transaction, timer: Timer) -> None:
    escalate_statement(tx, UUID(timer.key))


@timers.on("decision_deadline")
def on_decision_deadline(tx: Transaction, timer: Timer) -> None:
    escalate_objection(tx, UUID(timer.key))


@timers.on(REVIEW_DEADLINE)
def on_review_deadline(tx: Transaction, timer: Timer) -> None:
    escalate_review(tx, UUID(timer.key))


@timers.on(LAPSE)
def on_first_day_over(tx: Transaction, timer: Timer) -> None:
    lapse_rule(tx, UUID(timer.key))


@timers.on(DAILY)
def on_midnight(tx: Transaction, _timer: Timer) -> None:
    overtake_obligations(tx)


@timers.on(REMINDERS)
def on_morning(tx: Transaction, timer: Timer) -> None:
    start_reminding(tx, date.fromisoformat(timer.key))


@timers.on(OUTDATED_REMINDERS)
def on_outdated_reminders(tx: Transaction, _timer: Timer) -> None:
    withdraw_all_reminders(tx)
