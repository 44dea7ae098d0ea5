"""Who is at risk now: the last periodic predicate was weak, or the last ones in a row were."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from appraisal.domain.follow_up import FollowUpRule, is_repeated
from appraisal.domain.values import FollowUpKind, FollowUpState
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True)
class OpenFollowUp:
    id: UUID
    kind: FollowUpKind
    state: FollowUpState


@dataclass(frozen=True)
class RecentPredicates:
    """An employee's last periodic predicates, newest first, and the period and evaluation of the newest."""

    employee_id: UUID
    unit_id: UUID | None
    appraiser_id: UUID | None
    predicates: tuple[Predicate, ...]
    evaluation_id: UUID
    year: int
    quarter: int | None
    month: int | None
    follow_ups: tuple[OpenFollowUp, ...]


@dataclass(frozen=True)
class EarlyWarningView:
    employee_id: UUID
    unit_id: UUID | None
    level: Literal["SINGLE", "REPEATED"]
    year: int
    quarter: int | None
    month: int | None
    evaluation_id: UUID | None
    predicates: tuple[Predicate, ...] | None
    open_follow_ups: tuple[OpenFollowUp, ...]

    @classmethod
    def of(cls, found: RecentPredicates, rule: FollowUpRule, *, readable: bool) -> "EarlyWarningView":
        """Return the warning; the predicates are for those who may read the evaluations."""
        return view_of(
            cls,
            found,
            level="REPEATED" if is_repeated(rule, found.predicates) else "SINGLE",
            evaluation_id=found.evaluation_id if readable else None,
            predicates=found.predicates if readable else None,
            open_follow_ups=found.follow_ups,
        )


@dataclass(frozen=True)
class EarlyWarningsView:
    items: tuple[EarlyWarningView, ...]
