"""Read the lines of a run, page by page or whole as rows for a spreadsheet."""

from collections.abc import Iterator
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from incentive.domain.allowance_line_views import AllowanceLineView
from incentive.domain.allowance_run import ListRunLines
from incentive.persistence.allowance_lines import all_lines_of_run, lines_of_run
from incentive.persistence.allowance_runs import load_run

EXPORTED = ("id", "employee_id", "unit_id", "month", "run_month", "kind", "job_class", "predicate", "policy_version")
HEADER = (*EXPORTED, "not_payable", "amount")


def list_run_lines(work: UnitOfWork, actor: Principal, command: ListRunLines) -> Page[AllowanceLineView]:
    with work.transaction(actor.agency_id) as tx:
        load_run(tx, command.run_id)
        found = lines_of_run(tx, command.run_id, command.page)
        audit.record(tx, actor, "read_allowance_lines", "allowance_run", command.run_id, lines=len(found.items))
        return found


def export_run_lines(work: UnitOfWork, actor: Principal, run_id: UUID) -> Iterator[list[object]]:
    """Return the header, then every line; read inside one transaction."""
    with work.transaction(actor.agency_id) as tx:
        load_run(tx, run_id)
        audit.record(tx, actor, "export_allowance_lines", "allowance_run", run_id)
        yield list(HEADER)
        for line in all_lines_of_run(tx, run_id):
            values = (getattr(line, name) for name in HEADER)
            yield ["" if value is None else value for value in values]
