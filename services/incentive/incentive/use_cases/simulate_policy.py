"""Try a policy version on a month without keeping anything: what would it cost, and who would see a difference."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.allowance import calculate, inputs_from, why_not_payable
from incentive.domain.errors import ClassAmountMissing, NoPolicyForMonth
from incentive.domain.months import first_day, month_text
from incentive.domain.policy import TukinRules
from incentive.persistence.inputs import load_months
from incentive.persistence.people import next_employees
from incentive.persistence.policies import PolicyVersion, policy_for, policy_version
from incentive.use_cases.show_policies import require_policy

MOST_PEOPLE = 1000


@dataclass(frozen=True)
class SimulatePolicy:
    """Either named people (or the first thousand) in a month, or one made-up case in `sample`."""

    policy_id: UUID
    month: date
    employee_ids: list[UUID]
    sample: dict[str, Any] | None


def simulate_policy(work: UnitOfWork, actor: Principal, command: SimulatePolicy) -> dict[str, Any]:
    """Give totals and, for named people, amounts by this version beside those by the version that holds now."""
    with work.transaction(actor.agency_id) as tx:
        require_policy(tx, command.policy_id)
        policy = policy_version(tx, command.policy_id)
        if command.sample is not None:
            line = _sample(command.sample, policy.rules)
            return {"people": 1, "total": line["amount"], "current_total": None, "lines": [line]}
        return _people(tx, actor, command, policy)


def _people(tx: Transaction, actor: Principal, command: SimulatePolicy, policy: PolicyVersion) -> dict[str, Any]:
    month = first_day(command.month)
    ids = sorted(set(command.employee_ids)) or next_employees(tx, None, MOST_PEOPLE)
    now = _current(tx, ids, month)
    lines = []
    for person in load_months(tx, ids, month, policy):
        if person.amount_missing and why_not_payable(person.inputs) is None:
            raise ClassAmountMissing(job_class=person.inputs.job_class, month=month_text(month))
        done = calculate(person.inputs, policy.rules)
        lines.append(
            {
                "employee_id": person.employee_id,
                "amount": done.amount,
                "current_amount": now.get(person.employee_id),
                "not_payable": done.not_payable,
            }
        )
    audit.record(tx, actor, "simulate_policy", "tukin_policy", policy.id, month=month_text(month), people=len(lines))
    return {
        "people": len(lines),
        "total": sum(line["amount"] for line in lines),
        "current_total": sum(now.values()) if now else None,
        "lines": lines if command.employee_ids else [],
    }


def _current(tx: Transaction, ids: list[UUID], month: date) -> dict[UUID, int]:
    try:
        policy = policy_for(tx, month)
    except NoPolicyForMonth:
        return {}
    return {
        person.employee_id: calculate(person.inputs, policy.rules).amount
        for person in load_months(tx, ids, month, policy)
        if not person.amount_missing
    }


def _sample(sample: dict[str, Any], rules: TukinRules) -> dict[str, Any]:
    inputs = inputs_from(sample)
    if inputs.base is None and why_not_payable(inputs) is None:
        fault = FieldError("sample.base", "base_missing", None, "besaran kelas jabatan dalam rupiah")
        raise InvalidInput(errors=[fault])
    done = calculate(inputs, rules)
    return {"employee_id": None, "amount": done.amount, "current_amount": None, "not_payable": done.not_payable}
