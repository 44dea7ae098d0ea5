"""The lines of a run, page by page or whole as rows for a spreadsheet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.line_views import all_of_run, page_of_run
from incentive.persistence.runs import run

EXPORTED = ("id", "employee_id", "unit_id", "month", "run_month", "kind", "job_class", "predicate", "policy_version")
HEADER = (*EXPORTED, "not_payable", "amount")


def list_run_lines(
    work: UnitOfWork, actor: Principal, run_id: UUID, after: str | None, limit: int
) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        run(tx, run_id)
        rows = page_of_run(tx, run_id, after, limit)
        audit.record(tx, actor, "read_allowance_lines", "allowance_run", run_id, lines=len(rows))
        return rows


def export_run_lines(work: UnitOfWork, actor: Principal, run_id: UUID) -> Iterator[list[Any]]:
    """The header, then every line; read inside one transaction."""
    with work.transaction(actor.agency_id) as tx:
        run(tx, run_id)
        audit.record(tx, actor, "export_allowance_lines", "allowance_run", run_id)
        yield list(HEADER)
        for row in all_of_run(tx, run_id):
            yield [row[name] if row[name] is not None else "" for name in HEADER]
