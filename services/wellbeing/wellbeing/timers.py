"""Deadlines that pass by themselves."""

from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction

from .domain.surveys import SurveyState
from .persistence import surveys
from .use_cases.close_survey import close
from .use_cases.escalate_ticket import escalate_ticket

timers = Timers()


@timers.on("survey_closes")
def close_due_survey(tx: Transaction, timer: Timer) -> None:
    survey = surveys.get(tx.session, UUID(timer.key), lock=True)
    if survey.state == SurveyState.OPEN.value:
        close(tx, survey)


@timers.on("ticket_due")
def escalate_due_ticket(tx: Transaction, timer: Timer) -> None:
    escalate_ticket(tx, UUID(timer.key), timer.due_at)
