"""What a weak periodic predicate starts: coaching, counselling, and a flag when it repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraisal.domain.values import EvaluationKind, FollowUpKind, Predicate


@dataclass(frozen=True)
class FollowUpRule:
    """Dated reference data: which predicate opens what, for which evaluations, and when it is repeated."""

    opens: Mapping[Predicate, FollowUpKind]
    kinds: frozenset[EvaluationKind]
    repeated_after: int

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> "FollowUpRule":
        opens, kinds = value["opens"], value["evaluation_kinds"]
        assert isinstance(opens, Mapping)
        assert isinstance(kinds, Sequence)
        return cls(
            {Predicate(p): FollowUpKind(k) for p, k in opens.items()},
            frozenset(EvaluationKind(k) for k in kinds),
            int(str(value["repeated_after"])),
        )


def follow_up_for(rule: FollowUpRule, kind: EvaluationKind, predicate: Predicate) -> FollowUpKind | None:
    """Coaching for work problems, counselling for behaviour (PP 30/2019, performance guidance and counselling).

    The trigger itself is this system's design, so it is data an agency may change.
    """
    return rule.opens.get(predicate) if kind in rule.kinds else None


def is_repeated(rule: FollowUpRule, newest_first: Sequence[Predicate]) -> bool:
    """Whether the last periods in a row were all weak enough to open a follow-up."""
    recent = newest_first[: rule.repeated_after]
    return len(recent) == rule.repeated_after and all(p in rule.opens for p in recent)
