"""Allowance lines: written many at once, never changed once their run is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from chassis.unit_of_work import Transaction
from incentive.persistence.models import AllowanceLine

_OF_RUN = text(
    "SELECT id, employee_id, month, fingerprint FROM allowance_line "
    "WHERE agency_id = :agency AND run_id = :run AND employee_id = ANY(:ids)"
)
_OF_MONTH = text(
    "SELECT id, run_id, employee_id, kind, amount, fingerprint, not_payable FROM allowance_line "
    "WHERE agency_id = :agency AND month = :month AND employee_id = ANY(:ids) ORDER BY calculated_at, id"
)
_REPLACE = text(
    "UPDATE allowance_line SET amount = :amount, full_amount = :full_amount, not_payable = :not_payable, "
    "unit_id = :unit_id, policy_id = :policy_id, inputs = CAST(:inputs AS jsonb), steps = CAST(:steps AS jsonb), "
    "provenance = CAST(:provenance AS jsonb), fingerprint = :fingerprint, calculated_at = :calculated_at WHERE id = :id"
)
_TOTALS = text(
    "SELECT count(*) FILTER (WHERE kind = 'REGULAR' AND month = :month) AS lines, "
    "count(*) FILTER (WHERE not_payable IS NULL AND kind = 'REGULAR') AS payable, "
    "count(*) FILTER (WHERE not_payable IS NOT NULL AND kind = 'REGULAR') AS not_payable, "
    "count(*) FILTER (WHERE month <> :month) AS corrections, "
    "coalesce(sum(amount) FILTER (WHERE month = :month), 0) AS regular_amount, "
    "coalesce(sum(amount) FILTER (WHERE month <> :month), 0) AS correction_amount, "
    "coalesce(sum(amount), 0) AS amount FROM allowance_line WHERE agency_id = :agency AND run_id = :run"
)


@dataclass(frozen=True)
class LineKey:
    id: UUID
    fingerprint: str


@dataclass
class MonthLines:
    """The lines a person already has for one month, over all runs."""

    regular_id: UUID | None = None
    amount: int = 0
    not_payable: str | None = None


def lines_of_run(tx: Transaction, run_id: UUID, ids: Sequence[UUID]) -> dict[tuple[UUID, date], LineKey]:
    rows = tx.session.execute(_OF_RUN, {"agency": tx.agency_id, "run": run_id, "ids": list(ids)})
    return {(row.employee_id, row.month): LineKey(row.id, row.fingerprint) for row in rows}


def lines_of_month(tx: Transaction, month: date, ids: Sequence[UUID], but_run: UUID) -> dict[UUID, MonthLines]:
    """What other runs than `but_run` have said about a month, by employee."""
    found: dict[UUID, MonthLines] = {}
    for row in tx.session.execute(_OF_MONTH, {"agency": tx.agency_id, "month": month, "ids": list(ids)}):
        if row.run_id == but_run:
            continue
        lines = found.setdefault(row.employee_id, MonthLines())
        lines.amount += row.amount
        if row.kind == "REGULAR":
            lines.regular_id, lines.not_payable = row.id, row.not_payable
    return found


def insert_lines(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.session.execute(insert(AllowanceLine), rows)


def replace_line(tx: Transaction, row: dict[str, Any]) -> None:
    """Write the outcome of a rerun over a line that nobody has approved yet."""
    tx.session.execute(_REPLACE, row)


def run_totals(tx: Transaction, run_id: UUID, month: date) -> dict[str, int]:
    row = tx.session.execute(_TOTALS, {"agency": tx.agency_id, "run": run_id, "month": month}).mappings().one()
    return {key: int(value) for key, value in row.items()}
