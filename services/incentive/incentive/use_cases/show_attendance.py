"""A person's attendance counts of a year, with every revision."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.months import month_text
from incentive.persistence.attendance import entries_of
from incentive.use_cases.access import may_read


def show_attendance(work: UnitOfWork, actor: Principal, employee_id: UUID, year: int) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        rows = entries_of(tx, employee_id, date(year, 1, 1), date(year, 12, 31))
        audit.record(tx, actor, "read_attendance", "employee", employee_id, year=year)
        return [{**row, "month": month_text(row["month"])} for row in rows]
