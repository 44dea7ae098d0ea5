"""A month as the days that pay differs in: from a person's stretches and each policy's rules for changes.

Every kind of change is looked at by its own rule: by days, or as one day held. Where the month is divided, the place of
a boundary in it is counted in the days of its rule (calendar or working days), and a boundary never lies before an
earlier one. So the shares of the segments sum to one, less the days on which somebody is not in service.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from directory.people import EmployeeStatus, EmploymentType
from incentive.domain.change_rules import BY_DAYS, ChangeKind, ChangeRule
from incentive.domain.class_amount import ClassAmountView
from incentive.domain.months import first_day, last_day
from incentive.domain.person import PersonStretch
from incentive.domain.policy import Policy
from incentive.domain.policy_days import PolicyDays
from incentive.domain.work_calendar import WorkCalendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """What counts on some days of the month, after the rules for changes."""

    status: EmployeeStatus
    employment_type: EmploymentType
    job_class: int | None
    unit_id: UUID | None
    amount: ClassAmountView | None = None


@dataclass(frozen=True)
class Segment:
    """Days of a month that are paid alike, and their share of it. `changes`: why it differs from the days before."""

    first_day: date
    last_day: date
    share: Fraction
    calendar_days: int
    working_days: int
    changes: tuple[ChangeKind, ...]
    rule: ChangeRule | None
    held: Held
    policy: Policy


# Gives the amount of what is held, by the tables that hold on the day.
AmountOn = Callable[[Held, Policy, date], ClassAmountView | None]


@dataclass(frozen=True)
class PayMonth:
    """What a month is for everybody: who governs its days, on which days amounts change, which days are worked."""

    month: date
    governed: tuple[PolicyDays, ...]
    amount_days: tuple[date, ...]
    calendar: WorkCalendar

    @property
    def last_policy(self) -> Policy:
        return self.governed[-1].policy


@dataclass(frozen=True)
class _Cause:
    changes: tuple[ChangeKind, ...]
    rule: ChangeRule | None


@dataclass(frozen=True)
class _Piece:
    first_day: date
    held: Held | None
    policy: Policy | None

    @property
    def paid_by(self) -> tuple[Held | None, UUID | None]:
        return self.held, self.policy.id if self.held and self.policy else None


def month_segments(pay_month: PayMonth, stretches: Sequence[PersonStretch], amount_on: AmountOn) -> tuple[Segment, ...]:
    """Return the segments of a person's month, in the order of their days; none when nobody was in service."""
    pieces: list[_Piece] = []
    for day in _cuts(pay_month, stretches):
        policy = next((one.policy for one in pay_month.governed if one.first_day <= day <= one.last_day), None)
        held = _held(pay_month.month, stretches, policy, day, amount_on) if policy else None
        piece = _Piece(day, held, policy)
        if not pieces or pieces[-1].paid_by != piece.paid_by:
            pieces.append(piece)
    return _with_shares(pay_month, pieces)


def absent_month(pay_month: PayMonth, stretches: Sequence[PersonStretch]) -> Segment:
    """Return the month of somebody who was not in service in it by the rules: nothing is paid, for the last status."""
    first, last = first_day(pay_month.month), last_day(pay_month.month)
    known = stretches[-1] if stretches else None
    status, kind = (known.status, known.employment_type) if known else (EmployeeStatus.ACTIVE, EmploymentType.PNS)
    held = Held(status, kind, None, None)
    working = pay_month.calendar.working_days(first, last)
    return Segment(first, last, Fraction(1), last.day, working, (), None, held, pay_month.last_policy)


def _cuts(pay_month: PayMonth, stretches: Sequence[PersonStretch]) -> list[date]:
    """Return the days on which anything may change, the month's first day among them."""
    first, last = first_day(pay_month.month), last_day(pay_month.month)
    days = {one.first_day for one in stretches} | {one.first_day for one in pay_month.governed}
    days |= set(pay_month.amount_days)
    days |= {one.last_day + ONE_DAY for one in stretches if one.last_day < last}
    return [first, *sorted(day for day in days if first < day <= last)]


def _held(
    month: date, stretches: Sequence[PersonStretch], policy: Policy, day: date, amount_on: AmountOn
) -> Held | None:
    """Return what counts on a day by the policy's rules, or None when the person is not in service by them."""
    first, last, rules = first_day(month), last_day(month), policy.rules.changes

    def seen(kind: ChangeKind) -> date:
        day_of = {
            ChangeRule.FIRST_DAY: first,
            ChangeRule.LAST_DAY: last,
            ChangeRule.NEXT_MONTH: first if kind is ChangeKind.END else first - ONE_DAY,
        }
        return day_of.get(rules[kind], day)

    serving = [one for one in stretches if one.in_service]
    started, ended = seen(ChangeKind.START), seen(ChangeKind.END)
    if not serving or serving[0].first_day > started or _has_left(stretches, ended):
        return None
    employed, present = _begun(serving, seen(ChangeKind.TYPE)), _begun(serving, seen(ChangeKind.LEAVE))
    placed = [one for one in serving if one.job_class is not None]
    held = Held(present.status, employed.employment_type, None, None)
    if placed and placed[0].first_day <= started:
        by_class, by_unit = _begun(placed, seen(ChangeKind.CLASS)), _begun(placed, seen(ChangeKind.UNIT))
        held = replace(held, job_class=by_class.job_class, unit_id=by_unit.unit_id)
    return replace(held, amount=amount_on(held, policy, seen(ChangeKind.AMOUNT)))


def _begun(stretches: Sequence[PersonStretch], day: date) -> PersonStretch:
    """Return the last of these that has begun by a day, or the first one."""
    return next((one for one in reversed(stretches) if one.first_day <= day), stretches[0])


def _has_left(stretches: Sequence[PersonStretch], day: date) -> bool:
    """Return whether service has ended by a day: somebody whose stretches are still to come has not left."""
    begun = [one for one in stretches if one.first_day <= day]
    return bool(begun) and (not begun[-1].in_service or begun[-1].last_day < day)


def _with_shares(pay_month: PayMonth, pieces: Sequence[_Piece]) -> tuple[Segment, ...]:
    """Place each boundary in the month, and give each segment the share between two of them."""
    last, calendar = last_day(pay_month.month), pay_month.calendar
    places, causes = [Fraction(0)], [_Cause((), None)]
    for before, after in pairwise(pieces):
        causes.append(_cause(before, after))
        places.append(max(places[-1], _place(after.first_day, last, calendar, causes[-1].rule)))
    ends = [piece.first_day - ONE_DAY for piece in pieces[1:]] + [last]
    return tuple(
        Segment(
            first_day=piece.first_day,
            last_day=until,
            share=after - before,
            calendar_days=(until - piece.first_day).days + 1,
            working_days=calendar.working_days(piece.first_day, until),
            changes=cause.changes,
            rule=cause.rule,
            held=piece.held,
            policy=piece.policy,
        )
        for piece, until, before, after, cause in zip(
            pieces, ends, places, [*places[1:], Fraction(1)], causes, strict=True
        )
        if piece.held and piece.policy
    )


def _cause(before: _Piece, after: _Piece) -> _Cause:
    """Return what changed between two pieces, and the rule by whose days the boundary is placed."""
    policy = after.policy or before.policy
    assert policy is not None
    changes = tuple(_changes(before, after))
    rules = (policy.rules.changes[kind] for kind in changes)
    return _Cause(changes, next((rule for rule in rules if rule in BY_DAYS), ChangeRule.CALENDAR_DAYS))


def _changes(before: _Piece, after: _Piece) -> Iterator[ChangeKind]:
    if before.policy is None or after.policy is None:
        yield ChangeKind.POLICY
        return
    if before.policy.id != after.policy.id:
        yield ChangeKind.POLICY
    old, new = before.held, after.held
    if old is None or new is None:
        yield ChangeKind.START if old is None else ChangeKind.END
        return
    if old.status is not new.status:
        yield ChangeKind.LEAVE
    if old.employment_type is not new.employment_type:
        yield ChangeKind.TYPE
    if old.job_class != new.job_class:
        yield ChangeKind.START if old.job_class is None else ChangeKind.CLASS
    elif old.status is new.status and old.amount != new.amount:
        yield ChangeKind.AMOUNT
    if old.unit_id != new.unit_id and old.job_class is not None:
        yield ChangeKind.UNIT


def _place(day: date, last: date, calendar: WorkCalendar, rule: ChangeRule | None) -> Fraction:
    """Return which part of the month lies before a day; by calendar days where the month has no working day."""
    first, before = first_day(day), day - ONE_DAY
    worked = calendar.working_days(first, last)
    if rule is ChangeRule.WORKING_DAYS and worked:
        return Fraction(calendar.working_days(first, before), worked)
    return Fraction(before.day if before >= first else 0, last.day)
