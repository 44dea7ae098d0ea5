"""The inputs of a month's allowance, for many people at once: seven queries however many they are."""

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
from incentive.domain.class_amount import ClassAmountView
from incentive.domain.months import first_day, last_day
from incentive.domain.penalty import Penalty
from incentive.domain.period import period_for
from incentive.domain.person import AssignmentVersion, EmployeeVersion
from incentive.domain.policy import Policy
from incentive.domain.predicate import FinalPredicate
from incentive.domain.tukin_rules import HeldOn
from incentive.persistence.attendance import Count, current_counts
from incentive.persistence.circumstances import circumstances_in
from incentive.persistence.class_amounts import amounts_on
from incentive.persistence.penalties import deductions_in
from incentive.persistence.people import assignments_on, employees_on
from incentive.persistence.predicates import final_predicates


@dataclass
class _Gathered:
    employees: dict[UUID, EmployeeVersion]
    assignments: dict[UUID, AssignmentVersion]
    predicates: dict[UUID, FinalPredicate]
    attendance: dict[UUID, list[Count]]
    penalties: dict[UUID, list[Penalty]]
    circumstances: dict[UUID, list[Circumstance]]
    amounts: dict[int, ClassAmountView]


def load_months(tx: Transaction, ids: Sequence[UUID], month: date, policy: Policy) -> list[PersonMonth]:
    """Return the inputs of `month` for these people, as they stand now."""
    rules = policy.rules
    day = last_day(month) if rules.held_on is HeldOn.LAST_DAY else first_day(month)
    period = period_for(rules.predicate_source.kind, rules.lag, month)
    gathered = _Gathered(
        employees=employees_on(tx, ids, day),
        assignments=assignments_on(tx, ids, day),
        predicates={} if rules.month_measure else final_predicates(tx, ids, period),
        attendance=defaultdict(list),
        penalties=defaultdict(list),
        circumstances=defaultdict(list),
        amounts=amounts_on(tx, day),
    )
    for count in current_counts(tx, ids, [month]):
        if count.code in rules.codes:
            gathered.attendance[count.employee_id].append(count)
    for penalty in deductions_in(tx, ids, month):
        gathered.penalties[penalty.employee_id].append(penalty)
    for circumstance in circumstances_in(tx, ids, month):
        gathered.circumstances[circumstance.employee_id].append(circumstance)
    return [_person(one, gathered, policy, day, period.text()) for one in ids if one in gathered.employees]


def _person(employee_id: UUID, gathered: _Gathered, policy: Policy, day: date, period: str) -> PersonMonth:
    employee, assignment = gathered.employees[employee_id], gathered.assignments.get(employee_id)
    predicate, counts = gathered.predicates.get(employee_id), gathered.attendance.get(employee_id, [])
    penalties = gathered.penalties.get(employee_id, [])
    circumstances = gathered.circumstances.get(employee_id, [])
    inputs = AllowanceInputs(
        job_class=assignment.job_class if assignment else None,
        base=None,
        employment_type=employee.employment_type,
        status=employee.status,
        predicate=predicate.predicate if predicate else None,
        counts={one.code: one.count for one in counts if one.count},
        discipline_percent=sum((one.percent for one in penalties), Decimal(0)),
        circumstances=frozenset(one.kind for one in circumstances),
        study=next((Study(one.study_level, one.extension) for one in circumstances if one.study_level), None),
    )
    number = effective_class(inputs, policy.rules)
    amount = gathered.amounts.get(number) if number is not None else None
    return PersonMonth(
        employee_id=employee_id,
        unit_id=assignment.unit_id if assignment else None,
        inputs=replace(inputs, base=amount.amount if amount else None),
        provenance={
            "policy_number": policy.number,
            "held_on": day.isoformat(),
            "employee_version": employee.version,
            "assignment_version": assignment.version if assignment else None,
            "class_amount": amount and _amount(amount),
            "predicate": _predicate(predicate, period),
            "attendance_revisions": {one.code: one.revision for one in counts},
            "penalties": [str(one.id) for one in penalties],
            "circumstances": [str(one.id) for one in circumstances],
        },
        in_service=employee.service_start is None or employee.service_start <= day,
        amount_missing=number is not None and amount is None,
    )


def _amount(amount: ClassAmountView) -> dict[str, Any]:
    return {
        "job_class": amount.job_class,
        "effective_from": amount.effective_from.isoformat(),
        "revision": amount.revision,
        "legal_source": amount.legal_source,
        "verified": amount.verified,
    }


def _predicate(predicate: FinalPredicate | None, period: str) -> dict[str, Any]:
    if predicate is None:
        return {"period": period, "evaluation_id": None, "version": None, "source": None}
    return {
        "period": period,
        "evaluation_id": str(predicate.evaluation_id),
        "version": predicate.version,
        "source": predicate.source.value,
    }
