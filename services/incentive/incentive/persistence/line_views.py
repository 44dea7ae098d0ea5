"""Allowance lines as they are read: by person and year, by run, one with all it follows from."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.months import month_text

_COLUMNS = (
    "l.id, l.run_id, l.employee_id, l.unit_id, l.month, l.kind, l.adjusts_line_id, l.amount, "
    "l.full_amount, l.not_payable, "
    "l.inputs ->> 'job_class' AS job_class, l.inputs ->> 'predicate' AS predicate, p.number AS policy_version, "
    "r.state, r.month AS run_month, l.calculated_at"
)
_FROM = "FROM allowance_line l JOIN allowance_run r ON r.id = l.run_id JOIN tukin_policy p ON p.id = l.policy_id "
_OF_YEAR = text(
    f"SELECT {_COLUMNS} {_FROM} WHERE l.agency_id = :agency AND l.employee_id = :id "
    "AND l.month BETWEEN :since AND :until ORDER BY l.month, r.month, l.id"
)
_OF_RUN = text(
    f"SELECT {_COLUMNS} {_FROM} WHERE l.agency_id = :agency AND l.run_id = :run "
    "AND (CAST(:after AS uuid) IS NULL OR l.id > CAST(:after AS uuid)) ORDER BY l.id LIMIT :limit"
)
_ONE = text(
    f"SELECT {_COLUMNS}, l.policy_id, l.inputs, l.steps, l.provenance {_FROM} "
    "WHERE l.agency_id = :agency AND l.id = :id"
)
_UNIT_AMOUNTS = text(
    "SELECT l.employee_id, sum(l.amount) AS amount FROM allowance_line l JOIN allowance_run r ON r.id = l.run_id "
    "WHERE l.agency_id = :agency AND l.month = :month AND l.unit_id = ANY(:units) AND r.state IN ('APPROVED', 'PAID') "
    "AND l.employee_id IS DISTINCT FROM :but GROUP BY l.employee_id"
)


def lines_of_year(tx: Transaction, employee_id: UUID, year: int) -> list[dict[str, Any]]:
    values = {"agency": tx.agency_id, "id": employee_id, "since": date(year, 1, 1), "until": date(year, 12, 31)}
    return [_shown(row) for row in tx.session.execute(_OF_YEAR, values).mappings()]


def page_of_run(tx: Transaction, run_id: UUID, after: str | None, limit: int) -> list[dict[str, Any]]:
    values = {"agency": tx.agency_id, "run": run_id, "after": after, "limit": limit}
    return [_shown(row) for row in tx.session.execute(_OF_RUN, values).mappings()]


def all_of_run(tx: Transaction, run_id: UUID, chunk: int = 5000) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while rows := page_of_run(tx, run_id, after, chunk):
        yield from rows
        after = str(rows[-1]["id"])


def line(tx: Transaction, line_id: UUID) -> dict[str, Any] | None:
    row = tx.session.execute(_ONE, {"agency": tx.agency_id, "id": line_id}).mappings().first()
    return _shown(row) if row else None


def amounts_of_units(tx: Transaction, units: list[UUID], month: date, but: UUID | None) -> list[int]:
    """What each person of these units was given for a month, the leader who asks left out."""
    values = {"agency": tx.agency_id, "units": units, "month": month, "but": but}
    return [int(row.amount) for row in tx.session.execute(_UNIT_AMOUNTS, values)]


def _shown(row: Any) -> dict[str, Any]:
    number = row["job_class"]
    return {
        **row,
        "month": month_text(row["month"]),
        "run_month": month_text(row["run_month"]),
        "job_class": int(number) if number else None,
    }
