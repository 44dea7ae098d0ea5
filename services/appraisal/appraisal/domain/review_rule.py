"""Which ratings the next level reviews before the employee reads them, and within how many days."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appraisal.domain.values import EvaluationKind
from directory.performance import Predicate

EXTREMES = (Predicate.VERY_GOOD, Predicate.POOR_MISCONDUCT, Predicate.VERY_POOR)
LONGEST_DAYS = 366


@dataclass(frozen=True)
class ReviewRule:
    """Without kinds nothing is reviewed. So many days after a review is late HR is asked to see to it."""

    kinds: frozenset[EvaluationKind]
    predicates: frozenset[Predicate]
    days: int
    hr_after_days: int

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "ReviewRule":
        return cls(
            kinds=frozenset(EvaluationKind(one) for one in value["evaluation_kinds"]),
            predicates=frozenset(Predicate(one) for one in value["predicates"]),
            days=int(value["days"]),
            hr_after_days=int(value["hr_after_days"]),
        )

    def asks_for(self, kind: EvaluationKind, predicate: Predicate) -> bool:
        return kind in self.kinds and predicate in self.predicates

    @property
    def problem(self) -> str | None:
        """Return why it cannot be used, or None when it can."""
        if not self.predicates or not self.predicates <= set(EXTREMES):
            return f"predicates: satu atau lebih dari {', '.join(EXTREMES)}"
        for name, days in (("days", self.days), ("hr_after_days", self.hr_after_days)):
            if not 1 <= days <= LONGEST_DAYS:
                return f"{name}: 1 sampai {LONGEST_DAYS}"
        return None
