"""What a month's allowance is worked out from, for many people at once: seven queries however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.allowance import AllowanceInputs, Study, effective_class
from incentive.domain.months import first_day, last_day
from incentive.domain.period import period_for
from incentive.domain.policy import HeldOn
from incentive.domain.values import CircumstanceKind, StudyLevel
from incentive.persistence.people import AssignmentState, EmployeeState, assignments_on, employees_on
from incentive.persistence.policies import Amount, PolicyVersion, amounts_on
from incentive.persistence.predicates import FinalPredicate, final_predicates

_ATTENDANCE = text(
    "SELECT DISTINCT ON (employee_id, code) employee_id, code, revision, count AS times FROM attendance_entry "
    "WHERE agency_id = :agency AND month = :month AND employee_id = ANY(:ids) ORDER BY employee_id, code, revision DESC"
)
_PENALTIES = text(
    "SELECT id, employee_id, percent FROM discipline_penalty WHERE agency_id = :agency AND employee_id = ANY(:ids) "
    "AND from_month <= :month AND to_month >= :month AND revoked_at IS NULL AND percent > 0 ORDER BY id"
)
_CIRCUMSTANCES = text(
    "SELECT id, employee_id, kind, study_level, extension FROM circumstance WHERE agency_id = :agency "
    "AND employee_id = ANY(:ids) AND from_month <= :month AND (to_month IS NULL OR to_month >= :month) "
    "AND voided_at IS NULL ORDER BY entered_at"
)


@dataclass(frozen=True)
class PersonMonth:
    """One person's month: what goes into the rule, and where each piece comes from."""

    employee_id: UUID
    unit_id: UUID | None
    inputs: AllowanceInputs
    provenance: dict[str, Any]
    begun: bool
    amount_missing: bool


@dataclass
class _Gathered:
    employees: dict[UUID, EmployeeState]
    assignments: dict[UUID, AssignmentState]
    predicates: dict[UUID, FinalPredicate]
    attendance: dict[UUID, dict[str, tuple[int, int]]]
    penalties: dict[UUID, list[tuple[UUID, Decimal]]]
    circumstances: dict[UUID, list[Any]]
    amounts: dict[int, Amount]


def load_months(tx: Transaction, ids: Sequence[UUID], month: date, policy: PolicyVersion) -> list[PersonMonth]:
    """Gather the inputs of `month` for these people, as they stand now."""
    rules = policy.rules
    day = last_day(month) if rules.held_on is HeldOn.LAST_DAY else first_day(month)
    period = period_for(rules.predicate_source.kind, rules.lag, month)
    gathered = _Gathered(
        employees=employees_on(tx, ids, day),
        assignments=assignments_on(tx, ids, day),
        predicates={} if rules.month_measure else final_predicates(tx, ids, period),
        attendance=_attendance(tx, ids, month, rules.codes),
        penalties=_penalties(tx, ids, month),
        circumstances=_circumstances(tx, ids, month),
        amounts=amounts_on(tx, day),
    )
    return [_person(one, gathered, policy, day, period.text()) for one in ids if one in gathered.employees]


def _person(employee_id: UUID, known: _Gathered, policy: PolicyVersion, day: date, period: str) -> PersonMonth:
    employee, assignment = known.employees[employee_id], known.assignments.get(employee_id)
    told, counted = known.predicates.get(employee_id), known.attendance.get(employee_id, {})
    penalties, around = known.penalties.get(employee_id, []), known.circumstances.get(employee_id, [])
    study = next((row for row in around if row.kind == CircumstanceKind.STUDY_LEAVE), None)
    bare = AllowanceInputs(
        job_class=assignment.job_class if assignment else None,
        base=None,
        employment_type=employee.employment_type,
        status=employee.status,
        predicate=told.predicate if told else None,
        counts={code: count for code, (count, _) in counted.items() if count},
        discipline_percent=sum((percent for _, percent in penalties), Decimal(0)),
        circumstances=frozenset(CircumstanceKind(row.kind) for row in around),
        study=Study(StudyLevel(study.study_level), study.extension) if study else None,
    )
    number = effective_class(bare, policy.rules)
    amount = known.amounts.get(number) if number is not None else None
    fields = {**bare.__dict__, "base": amount.amount if amount else None}
    return PersonMonth(
        employee_id,
        assignment.unit_id if assignment else None,
        AllowanceInputs(**fields),
        {
            "policy_number": policy.number,
            "held_on": day.isoformat(),
            "employee_version": employee.version,
            "assignment_version": assignment.version if assignment else None,
            "class_amount": amount and _amount(amount),
            "predicate": _predicate(told, period),
            "attendance_revisions": {code: revision for code, (_, revision) in sorted(counted.items())},
            "penalties": [str(one) for one, _ in penalties],
            "circumstances": [str(row.id) for row in around],
        },
        begun=employee.service_start is None or employee.service_start <= day,
        amount_missing=number is not None and amount is None,
    )


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "job_class": amount.job_class,
        "effective_from": amount.effective_from.isoformat(),
        "revision": amount.revision,
        "legal_source": amount.legal_source,
        "verified": amount.verified,
    }


def _predicate(told: FinalPredicate | None, period: str) -> dict[str, Any]:
    if told is None:
        return {"period": period, "evaluation_id": None, "version": None, "source": None}
    return {
        "period": period,
        "evaluation_id": str(told.evaluation_id),
        "version": told.version,
        "source": told.source,
    }


def _attendance(
    tx: Transaction, ids: Sequence[UUID], month: date, codes: frozenset[str]
) -> dict[UUID, dict[str, tuple[int, int]]]:
    found: dict[UUID, dict[str, tuple[int, int]]] = {}
    for row in tx.session.execute(_ATTENDANCE, {"agency": tx.agency_id, "month": month, "ids": list(ids)}):
        if row.code in codes:
            found.setdefault(row.employee_id, {})[row.code] = (row.times, row.revision)
    return found


def _penalties(tx: Transaction, ids: Sequence[UUID], month: date) -> dict[UUID, list[tuple[UUID, Decimal]]]:
    found: dict[UUID, list[tuple[UUID, Decimal]]] = {}
    for row in tx.session.execute(_PENALTIES, {"agency": tx.agency_id, "month": month, "ids": list(ids)}):
        found.setdefault(row.employee_id, []).append((row.id, row.percent))
    return found


def _circumstances(tx: Transaction, ids: Sequence[UUID], month: date) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in tx.session.execute(_CIRCUMSTANCES, {"agency": tx.agency_id, "month": month, "ids": list(ids)}):
        found.setdefault(row.employee_id, []).append(row)
    return found
