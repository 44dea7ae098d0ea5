"""How a unit's predicates may be distributed under its organisation predicate (SE MenPANRB 3/2023, guidance)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.values import OrgPredicate
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


class Level(StrEnum):
    """Who is compared with the pattern of a unit: all people below it too, or only those directly in it."""

    SUBTREE = "SUBTREE"
    UNIT = "UNIT"


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
    level: Level = Level.SUBTREE

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "DistributionRule":
        table = value["constraints"]
        assert isinstance(table, Mapping)
        constraints = {OrgPredicate(name): tuple(map(Constraint.parse, rows)) for name, rows in table.items()}
        level = Level(str(value.get("level", Level.SUBTREE)))
        return cls(constraints, Policy(str(value["policy"])), int(str(value["small_unit"])), level)


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

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


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


def check_distribution(rule: DistributionRule, org: OrgPredicate, counts: Mapping[Predicate, int]) -> Check:
    """Compare a unit's predicates with the pattern of its organisation predicate (SE MenPANRB 3/2023).

    "At most" rounds down and "at least" rounds up; a unit smaller than the rule's small_unit is warned only.
    """
    members = sum(counts.values())
    bounds = [_bound(one, counts, members) for one in rule.constraints[org]]
    found = tuple(one.violation() for one in bounds if (one.rest < 0 if one.is_most else one.rest > 0))
    return Check(members, counts, found, rule.policy is Policy.WARN or members < rule.small_unit)


@dataclass(frozen=True)
class Outlook:
    """What of a pattern is broken for good, however those are rated who are left."""

    violations: tuple[Violation, ...]
    exceeded: tuple[int, ...]
    missing: int

    def is_worse_than(self, other: "Outlook") -> bool:
        """Return whether more people are over an "at most", or more are missing for what is at least asked."""
        return self.missing > other.missing or any(
            after > before for after, before in zip(self.exceeded, other.exceeded, strict=True)
        )


@dataclass(frozen=True)
class _Bound:
    """How many people a constraint allows, or asks for, and how many there are."""

    constraint: Constraint
    allowed: int
    is_most: bool
    found: int

    @property
    def rest(self) -> int:
        return self.allowed - self.found

    @property
    def group(self) -> frozenset[Predicate]:
        return frozenset(self.constraint.predicates)

    def violation(self) -> Violation:
        return Violation(self.constraint.limit, self.constraint.predicates, self.found, self.allowed)


def foresee(constraints: Sequence[Constraint], counts: Mapping[Predicate, int], left: int) -> Outlook:
    """Return what can no longer be kept of a pattern when `left` people are still to be rated.

    Every share is one of all members, the rated and those left (SE MenPANRB 3/2023): "at most" is broken once it is
    exceeded, and "at least" once those left no longer suffice for all such constraints together.
    """
    members = sum(counts.values()) + left
    bounds = [_bound(one, counts, members) for one in constraints]
    exceeded = tuple(max(0, -one.rest) if one.is_most else 0 for one in bounds)
    missing = _missing(bounds, left)
    broken = [
        one.violation()
        for one, over in zip(bounds, exceeded, strict=True)
        if over or (missing and not one.is_most and one.rest > 0)
    ]
    return Outlook(tuple(broken), exceeded, missing)


def _missing(bounds: Sequence[_Bound], left: int) -> int:
    """Return how many people are missing, at best, for all that is at least asked.

    Groups of predicates lie within each other or apart. From the smallest to the largest, each gets the fewest people
    that it still needs and the most that it may take. One that crosses another is looked at by itself.
    """
    everybody = frozenset(Predicate)
    groups = {everybody, *(frozenset([one]) for one in Predicate), *(one.group for one in bounds)}
    spans: dict[frozenset[Predicate], tuple[int, int]] = {}
    missing = 0
    for group in sorted(groups, key=lambda one: (len(one), sorted(one))):
        own = [one for one in bounds if one.group == group]
        needed = max([0, *(one.rest for one in own if not one.is_most)])
        if any(group & one and not one <= group for one in spans):
            missing += max(0, needed - left)
            continue
        within = [spans.pop(one) for one in list(spans) if one <= group]
        fewest = max(needed, sum(one[0] for one in within))
        most = min([left, *(max(0, one.rest) for one in own if one.is_most)])
        if within:
            most = min(most, sum(one[1] for one in within))
        missing += max(0, fewest - most)
        spans[group] = (min(fewest, most), most)
    return missing + left - spans[everybody][1]


def _bound(constraint: Constraint, counts: Mapping[Predicate, int], members: int) -> _Bound:
    allowed, is_most = _allowed(constraint, counts, members)
    return _Bound(constraint, allowed, is_most, sum(counts.get(one, 0) for one in constraint.predicates))


def _allowed(constraint: Constraint, counts: Mapping[Predicate, int], members: int) -> tuple[int, bool]:
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
