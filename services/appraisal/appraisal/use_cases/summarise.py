"""How far the cycle has come: counts by state for each unit, and predicates where the group is large enough."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import scope_of
from appraisal.domain.periods import period_bounds
from appraisal.domain.suppression import hidden_groups
from appraisal.domain.values import EvaluationState, PlanState, Predicate
from appraisal.persistence.people import rows
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork

_PLANS = text(
    "SELECT unit_id, state, count(*) AS n FROM plan WHERE year = :year "
    "AND (CAST(:units AS uuid[]) IS NULL OR unit_id = ANY(CAST(:units AS uuid[]))) GROUP BY unit_id, state"
)
_STAFF = text(
    "SELECT unit_id, count(*) AS n FROM staff WHERE unit_id IS NOT NULL AND coalesce(status, 'ACTIVE') <> 'RETIRED' "
    "AND (CAST(:units AS uuid[]) IS NULL OR unit_id = ANY(CAST(:units AS uuid[]))) GROUP BY unit_id"
)
_EVALUATIONS = text(
    "SELECT unit_id, state, predicate, count(*) AS n FROM evaluation WHERE year = :year "
    "AND coalesce(quarter, 0) = :quarter "
    "AND (CAST(:units AS uuid[]) IS NULL OR unit_id = ANY(CAST(:units AS uuid[]))) GROUP BY unit_id, state, predicate"
)


def summarise(work: UnitOfWork, actor: Principal, year: int, quarter: int | None) -> dict[str, Any]:
    """Predicates count final evaluations only; a group under the threshold, and what would give it away, is hidden."""
    with work.transaction(actor.agency_id) as tx:
        scope = scope_of(tx, actor)
        if scope is not None and not scope:
            raise Forbidden
        units = None if scope is None else list(scope)
        setting = load_setting(tx)
        plans = rows(tx, _PLANS, year=year, units=units)
        staff = {row["unit_id"]: row["n"] for row in rows(tx, _STAFF, units=units)}
        evaluations = rows(tx, _EVALUATIONS, year=year, quarter=quarter or 0, units=units)
        audit.record(tx, actor, "summary_read", "summary", year, quarter=quarter)
    smallest = setting.rules.small_group(period_bounds(year, quarter)[1])
    final: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in evaluations:
        if row["state"] == EvaluationState.FINAL:
            final[row["unit_id"]][row["predicate"]] += row["n"]
    hidden = hidden_groups({unit: sum(counts.values()) for unit, counts in final.items()}, smallest)
    everyone = sorted({*staff, *(r["unit_id"] for r in plans), *(r["unit_id"] for r in evaluations)}, key=str)
    return {
        "year": year,
        "quarter": quarter,
        "smallest_group": smallest,
        "units": [_unit(unit, staff, plans, evaluations, final, hidden) for unit in everyone],
        "total": _total(plans, evaluations, final, smallest, staff),
    }


def _unit(
    unit: UUID,
    staff: dict[UUID, int],
    plans: list[dict[str, Any]],
    evaluations: list[dict[str, Any]],
    final: dict[UUID, dict[str, int]],
    hidden: frozenset[UUID],
) -> dict[str, Any]:
    counts = final.get(unit, {})
    return {
        "unit_id": unit,
        "headcount": staff.get(unit, 0),
        "plans": _by_state(PlanState, [r for r in plans if r["unit_id"] == unit]),
        "evaluations": _by_state(EvaluationState, [r for r in evaluations if r["unit_id"] == unit]),
        "predicates": None if unit in hidden else {p.value: counts.get(p, 0) for p in Predicate},
        "hidden": unit in hidden,
    }


def _total(
    plans: list[dict[str, Any]],
    evaluations: list[dict[str, Any]],
    final: dict[UUID, dict[str, int]],
    smallest: int,
    staff: dict[UUID, int],
) -> dict[str, Any]:
    counts = {p.value: sum(unit.get(p, 0) for unit in final.values()) for p in Predicate}
    small = 0 < sum(counts.values()) < smallest
    return {
        "headcount": sum(staff.values()),
        "plans": _by_state(PlanState, plans),
        "evaluations": _by_state(EvaluationState, evaluations),
        "predicates": None if small else counts,
        "hidden": small,
    }


def _by_state(states: type[PlanState] | type[EvaluationState], found: list[dict[str, Any]]) -> dict[str, int]:
    return {s.value: sum(r["n"] for r in found if r["state"] == s) for s in states}
