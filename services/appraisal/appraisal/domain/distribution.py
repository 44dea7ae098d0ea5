"""How a unit's predicates may be distributed under its organisation predicate (SE MenPANRB 3/2023, guidance)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from appraisal.domain.errors import DistributionBroken, UnitWithoutPredicate
from appraisal.domain.periods import Period
from appraisal.domain.values import OrgPredicate
from chassis.errors import FieldError
from chassis.views import view_of
from directory.performance import Predicate


class Limit(StrEnum):
    MOST = "MOST"  # more than half
    LARGEST_GROUP = "LARGEST_GROUP"
    AT_MOST_SHARE = "AT_MOST_SHARE"
    AT_LEAST_SHARE = "AT_LEAST_SHARE"
    AT_LEAST_COUNT = "AT_LEAST_COUNT"


class Policy(StrEnum):
    WARN = "WARN"
    BLOCK = "BLOCK"


@dataclass(frozen=True)
class Constraint:
    limit: Limit
    predicates: tuple[Predicate, ...]
    share: Decimal = Decimal(0)
    count: int = 0

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "Constraint":
        predicates = row["predicates"]
        assert isinstance(predicates, Sequence)
        share, count = Decimal(str(row.get("share", "0"))), int(str(row.get("count", 0)))
        return cls(Limit(str(row["limit"])), tuple(Predicate(p) for p in predicates), share, count)


@dataclass(frozen=True)
class DistributionRule:
    constraints: Mapping[OrgPredicate, tuple[Constraint, ...]]
    policy: Policy
    small_unit: int

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "DistributionRule":
        table = value["constraints"]
        assert isinstance(table, Mapping)
        constraints = {OrgPredicate(name): tuple(map(Constraint.parse, rows)) for name, rows in table.items()}
        return cls(constraints, Policy(str(value["policy"])), int(str(value["small_unit"])))


@dataclass(frozen=True)
class Violation:
    limit: Limit
    predicates: tuple[Predicate, ...]
    found: int
    allowed: int


@dataclass(frozen=True)
class Check:
    members: int
    counts: Mapping[Predicate, int]
    violations: tuple[Violation, ...]
    warn_only: bool

    @property
    def passes(self) -> bool:
        return not self.violations


@dataclass(frozen=True)
class OverrideDistribution:
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    reason: str


@dataclass(frozen=True)
class Override:
    """A recorded exception of a unit from its pattern in a period: a person and a reason."""

    id: UUID
    unit_id: UUID
    year: int
    quarter: int | None
    month: int | None
    reason: str
    set_by: UUID
    set_at: datetime

    @classmethod
    def made(cls, record_id: UUID, command: OverrideDistribution, set_by: UUID, now: datetime) -> "Override":
        return view_of(cls, command, id=record_id, set_by=set_by, set_at=now)


@dataclass(frozen=True)
class OverrideInForce:
    """The exception that holds for a unit in a period."""

    reason: str
    set_by: UUID
    set_at: datetime


@dataclass(frozen=True)
class UnitContext:
    """A unit in a period: its size, its organisation predicate and exception, and the predicates counted there."""

    unit_id: UUID
    headcount: int
    org_predicate: OrgPredicate | None
    override: OverrideInForce | None
    counts: dict[Predicate, int]

    def require_predicate(self, period: Period) -> OrgPredicate:
        """Return the organisation predicate. Raise UnitWithoutPredicate."""
        if self.org_predicate is None:
            raise UnitWithoutPredicate(period=str(period))
        return self.org_predicate


@dataclass
class DistributionGuard:
    """Refuses ratings that break a unit's pattern; counts each unit once and adds what the same request rates."""

    rule: DistributionRule
    period: Period
    contexts: Mapping[UUID, UnitContext]
    _counts: dict[UUID, dict[Predicate, int]] = field(default_factory=dict)

    def admit(self, unit_id: UUID, predicate: Predicate) -> None:
        """Count one more rating. Raise DistributionBroken or UnitWithoutPredicate where the agency's policy blocks."""
        if self.rule.policy is Policy.WARN:
            return
        context = self.contexts[unit_id]
        if context.override is not None:
            return
        org_predicate = context.require_predicate(self.period)
        counts = self._counts.get(unit_id, context.counts)
        after = {**counts, predicate: counts.get(predicate, 0) + 1}
        if broken := blocking_violations(self.rule, org_predicate, after, context.headcount):
            faults = [
                FieldError("predicate", v.limit.lower(), predicate, f"{', '.join(v.predicates)}: {v.allowed} orang")
                for v in broken
            ]
            raise DistributionBroken(errors=faults, org_predicate=org_predicate)
        self._counts[unit_id] = after


def check_distribution(rule: DistributionRule, org: OrgPredicate, counts: Mapping[Predicate, int]) -> Check:
    """Compare a unit's predicates with the pattern of its organisation predicate (SE MenPANRB 3/2023).

    "At most" rounds down and "at least" rounds up; a unit smaller than the rule's small_unit is warned only.
    """
    members = sum(counts.values())
    found = tuple(v for c in rule.constraints[org] if (v := _violation(c, counts, members)) is not None)
    return Check(members, counts, found, rule.policy is Policy.WARN or members < rule.small_unit)


def _violation(constraint: Constraint, counts: Mapping[Predicate, int], members: int) -> Violation | None:
    found = sum(counts.get(p, 0) for p in constraint.predicates)
    bound, is_ceiling = _bound(constraint, counts, members)
    broken = found > bound if is_ceiling else found < bound
    return Violation(constraint.limit, constraint.predicates, found, bound) if broken else None


def _bound(constraint: Constraint, counts: Mapping[Predicate, int], members: int) -> tuple[int, bool]:
    if constraint.limit is Limit.AT_MOST_SHARE:
        return int((constraint.share * members).to_integral_value(ROUND_FLOOR)), True
    if constraint.limit is Limit.AT_LEAST_SHARE:
        return int((constraint.share * members).to_integral_value(ROUND_CEILING)), False
    if constraint.limit is Limit.AT_LEAST_COUNT:
        return (constraint.count if members else 0), False
    if constraint.limit is Limit.MOST:
        return (members // 2 + 1 if members else 0), False
    remaining = [n for p, n in counts.items() if p not in constraint.predicates]
    return max(remaining, default=0), False


def blocking_violations(
    rule: DistributionRule, org: OrgPredicate, counts: Mapping[Predicate, int], headcount: int
) -> tuple[Violation, ...]:
    """Return what must stop a rating where the policy is to block; nothing in a small unit, or when it only warns.

    While people of the unit are still unrated, only "at most" can be broken for good, measured on the headcount.
    """
    members = max(sum(counts.values()), headcount)
    if rule.policy is Policy.WARN or members < rule.small_unit:
        return ()
    if sum(counts.values()) >= headcount:
        return check_distribution(rule, org, counts).violations
    ceilings = [c for c in rule.constraints[org] if c.limit is Limit.AT_MOST_SHARE]
    return tuple(v for c in ceilings if (v := _violation(c, counts, members)) is not None)
