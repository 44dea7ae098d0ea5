"""Deadlines that pass by themselves."""

from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from wellbeing.use_cases.surveys.close import close_due_survey
from wellbeing.use_cases.tickets.announce import announce_ticket
from wellbeing.use_cases.tickets.escalate import escalate_ticket

timers = Timers()


@timers.on("survey_closes")
def on_survey_closes(tx: Transaction, timer: Timer) -> None:
    close_due_survey(tx, UUID(timer.key))


@timers.on("ticket_announced")
def on_ticket_announced(tx: Transaction, timer: Timer) -> None:
    announce_ticket(tx, UUID(timer.key))


@timers.on("ticket_due")
def on_ticket_due(tx: Transaction, timer: Timer) -> None:
    escalate_ticket(tx, UUID(timer.key), timer.due_at)
