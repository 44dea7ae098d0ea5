"""The lines of a run, page by page or whole as rows for a spreadsheet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.work import UnitOfWork
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
        tx.audit(actor, "read_allowance_lines", "allowance_run", run_id, lines=len(rows))
        return rows


def export_run_lines(work: UnitOfWork, actor: Principal, run_id: UUID) -> Iterator[list[Any]]:
    """The header, then every line; read inside one transaction."""
    with work.transaction(actor.agency_id) as tx:
        run(tx, run_id)
        tx.audit(actor, "export_allowance_lines", "allowance_run", run_id)
        yield list(HEADER)
        for row in all_of_run(tx, run_id):
            yield [row[name] if row[name] is not None else "" for name in HEADER]
