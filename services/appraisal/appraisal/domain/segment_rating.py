"""An outgoing appraiser rates the days until a move: within some days, after which HR is asked."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.errors import CloseOutEnded
from appraisal.domain.evaluation import RatedBy, RatingRecord
from appraisal.domain.evaluation_item import EvaluationItem
from appraisal.domain.item_views import EvaluationItemView, ItemsToShow
from appraisal.domain.outages import DAY, Outages
from appraisal.domain.periods import Period, local_date
from appraisal.domain.plan import Plan
from appraisal.domain.rating import Rating, RatingInput
from appraisal.domain.segments import DaysInPeriod, Segment
from appraisal.domain.values import Capacity, RatingLevel
from chassis.errors import NotFound
from chassis.views import view_of
from directory.performance import Predicate


@dataclass(frozen=True, kw_only=True)
class RateSegment(RatingInput):
    """A rating of the days of a period that began on `first_day` and ended by a move; by HR with an order's number."""

    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    first_day: date
    order_reference: str = ""
    items: tuple[EvaluationItem, ...] = ()

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


@dataclass(frozen=True)
class SegmentRating:
    """What somebody's days under an earlier appraiser were worth; the appraiser of the period's end sees it."""

    id: UUID
    plan_id: UUID
    plan_version: int
    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    first_day: date
    last_day: date
    unit_id: UUID
    appraiser_id: UUID | None
    rated_by: UUID
    capacity: Capacity
    order_reference: str
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    rated_at: datetime

    @classmethod
    def of(
        cls,
        rating_id: UUID,
        plan: Plan,
        segment: Segment,
        command: RateSegment,
        rating: Rating,
        by: RatedBy,
        now: datetime,
    ) -> "SegmentRating":
        """Make a rating by the agreed plan. Raise PlanNeverActive."""
        named = {"id": rating_id, "plan_id": plan.id, "plan_version": plan.agreed(), "rated_at": now}
        named |= {"rated_by": by.official, "capacity": by.capacity}
        return view_of(cls, rating, segment, command, **named)

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @property
    def rating(self) -> Rating:
        return view_of(Rating, self)

    def record(self, rule_version: str) -> RatingRecord:
        """Return it as a record of a rating: it is made once, so its one revision is the first."""
        named = {"evaluation_id": self.id, "revision": 1, "decided_by": self.rated_by, "at": self.rated_at}
        return view_of(RatingRecord, self, **named, rule_version=rule_version, reason="", considered=())


@dataclass(frozen=True)
class RatedSegmentView(SegmentRating):
    """A rating of days until a move with what it says of every result and value of the plan's version."""

    items: tuple[EvaluationItemView, ...]

    @classmethod
    def of_rating(cls, rating: SegmentRating, items: ItemsToShow) -> "RatedSegmentView":
        return view_of(cls, rating, items=items.shown)


@dataclass(frozen=True)
class EndedPlan:
    """A plan that a move has ended within a period, and whose days in it nobody has rated."""

    id: UUID
    employee_id: UUID
    appraiser_id: UUID | None
    year: int
    first_day: date | None
    last_day: date

    def first_day_in(self, period: Period) -> date:
        return max(self.first_day or period.first_day, period.first_day)


@dataclass(frozen=True)
class SegmentWaitingView:
    """Days until a move that wait for their rating: by the outgoing appraiser, and after `rate_until` by HR's order."""

    plan_id: UUID
    employee_id: UUID
    appraiser_id: UUID | None
    year: int
    quarter: int | None
    month: int | None
    first_day: date
    last_day: date
    rate_until: date
    overdue: bool

    @classmethod
    def of(cls, plan: EndedPlan, period: Period, until: date, today: date) -> "SegmentWaitingView":
        """Return the days of the period in which the plan ended, and until when they are rated."""
        named = {"plan_id": plan.id, "quarter": period.quarter, "month": period.month}
        first_day = plan.first_day_in(period)
        return view_of(cls, plan, **named, first_day=first_day, rate_until=until, overdue=today > until)


def ended_segment(days: DaysInPeriod, first_day: date) -> Segment:
    """Return the segment of this first day that a move has ended. Raise NotFound."""
    found = next((one for one in days.segments[:-1] if one.first_day == first_day), None)
    if found is None:
        raise NotFound(object="segmen penilaian", id=first_day.isoformat())
    return found


def close_out_until(last_day: date, days: int, outages: Outages, owed_until: datetime | None) -> date:
    """Return until when the outgoing appraiser may rate days that ended by a move, with the outages since.

    `owed_until` is what the register says, which knows of a grant too; None where it has no such obligation.
    """
    until = outages.window_until(last_day + DAY, last_day + days * DAY)
    return until if owed_until is None else max(until, local_date(owed_until, outages.time_zone))


def require_close_out(until: date, today: date) -> None:
    """Raise CloseOutEnded after the last day on which the outgoing appraiser may rate: HR decides what is done then."""
    if today > until:
        raise CloseOutEnded(until=until.isoformat())
