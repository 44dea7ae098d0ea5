"""How predicates spread over a unit, and what organisation predicate and exception hold there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.values import OrgPredicate, Predicate
from chassis.unit_of_work import Transaction

_COUNTS = text(
    "SELECT predicate, count(*) AS n FROM evaluation WHERE unit_id = :unit AND year = :year "
    "AND coalesce(quarter, 0) = :quarter AND NOT employee_id = ANY(CAST(:without AS uuid[])) GROUP BY predicate"
)
_AROUND = text(
    "SELECT (SELECT count(*) FROM staff WHERE unit_id = :unit AND coalesce(status, 'ACTIVE') <> 'RETIRED') "
    "AS headcount, "
    "(SELECT predicate FROM org_predicate WHERE unit_id = :unit AND year = :year AND coalesce(quarter, 0) = :quarter "
    "ORDER BY set_at DESC, id DESC LIMIT 1) AS predicate, "
    "(SELECT to_jsonb(o) FROM (SELECT reason, set_by, set_at FROM distribution_override WHERE unit_id = :unit "
    "AND year = :year AND coalesce(quarter, 0) = :quarter ORDER BY set_at DESC, id DESC LIMIT 1) o) AS override"
)


@dataclass(frozen=True)
class Surroundings:
    headcount: int
    org_predicate: OrgPredicate | None
    override: dict[str, Any] | None


def predicate_counts(
    tx: Transaction, unit_id: UUID, year: int, quarter: int | None, without: frozenset[UUID] = frozenset()
) -> dict[Predicate, int]:
    """Proposed, issued and final evaluations of a unit and period, by predicate."""
    values = {"unit": unit_id, "year": year, "quarter": quarter or 0, "without": list(without)}
    return {Predicate(row.predicate): row.n for row in tx.session.execute(_COUNTS, values)}


def surroundings(tx: Transaction, unit_id: UUID, year: int, quarter: int | None) -> Surroundings:
    row = tx.session.execute(_AROUND, {"unit": unit_id, "year": year, "quarter": quarter or 0}).one()
    return Surroundings(row.headcount, OrgPredicate(row.predicate) if row.predicate else None, row.override)
