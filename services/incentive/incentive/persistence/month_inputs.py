"""The inputs of a month's allowance, for many people at once: a dozen queries however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.unit_of_work import Transaction
from incentive.domain.allowance import AllowanceInputs, Study, effective_class
from incentive.domain.allowance_line import PersonMonth
from incentive.domain.circumstance import Circumstance
from incentive.domain.class_amount import ClassAmountView, DatedAmounts
from incentive.domain.month_allowance import PaidSegment, amount_to
from incentive.domain.month_segments import ONE_DAY, Held, PayMonth, Segment, absent_month, month_segments
from incentive.domain.months import last_day
from incentive.domain.penalty import Penalty
from incentive.domain.period import Period, period_for
from incentive.domain.policy import Policy
from incentive.domain.policy_days import PolicyDays
from incentive.domain.predicate import FinalPredicate
from incentive.persistence.attendance import Count, current_counts
from incentive.persistence.circumstances import circumstances_in
from incentive.persistence.class_amounts import amounts_between
from incentive.persistence.month_stretches import PersonTime, times_between
from incentive.persistence.penalties import deductions_in
from incentive.persistence.predicates import final_predicates
from incentive.persistence.reference import work_calendar


@dataclass
class _Gathered:
    pay_month: PayMonth
    amounts: DatedAmounts
    times: dict[UUID, PersonTime]
    predicates: dict[Period, dict[UUID, FinalPredicate]]
    attendance: dict[UUID, list[Count]]
    penalties: dict[UUID, list[Penalty]]
    circumstances: dict[UUID, list[Circumstance]]


def load_months(
    tx: Transaction, ids: Sequence[UUID], month: date, governed: tuple[PolicyDays, ...]
) -> list[PersonMonth]:
    """Return the inputs of `month` for these people, as they stand now, by the policies that govern its days."""
    policies = {one.policy.id: one.policy for one in governed}.values()
    amounts = amounts_between(tx, month, last_day(month))
    gathered = _Gathered(
        pay_month=PayMonth(month, governed, amounts.days, work_calendar(tx, month)),
        amounts=amounts,
        times=times_between(tx, ids, month - ONE_DAY, last_day(month)),
        predicates={},
        attendance=defaultdict(list),
        penalties=defaultdict(list),
        circumstances=defaultdict(list),
    )
    for policy in policies:
        period = _period(policy, month)
        if policy.rules.month_measure is None and period not in gathered.predicates:
            gathered.predicates[period] = final_predicates(tx, ids, period)
    codes = frozenset[str]().union(*(policy.rules.codes for policy in policies))
    for count in current_counts(tx, ids, [month]):
        if count.code in codes:
            gathered.attendance[count.employee_id].append(count)
    for penalty in deductions_in(tx, ids, month):
        gathered.penalties[penalty.employee_id].append(penalty)
    for circumstance in circumstances_in(tx, ids, month):
        gathered.circumstances[circumstance.employee_id].append(circumstance)
    return [_person(one, gathered) for one in ids if one in gathered.times]


def _person(employee_id: UUID, gathered: _Gathered) -> PersonMonth:
    time = gathered.times[employee_id]
    plain = _inputs(employee_id, gathered)

    def amount_on(held: Held, policy: Policy, day: date) -> ClassAmountView | None:
        number = effective_class(replace(plain, job_class=held.job_class, status=held.status), policy.rules)
        return gathered.amounts.on(day).get(number) if number is not None else None

    found = month_segments(gathered.pay_month, time.stretches, amount_on)
    segments = found or (absent_month(gathered.pay_month, time.stretches),)
    return PersonMonth(
        employee_id=employee_id,
        segments=tuple(_paid(employee_id, one, plain, gathered) for one in segments),
        provenance=_provenance(employee_id, segments[-1], time, gathered),
        in_service=bool(found),
    )


def _inputs(employee_id: UUID, gathered: _Gathered) -> AllowanceInputs:
    """Return what counts for the whole month; its segments say the rest."""
    circumstances = gathered.circumstances.get(employee_id, [])
    return AllowanceInputs(
        counts={one.code: one.count for one in gathered.attendance.get(employee_id, []) if one.count},
        discipline_percent=sum((one.percent for one in gathered.penalties.get(employee_id, [])), Decimal(0)),
        circumstances=frozenset(one.kind for one in circumstances),
        study=next((Study(one.study_level, one.extension) for one in circumstances if one.study_level), None),
    )


def _paid(employee_id: UUID, segment: Segment, plain: AllowanceInputs, gathered: _Gathered) -> PaidSegment:
    held, predicate = segment.held, _predicate_of(employee_id, segment, gathered)
    inputs = replace(
        plain,
        job_class=held.job_class,
        base=held.amount.amount if held.amount else None,
        employment_type=held.employment_type,
        status=held.status,
        predicate=predicate.predicate if predicate else None,
    )
    return PaidSegment(segment, inputs)


def _provenance(employee_id: UUID, last: Segment, time: PersonTime, gathered: _Gathered) -> dict[str, Any]:
    period = _period(last.policy, gathered.pay_month.month)
    return {
        "policy_number": last.policy.number,
        "timeline_version": time.timeline_version,
        "class_amount": amount_to(last.held.amount),
        "predicate": _predicate(_predicate_of(employee_id, last, gathered), period.text()),
        "attendance_revisions": {one.code: one.revision for one in gathered.attendance.get(employee_id, [])},
        "penalties": [str(one.id) for one in gathered.penalties.get(employee_id, [])],
        "circumstances": [str(one.id) for one in gathered.circumstances.get(employee_id, [])],
    }


def _predicate_of(employee_id: UUID, segment: Segment, gathered: _Gathered) -> FinalPredicate | None:
    """Return the predicate that counts by the segment's policy, unless it reads the month's predicate off a count."""
    if segment.policy.rules.month_measure is not None:
        return None
    return gathered.predicates[_period(segment.policy, gathered.pay_month.month)].get(employee_id)


def _period(policy: Policy, month: date) -> Period:
    return period_for(policy.rules.predicate_source.kind, policy.rules.lag, month)


def _predicate(predicate: FinalPredicate | None, period: str) -> dict[str, Any]:
    if predicate is None:
        return {"period": period, "evaluation_id": None, "version": None, "source": None}
    return {
        "period": period,
        "evaluation_id": str(predicate.evaluation_id),
        "version": predicate.version,
        "source": predicate.source.value,
    }
