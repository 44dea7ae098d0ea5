"""A unit's distribution against its pattern, and recorded exceptions, as the API shows them."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from appraisal.domain.distribution import Check, DistributionRule, Level, OverrideInForce, Policy, Violation
from appraisal.domain.distribution_guard import UnitContext
from appraisal.domain.periods import Period
from appraisal.domain.rules import Rule, RuleSourceView
from appraisal.domain.values import OrgPredicate
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True)
class DistributionRuleView(RuleSourceView):
    constraints: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class DistributionView:
    """The predicates of a unit held against the pattern of its organisation predicate."""

    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    org_predicate: OrgPredicate
    level: Annotated[Level, Meta(description="SUBTREE: with all units below, as they were on the last day")]
    headcount: Annotated[int, Meta(description="people of whom an evaluation of the period is owed here")]
    rated: int | None
    counts: dict[Predicate, int] | None
    passes: bool | None
    violations: tuple[Violation, ...]
    warn_only: Annotated[bool, Meta(description="false: the agency's policy refuses")]
    hidden: Annotated[bool, Meta(description="the group is too small to show")]
    policy: Policy
    override: OverrideInForce | None
    rule: DistributionRuleView

    @classmethod
    def of(
        cls, context: UnitContext, period: Period, rule: DistributionRule, source: Rule, check: Check, *, shown: bool
    ) -> "DistributionView":
        """Return the check; a violation counts people too, so in a small group it is hidden with the counts."""
        org_predicate = context.require_predicate(period)
        constraints = tuple(source.value["constraints"][org_predicate.value])
        return cls(
            unit_id=context.pattern.unit_id,
            year=period.year,
            quarter=period.quarter,
            month=period.month,
            org_predicate=org_predicate,
            level=rule.level,
            headcount=context.headcount,
            rated=check.members if shown else None,
            counts={predicate: check.counts.get(predicate, 0) for predicate in Predicate} if shown else None,
            passes=check.passes if shown else None,
            violations=check.violations if shown else (),
            warn_only=check.warn_only,
            hidden=not shown,
            policy=rule.policy,
            override=context.pattern.override,
            rule=view_of(DistributionRuleView, source, constraints=constraints),
        )
