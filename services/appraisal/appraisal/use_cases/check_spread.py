"""Hold a unit's predicates against its organisation predicate, and record an exception to the pattern."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from appraisal.authorisation import WHOLE_AGENCY, require_unit, self_of
from appraisal.domain.distribution import Check, check_distribution
from appraisal.domain.errors import UnitWithoutPredicate
from appraisal.domain.periods import period_bounds
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import Predicate
from appraisal.persistence import models
from appraisal.persistence.people import find_unit, leads
from appraisal.persistence.rules import load_setting
from appraisal.persistence.spread import predicate_counts, surroundings
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def check_spread(work: UnitOfWork, actor: Principal, unit_id: UUID, year: int, quarter: int | None) -> dict[str, Any]:
    """Counts of a group under the threshold are shown only to those who may read each evaluation anyway."""
    with work.transaction(actor.agency_id) as tx:
        if find_unit(tx, unit_id) is None:
            raise NotFound(object="unit", id=unit_id)
        require_unit(tx, actor, unit_id)
        around = surroundings(tx, unit_id, year, quarter)
        if around.org_predicate is None:
            period = f"{year}" if quarter is None else f"{year} triwulan {quarter}"
            raise UnitWithoutPredicate(period=period)
        setting = load_setting(tx)
        _, last = period_bounds(year, quarter)
        rule = setting.rules.distribution(last)
        source = setting.rules.on(RuleKind.DISTRIBUTION, last)
        check = check_distribution(rule, around.org_predicate, predicate_counts(tx, unit_id, year, quarter))
        shown = actor.has(*WHOLE_AGENCY) or check.members >= setting.rules.small_group(last)
        audit.record(tx, actor, "distribution_checked", "org_unit", unit_id, year=year, quarter=quarter)
        return {
            "unit_id": unit_id,
            "year": year,
            "quarter": quarter,
            "org_predicate": around.org_predicate,
            "headcount": around.headcount,
            **_findings(check, shown=shown),
            "policy": rule.policy,
            "override": around.override,
            "rule": {
                "rule_version": source.rule_version,
                "effective_from": source.effective_from,
                "legal_source": source.legal_source,
                "verified": source.verified,
                "constraints": source.value["constraints"][around.org_predicate.value],
            },
        }


def _findings(check: Check, *, shown: bool) -> dict[str, Any]:
    """A finding counts people too, so it is hidden together with the counts."""
    if not shown:
        return {
            "rated": None,
            "counts": None,
            "passes": None,
            "violations": [],
            "warn_only": check.warn_only,
            "hidden": True,
        }
    violations = [
        {"limit": v.limit, "predicates": list(v.predicates), "found": v.found, "allowed": v.allowed}
        for v in check.violations
    ]
    return {
        "rated": check.members,
        "counts": {p.value: check.counts.get(p, 0) for p in Predicate},
        "passes": check.passes,
        "violations": violations,
        "warn_only": check.warn_only,
        "hidden": False,
    }


def override_spread(work: UnitOfWork, actor: Principal, unit_id: UUID, body: Mapping[str, Any]) -> dict[str, Any]:
    """The leader above, or HR, lets a unit depart from its pattern: a person, a reason, an audit entry."""
    with work.transaction(actor.agency_id) as tx:
        unit = find_unit(tx, unit_id)
        if unit is None:
            raise NotFound(object="unit", id=unit_id)
        above = unit.parent_id is not None and leads(tx, unit.parent_id, actor.employee_id, actor.unit_id)
        if not actor.has("hr_officer") and not (actor.has("unit_leader") and above):
            raise Forbidden
        row = {
            "id": new_id(),
            "unit_id": unit_id,
            "year": body["year"],
            "quarter": body["quarter"],
            "reason": body["reason"],
            "set_by": self_of(actor),
            "set_at": tx.now,
        }
        tx.session.execute(insert(models.table(models.DistributionOverride)), {**row, "agency_id": tx.agency_id})
        audit.record(tx, actor, "distribution_overridden", "org_unit", unit_id, override_id=row["id"])
        return row
