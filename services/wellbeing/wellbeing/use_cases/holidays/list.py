"""List the holidays of a year."""

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.reference import HolidaysView
from wellbeing.persistence.references import holidays_of


def list_holidays(work: UnitOfWork, actor: Principal, year: int) -> HolidaysView:
    """Return the holidays of a year, by day."""
    with work.transaction(actor.agency_id) as tx:
        return HolidaysView(holidays_of(tx, [year]))
