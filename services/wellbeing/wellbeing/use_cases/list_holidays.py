"""The holidays of a year."""

from dataclasses import dataclass
from datetime import date

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import references
from wellbeing.persistence.models import Holiday


@dataclass(frozen=True)
class HolidayView:
    day: date
    name: str
    source: str


def list_holidays(work: UnitOfWork, actor: Principal, year: int) -> list[HolidayView]:
    with work.transaction(actor.agency_id) as tx:
        return [holiday_view(row) for row in references.holidays_of(tx.session, year)]


def holiday_view(row: Holiday) -> HolidayView:
    return HolidayView(row.day, row.name, row.source)
