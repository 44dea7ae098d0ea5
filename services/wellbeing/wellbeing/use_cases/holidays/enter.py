"""Enter the agency's holidays, on which no working day is counted. None are built in: each decree is entered."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.reference import EnterHolidays, HolidaysView
from wellbeing.persistence.references import holidays_of, remove_holidays, save_holidays


def enter_holidays(work: UnitOfWork, actor: Principal, command: EnterHolidays) -> HolidaysView:
    """Enter or correct holidays, remove wrong ones, and return those of the years concerned.

    Deadlines that are already set stay as they were published.
    """
    with work.transaction(actor.agency_id) as tx:
        entered = [holiday.day for holiday in command.items]
        save_holidays(tx, command.items)
        remove_holidays(tx, command.removed)
        audit.record(tx, actor, "holidays_entered", "holiday", "-", entered=entered, removed=list(command.removed))
        return HolidaysView(holidays_of(tx, {day.year for day in (*entered, *command.removed)}))
