"""What is owed of a person in a year: computed from their days, their plans, their evaluations and the rules alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.deadlines import end_of_day, start_of_day
from appraisal.domain.obligation import (
    EVALUATIONS,
    WINDOW_CLOSED,
    Obligation,
    ObligationKind,
    ObligationState,
    kind_of,
    over_by,
    subject_from,
    subject_of,
)
from appraisal.domain.offices import NO_CHANGE, Offices
from appraisal.domain.periods import Period, local_date, rating_window
from appraisal.domain.rules import RuleBook
from appraisal.domain.segments import Attendance, DaysInPeriod, Excuse, Segment
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import PlanState
from directory.timelines import Stretch


@dataclass(frozen=True)
class PlanOfYear:
    """A plan of somebody's year: which days it covers, and since when it was ever agreed."""

    id: UUID
    employee_id: UUID
    state: PlanState
    appraiser_id: UUID | None
    first_day: date | None
    last_day: date | None
    is_agreed: bool
    agreed_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class FinishedEvaluation:
    """An evaluation that its appraiser has finished: final, or issued to the employee when it is of a year."""

    id: UUID
    employee_id: UUID
    period: Period
    unit_id: UUID
    appraiser_id: UUID
    done_at: datetime


@dataclass(frozen=True)
class RatedSegment:
    id: UUID
    employee_id: UUID
    period: Period
    first_day: date
    rated_at: datetime


@dataclass(frozen=True)
class EmployeeYear:
    """All that decides what is owed of a person in a year."""

    employee_id: UUID
    stretches: Sequence[Stretch]
    plans: Sequence[PlanOfYear] = ()
    evaluations: Mapping[str, FinishedEvaluation] = field(default_factory=dict)
    segment_ratings: Mapping[str, RatedSegment] = field(default_factory=dict)
    offices: Offices = NO_CHANGE

    def leaving(self, days: DaysInPeriod, today: date) -> Excuse | None:
        """Return why what nobody can do any more is not owed, once the person has left; None while they are there."""
        has_left = self.offices.has_left(self.employee_id) and days.last_day < today
        return Excuse.LEFT_SERVICE if has_left else None

    @property
    def may_be_rated(self) -> bool:
        """Return whether there is, or may still be, an agreed plan to rate by; who has left submits no more."""
        return any(plan.is_agreed or plan.state is PlanState.SUBMITTED for plan in self.plans)

    def is_too_late_for(self, ended: datetime) -> bool:
        """Return whether plans were agreed, but none before a period had ended, so that nobody may rate it by one."""
        agreed = [plan.agreed_at for plan in self.plans if plan.is_agreed]
        return bool(agreed) and not any(at is not None and at < ended for at in agreed)


@dataclass(frozen=True)
class PeriodDeadline:
    """A period as everybody's obligations of it need it."""

    period: Period
    kind: ObligationKind
    subject: str
    opens_at: datetime
    due_at: datetime
    original_due_at: datetime
    rules: RuleBook

    @classmethod
    def of(cls, row: PeriodRow, setting: AgencySetting) -> "PeriodDeadline":
        """Return the deadlines of a period, by the rules that are pinned for it."""
        period, zone, rules = row.period, setting.time_zone, setting.rules_of(row)
        by_rule = rating_window(rules.rating_window(row.last_day, annual=period.is_year), period).closes_on
        opens_at, due_at = start_of_day(row.opens_on, zone), end_of_day(row.closes_on, zone)
        return cls(period, kind_of(period), subject_of(period), opens_at, due_at, end_of_day(by_rule, zone), rules)

    @property
    def least(self) -> int:
        return self.rules.minimum_days(self.period.last_day)


@dataclass(frozen=True)
class YearRules:
    """The periods of a year with their deadlines, and the agency's rules, prepared once for many people."""

    year: int
    setting: AgencySetting
    deadlines: tuple[PeriodDeadline, ...]

    @classmethod
    def of(cls, year: int, rows: Sequence[PeriodRow], setting: AgencySetting) -> "YearRules":
        """Prepare the periods."""
        return cls(year, setting, tuple(PeriodDeadline.of(row, setting) for row in rows))

    def end_of(self, day: date) -> datetime:
        return end_of_day(day, self.setting.time_zone)

    def plan_due(self, first_day: date) -> datetime:
        return self.end_of(first_day + timedelta(days=self.setting.rules.plan_due_days(first_day)))

    def until(self, plan: PlanOfYear) -> date:
        """Return the last day that a plan covers as things stand: one in force covers what has begun."""
        if plan.last_day is not None:
            return plan.last_day
        if plan.closed_at is not None:
            return local_date(plan.closed_at, self.setting.time_zone)
        return max(self.setting.today, self.since(plan))

    def since(self, plan: PlanOfYear) -> date:
        return plan.first_day or date(self.year, 1, 1)


def owed(one: EmployeeYear, rules: YearRules) -> list[Obligation]:
    """Return everything that is owed of a person in the year, also what is done, and what is excused with the reason.

    Nothing is owed of somebody who was not in service on any day of it.
    """
    days = DaysInPeriod.of(one.stretches, Period.of(rules.year))
    if not days.segments:
        return []
    leaving = one.leaving(days, rules.setting.today)
    plans = [_plan(one, segment, rules, leaving) for segment in days.segments]
    return [*plans, *_evaluations(one, days, rules, None if one.may_be_rated else leaving)]


def _plan(one: EmployeeYear, segment: Segment, rules: YearRules, leaving: Excuse | None) -> Obligation:
    """Each segment needs an agreed plan; the employee owes it, and who appraises it while it is submitted.

    Who has left can draft and submit none any more; one that was submitted may still be agreed.
    """
    covering = [
        plan
        for plan in one.plans
        if rules.since(plan) <= segment.last_day
        and segment.first_day <= rules.until(plan)
        and (plan.is_agreed or plan.state is not PlanState.CLOSED)
    ]
    plan = max(covering, key=lambda found: (found.is_agreed, found.state is not PlanState.CLOSED), default=None)
    appraiser_id = segment.appraiser_id if plan is None else plan.appraiser_id
    attendance = Attendance.of(one.stretches, segment.first_day, segment.last_day)
    excuse = attendance.excuse(rules.setting.rules.minimum_days(segment.last_day))
    is_done = plan is not None and plan.is_agreed
    is_submitted = plan is not None and not is_done and plan.state is PlanState.SUBMITTED
    excuse = excuse or (None if is_submitted else leaving)
    if is_submitted and excuse is None:
        who = one.offices.acting(one.employee_id, appraiser_id)
    else:
        who = appraiser_id if is_submitted else one.employee_id
    due_at = rules.plan_due(segment.first_day)
    return Obligation(
        kind=ObligationKind.PLAN,
        employee_id=one.employee_id,
        subject=subject_from(str(rules.year), segment.first_day),
        unit_id=segment.unit_id,
        owed_by=who,
        owed_to=one.employee_id if is_submitted else appraiser_id,
        first_day=segment.first_day,
        last_day=segment.last_day,
        working_days=attendance.working_days,
        opens_at=start_of_day(segment.first_day, rules.setting.time_zone),
        due_at=due_at,
        original_due_at=due_at,
        state=_state(excuse, is_done=is_done),
        reason="" if is_done else excuse or "",
        done_at=plan.agreed_at if plan is not None and is_done else None,
        matter_id=None if plan is None else plan.id,
    )


def _evaluations(
    one: EmployeeYear, of_year: DaysInPeriod, rules: YearRules, leaving: Excuse | None
) -> Iterator[Obligation]:
    """Return the evaluations of the year; `leaving` is why none is owed of who has left without a plan to rate by."""
    for deadline in rules.deadlines:
        is_year = deadline.kind is ObligationKind.ANNUAL_EVALUATION
        days = of_year if is_year else DaysInPeriod.of(one.stretches, deadline.period)
        excuse = days.excuse(deadline.least) or leaving
        yield _evaluation(one, days, deadline, rules, excuse)
        if not is_year:
            yield from _segment_ratings(one, days, deadline, rules, excuse)


def _evaluation(
    one: EmployeeYear, days: DaysInPeriod, deadline: PeriodDeadline, rules: YearRules, excuse: Excuse | None
) -> Obligation:
    """A period is evaluated by the appraiser of its last day, or of today while it lasts; from then on, as it was.

    Once that appraiser has left, it is owed by the superior of today; with a plan that was agreed too late, by nobody.
    """
    segment = days.official(rules.setting.today) if days.segments else None
    done = one.evaluations.get(deadline.subject)
    where, who = (segment.unit_id, segment.appraiser_id) if segment else (None, None)
    if excuse is None:
        is_too_late = one.is_too_late_for(rules.setting.end_of(deadline.period))
        who = None if is_too_late else one.offices.appraising(one.employee_id, who)
    return Obligation(
        kind=deadline.kind,
        employee_id=one.employee_id,
        subject=deadline.subject,
        unit_id=where if done is None else done.unit_id,
        owed_by=who if done is None else done.appraiser_id,
        owed_to=one.employee_id,
        first_day=days.first_day if segment else None,
        last_day=days.last_day if segment else None,
        working_days=days.attendance.working_days,
        opens_at=deadline.opens_at,
        due_at=deadline.due_at,
        original_due_at=deadline.original_due_at,
        state=_state(excuse, is_done=done is not None),
        reason="" if done is not None else excuse or "",
        done_at=None if done is None else done.done_at,
        matter_id=None if done is None else done.id,
    )


def _segment_ratings(
    one: EmployeeYear, days: DaysInPeriod, deadline: PeriodDeadline, rules: YearRules, of_period: Excuse | None
) -> Iterator[Obligation]:
    """Whoever appraised before a move within a period rates the days until it, when the period is evaluated at all."""
    for segment in days.segments[:-1]:
        subject = subject_from(deadline.subject, segment.first_day)
        done = one.segment_ratings.get(subject)
        attendance = Attendance.of(one.stretches, segment.first_day, segment.last_day)
        excuse = of_period or attendance.excuse(1)
        is_open = done is None and excuse is None
        days_left = timedelta(days=deadline.rules.close_out_days(segment.last_day))
        due_at = rules.end_of(segment.last_day + days_left)
        yield Obligation(
            kind=ObligationKind.SEGMENT_RATING,
            employee_id=one.employee_id,
            subject=subject,
            unit_id=segment.unit_id,
            owed_by=one.offices.acting(one.employee_id, segment.appraiser_id) if is_open else segment.appraiser_id,
            owed_to=one.employee_id,
            first_day=segment.first_day,
            last_day=segment.last_day,
            working_days=attendance.working_days,
            opens_at=start_of_day(segment.last_day + timedelta(days=1), rules.setting.time_zone),
            due_at=due_at,
            original_due_at=due_at,
            state=_state(excuse, is_done=done is not None),
            reason="" if done is not None else excuse or "",
            done_at=None if done is None else done.rated_at,
            matter_id=None if done is None else done.id,
        )


def _state(excuse: str | None, *, is_done: bool) -> ObligationState:
    if is_done:
        return ObligationState.DONE
    return ObligationState.OPEN if excuse is None else ObligationState.EXCUSED


def overtaken(one: Obligation, rules: YearRules, now: datetime) -> Obligation:
    """Return what time has made of an open obligation whose deadline, with all that extends it, is over.

    Days until a move that their appraiser has not rated are HR's; an evaluation lapses where the agency's rule says so.
    """
    due_at = one.due_at
    if one.state is not ObligationState.OPEN or due_at is None or due_at > over_by(now):
        return one
    if one.kind is ObligationKind.SEGMENT_RATING:
        return replace(one, owed_by=None)
    lapse = rules.setting.rules.lapse_days(rules.setting.local_date(due_at))
    if one.kind in EVALUATIONS and lapse is not None and due_at <= over_by(now) - timedelta(days=lapse):
        return replace(one, state=ObligationState.LAPSED, reason=WINDOW_CLOSED)
    return one
