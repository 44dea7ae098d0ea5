"""Read a person's attendance counts of a year, with every revision."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.attendance import AttendanceEntryView
from incentive.persistence.attendance import entries_of_year


def list_attendance(work: UnitOfWork, actor: Principal, employee_id: UUID, *, year: int) -> Items[AttendanceEntryView]:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        audit.record(tx, actor, "read_attendance", "employee", employee_id, year=year)
        return Items(entries_of_year(tx, employee_id, year))
