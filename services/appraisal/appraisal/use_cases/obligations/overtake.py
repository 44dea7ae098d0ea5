"""At the agency's midnight: what becomes of obligations whose deadline is over."""

from appraisal.persistence.obligations import overtake
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.hand_on import hand_on_missed
from appraisal.use_cases.obligations.open_year import schedule_daily
from appraisal.use_cases.obligations.remind import schedule_reminders
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_all_reminders
from chassis.unit_of_work import Transaction


def overtake_obligations(tx: Transaction) -> None:
    """Hand unrated days on to HR, and let evaluations lapse where the agency's rule says so; an open one is overdue.

    What somebody owes who has left is another's, whatever kept it from being handed on before. In the morning people
    are reminded of what they owe then.
    """
    overtake(tx, load_setting(tx).lapses())
    hand_on_missed(tx)
    withdraw_all_reminders(tx)
    schedule_reminders(tx)
    schedule_daily(tx)
