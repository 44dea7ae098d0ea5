"""Who is at risk now: the last periodic predicate was weak, or the last ones in a row were."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from appraisal.domain.follow_up import FollowUpRule, is_repeated
from appraisal.domain.obligation import period_of
from appraisal.domain.row_of_periods import RatedPeriod, in_a_row
from appraisal.domain.values import FollowUpKind, FollowUpState
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True)
class OpenFollowUp:
    id: UUID
    kind: FollowUpKind
    state: FollowUpState


@dataclass(frozen=True)
class RecentPeriod(RatedPeriod):
    evaluation_id: UUID


@dataclass(frozen=True)
class RecentPredicates:
    """An employee's last periods with a final predicate, newest first, and the subjects of those spent on leave."""

    employee_id: UUID
    unit_id: UUID | None
    appraiser_id: UUID | None
    recent: tuple[RecentPeriod, ...]
    on_leave: tuple[str, ...]
    follow_ups: tuple[OpenFollowUp, ...]

    def is_repeated(self, rule: FollowUpRule) -> bool:
        newest, *earlier = self.recent
        before = in_a_row(newest.period, earlier, [period_of(one) for one in self.on_leave])
        return is_repeated(rule, [newest.predicate, *before])


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
        newest = found.recent[0]
        return view_of(
            cls,
            found,
            newest,
            level="REPEATED" if found.is_repeated(rule) else "SINGLE",
            evaluation_id=newest.evaluation_id if readable else None,
            predicates=tuple(one.predicate for one in found.recent) if readable else None,
            open_follow_ups=found.follow_ups,
        )


@dataclass(frozen=True)
class EarlyWarningsView:
    items: tuple[EarlyWarningView, ...]
