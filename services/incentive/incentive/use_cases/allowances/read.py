"""Read a person's allowance of a year; amounts are specific personal data, so every read leaves an audit row."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.allowance_line_views import AllowanceYearView
from incentive.persistence.allowance_lines import lines_of_year


def show_allowances(work: UnitOfWork, actor: Principal, employee_id: UUID, *, year: int) -> AllowanceYearView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        audit.record(tx, actor, "read_allowances", "employee", employee_id, year=year)
        return AllowanceYearView.of(employee_id, year, lines_of_year(tx, employee_id, year))
