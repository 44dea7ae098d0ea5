"""A person's allowance of a year; amounts are specific personal data, so every read leaves an audit row."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.line_views import lines_of_year
from incentive.use_cases.access import may_read

DECIDED = ("APPROVED", "PAID")


def show_allowances(work: UnitOfWork, actor: Principal, employee_id: UUID, year: int) -> dict[str, Any]:
    """All lines of the year's months, and their sums: what is decided, and what has been paid."""
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        lines = lines_of_year(tx, employee_id, year)
        audit.record(tx, actor, "read_allowances", "employee", employee_id, year=year)
        return {
            "employee_id": employee_id,
            "year": year,
            "decided_amount": sum(line["amount"] for line in lines if line["state"] in DECIDED),
            "paid_amount": sum(line["amount"] for line in lines if line["state"] == "PAID"),
            "lines": lines,
        }
