"""Which ratings break the pattern of a unit on the path upward, where the agency's policy is to block."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from appraisal.domain.distribution import (
    DistributionRule,
    Limit,
    Outlook,
    OverrideInForce,
    Policy,
    Violation,
    foresee,
)
from appraisal.domain.errors import DistributionBroken, UnitWithoutPredicate
from appraisal.domain.periods import Period
from appraisal.domain.refusal_words import in_words
from appraisal.domain.values import OrgPredicate
from chassis.errors import FieldError
from directory.performance import Predicate


@dataclass(frozen=True)
class UnitPattern:
    """What was set of a unit for a period: its organisation predicate, and a recorded exception."""

    unit_id: UUID
    org_predicate: OrgPredicate | None
    override: OverrideInForce | None

    @property
    def is_set(self) -> bool:
        return self.org_predicate is not None or self.override is not None


@dataclass(frozen=True)
class UnitCounts:
    """The predicates of some people, and how many more are still to be rated."""

    predicates: dict[Predicate, int] = field(default_factory=dict)
    left: int = 0

    @property
    def rated(self) -> int:
        return sum(self.predicates.values())

    @classmethod
    def of_all(cls, counted: Iterable["UnitCounts"]) -> "UnitCounts":
        found = list(counted)
        sums = {one: sum(item.predicates.get(one, 0) for item in found) for one in Predicate}
        return cls({one: count for one, count in sums.items() if count}, sum(item.left for item in found))

    def with_rating(self, predicate: Predicate, instead_of: Predicate | None) -> "UnitCounts":
        """Return them with one more person rated, or with another predicate of one who was."""
        after = {**self.predicates, predicate: self.predicates.get(predicate, 0) + 1}
        if instead_of is None:
            return UnitCounts(after, max(0, self.left - 1))
        return UnitCounts({**after, instead_of: max(0, after.get(instead_of, 0) - 1)}, self.left)


@dataclass(frozen=True)
class UnitContext:
    """A unit in a period: what was set of it, and those who are compared with its pattern."""

    pattern: UnitPattern
    counts: UnitCounts
    name: str = ""

    @property
    def headcount(self) -> int:
        return self.counts.rated + self.counts.left

    def require_predicate(self, period: Period) -> OrgPredicate:
        """Return the organisation predicate. Raise UnitWithoutPredicate."""
        if self.pattern.org_predicate is None:
            raise UnitWithoutPredicate(period=str(period))
        return self.pattern.org_predicate

    def outlook(self, rule: DistributionRule) -> Outlook | None:
        """Return what is broken for good; None where nothing can be: an exception, no predicate, a small unit."""
        org_predicate = self.pattern.org_predicate
        if self.pattern.override is not None or org_predicate is None or self.headcount < rule.small_unit:
            return None
        return foresee(rule.constraints[org_predicate], self.counts.predicates, self.counts.left)


@dataclass
class DistributionGuard:
    """Refuses ratings that break a pattern; counts each unit once and adds what the same request rates.

    `paths` has for each unit those whose patterns its ratings must fit. A rating is refused when it makes worse what is
    broken for good: what was so before, by another policy or by a decision, stops nobody.
    """

    rule: DistributionRule
    period: Period
    paths: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    contexts: dict[UUID, UnitContext] = field(default_factory=dict)

    def admit(self, unit_id: UUID, predicate: Predicate, instead_of: Predicate | None = None) -> None:
        """Count one more rating, or another one of somebody who was rated.

        Raise DistributionBroken, or UnitWithoutPredicate where nothing was set of any unit on the path.
        """
        if self.rule.policy is Policy.WARN or predicate is instead_of:
            return
        if not self._on_path(unit_id):
            raise UnitWithoutPredicate(period=str(self.period))
        for broken, violations in self.broken_by(unit_id, predicate, instead_of).items():
            faults = [_fault(violation, predicate) for violation in violations]
            context = self.contexts[broken]
            org_predicate = in_words(context.require_predicate(self.period))
            raise DistributionBroken(errors=faults, org_predicate=org_predicate, unit=context.name)
        for context in self._on_path(unit_id):
            counts = context.counts.with_rating(predicate, instead_of)
            self.contexts[context.pattern.unit_id] = replace(context, counts=counts)

    def broken_by(
        self, unit_id: UUID, predicate: Predicate, instead_of: Predicate | None = None
    ) -> dict[UUID, tuple[Violation, ...]]:
        """Return the units whose patterns a rating would break, with what is broken then."""
        found = {}
        for context in self._on_path(unit_id):
            after = replace(context, counts=context.counts.with_rating(predicate, instead_of)).outlook(self.rule)
            before = context.outlook(self.rule)
            if after is not None and (before is None or after.is_worse_than(before)):
                found[context.pattern.unit_id] = after.violations
        return found

    def _on_path(self, unit_id: UUID) -> list[UnitContext]:
        return [self.contexts[one] for one in sorted(self.paths.get(unit_id, ())) if one in self.contexts]


def _fault(violation: Violation, predicate: Predicate) -> FieldError:
    names, is_most = ", ".join(violation.predicates), violation.limit is Limit.AT_MOST_SHARE
    bound = "paling banyak" if is_most else "paling sedikit"
    return FieldError("predicate", violation.limit.lower(), predicate, f"{names}: {bound} {violation.allowed} orang")
