"""The agency's holidays, on which no working day is counted. None are built in: each decree has to be entered."""

from collections.abc import Sequence
from datetime import date

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import references

from .list_holidays import HolidayView, holiday_view


def set_holidays(
    work: UnitOfWork, actor: Principal, days: Sequence[HolidayView], removed: Sequence[date]
) -> list[HolidayView]:
    """Enter or correct holidays and take back wrong ones. Deadlines that are already set stay as they were told."""
    with work.transaction(actor.agency_id) as tx:
        references.save_holidays(tx.session, tx.agency_id, [(one.day, one.name, one.source) for one in days])
        references.remove_holidays(tx.session, removed)
        audit.record(
            tx, actor, "holidays_entered", "holiday", "-", entered=[one.day for one in days], removed=list(removed)
        )
        years = sorted({one.day.year for one in days} | {one.year for one in removed})
        return [holiday_view(row) for year in years for row in references.holidays_of(tx.session, year)]
