"""How a unit's predicates may spread under its organisation predicate (SE MenPANRB 3/2023, guidance)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from appraisal.domain.values import OrgPredicate, Predicate


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


@dataclass(frozen=True)
class DistributionRule:
    constraints: Mapping[OrgPredicate, tuple[Constraint, ...]]
    policy: Policy
    small_unit: int

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> "DistributionRule":
        table = value["constraints"]
        assert isinstance(table, Mapping)
        constraints = {OrgPredicate(name): tuple(_constraint(row) for row in rows) for name, rows in table.items()}
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


def _constraint(row: Mapping[str, object]) -> Constraint:
    predicates = row["predicates"]
    assert isinstance(predicates, Sequence)
    share, count = Decimal(str(row.get("share", "0"))), int(str(row.get("count", 0)))
    return Constraint(Limit(str(row["limit"])), tuple(Predicate(p) for p in predicates), share, count)


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
    others = [n for p, n in counts.items() if p not in constraint.predicates]
    return max(others, default=0), False


def blocking_violations(
    rule: DistributionRule, org: OrgPredicate, counts: Mapping[Predicate, int], headcount: int
) -> tuple[Violation, ...]:
    """What must stop a rating where the agency's policy is to block; nothing in a small unit, or when it only warns.

    While people of the unit are still unrated, only "at most" can be broken for good, measured on the headcount.
    """
    members = max(sum(counts.values()), headcount)
    if rule.policy is Policy.WARN or members < rule.small_unit:
        return ()
    if sum(counts.values()) >= headcount:
        return check_distribution(rule, org, counts).violations
    ceilings = [c for c in rule.constraints[org] if c.limit is Limit.AT_MOST_SHARE]
    return tuple(v for c in ceilings if (v := _violation(c, counts, members)) is not None)
