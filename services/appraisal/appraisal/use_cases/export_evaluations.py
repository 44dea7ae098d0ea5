"""All evaluations of a year as rows for HR's own tools, a piece at a time."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

COLUMNS = (
    "id",
    "employee_id",
    "unit_id",
    "appraiser_id",
    "reviewer_id",
    "kind",
    "year",
    "quarter",
    "state",
    "work_result",
    "behaviour",
    "predicate",
    "revision",
    "issued_at",
    "received_at",
    "objection_until",
    "final_at",
    "completed_by",
    "work_result_note",
    "behaviour_note",
)
PIECE = 2000
_PIECE = text(
    f"SELECT {', '.join(COLUMNS)} FROM evaluation WHERE year = :year "  # noqa: S608 - a constant
    "AND (CAST(:quarter AS smallint) IS NULL OR quarter = :quarter) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)


def export_evaluations(
    work: UnitOfWork, actor: Principal, year: int, quarter: int | None
) -> Iterator[list[tuple[Any, ...]]]:
    after: UUID | None = None
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "evaluations_exported", "evaluation_list", year, quarter=quarter)
    while True:
        with work.transaction(actor.agency_id) as tx:
            values = {"year": year, "quarter": quarter, "after": after, "limit": PIECE}
            piece = [tuple(row) for row in tx.session.execute(_PIECE, values)]
        if piece:
            yield piece
        if len(piece) < PIECE:
            return
        after = piece[-1][0]
