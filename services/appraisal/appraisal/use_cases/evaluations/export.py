"""Export all evaluations of a year as rows for HR's own tools, page by page."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.persistence.evaluations import EXPORTED, EXPORTED_AT_ONCE, export_page
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def export_evaluations(work: UnitOfWork, actor: Principal, period: Period) -> Iterator[list[tuple[Any, ...]]]:
    """Return the names of the columns, then the rows, but no proposal about the caller; a transaction for each page."""
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "evaluations_exported", "evaluation_list", period.year, **period.parts)
    yield [EXPORTED]
    after: UUID | None = None
    while True:
        with work.transaction(actor.agency_id) as tx:
            rows = export_page(tx, period, after, without_proposals_about=actor.employee_id)
        yield rows
        if len(rows) < EXPORTED_AT_ONCE:
            return
        after = rows[-1][0]
