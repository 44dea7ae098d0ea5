"""Refuses a rating that breaks the unit's pattern, where the agency chose to block instead of to warn."""

from dataclasses import dataclass, field
from uuid import UUID

from appraisal.domain.distribution import Policy, blocking_violations
from appraisal.domain.errors import DistributionBroken, UnitWithoutPredicate
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import period_bounds
from appraisal.domain.values import Predicate
from appraisal.persistence.rules import AgencySetting
from appraisal.persistence.spread import Surroundings, predicate_counts, surroundings
from chassis.errors import FieldError
from chassis.unit_of_work import Transaction


@dataclass
class SpreadGuard:
    """Counts each unit once and adds what the same request has already rated."""

    tx: Transaction
    setting: AgencySetting
    rated_now: frozenset[UUID]
    _counts: dict[UUID, dict[Predicate, int]] = field(default_factory=dict)
    _around: dict[UUID, Surroundings] = field(default_factory=dict)

    def check(self, evaluation: Evaluation) -> None:
        """Raise DistributionBroken or UnitWithoutPredicate when this rating must not be finished."""
        year, quarter, unit = evaluation.year, evaluation.quarter, evaluation.unit_id
        _, last = period_bounds(year, quarter)
        rule = self.setting.rules.distribution(last)
        if rule.policy is Policy.WARN:
            return
        if unit not in self._around:
            self._around[unit] = surroundings(self.tx, unit, year, quarter)
            self._counts[unit] = predicate_counts(self.tx, unit, year, quarter, self.rated_now)
        around, counts = self._around[unit], self._counts[unit]
        if around.override is not None:
            return
        if around.org_predicate is None:
            raise UnitWithoutPredicate(period=evaluation.period)
        predicate = evaluation.judgement.predicate
        after = {**counts, predicate: counts.get(predicate, 0) + 1}
        broken = blocking_violations(rule, around.org_predicate, after, around.headcount)
        if broken:
            faults = [
                FieldError("predicate", v.limit.lower(), predicate, f"{', '.join(v.predicates)}: {v.allowed} orang")
                for v in broken
            ]
            raise DistributionBroken(errors=faults, org_predicate=around.org_predicate)
        self._counts[unit] = after
