"""Try a policy version on a month without storing anything: what would it cost, and who would see a difference."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.allowance import AllowanceInputs, calculate, why_not_payable
from incentive.domain.errors import ClassAmountMissing, StudyLevelMissing
from incentive.domain.months import first_day, month_text
from incentive.domain.policy import Policy, SimulatedLineView, SimulatePolicy, SimulationView
from incentive.domain.policy_days import PolicyDays, policies_of_month, trial_of_month
from incentive.persistence.month_inputs import load_months
from incentive.persistence.people import next_employees
from incentive.persistence.policies import load_policy, published_policies

MOST_PEOPLE = 1000


def simulate_policy(work: UnitOfWork, actor: Principal, command: SimulatePolicy) -> SimulationView:
    """Return totals and, for named people, amounts by this version beside those by the version that holds now."""
    with work.transaction(actor.agency_id) as tx:
        policy = load_policy(tx, command.policy_id)
        if command.sample is not None:
            line = _simulate_sample(command.sample, policy)
            return SimulationView(people=1, total=line.amount, current_total=None, lines=[line])
        return _simulate_people(tx, actor, command, policy)


def _simulate_people(tx: Transaction, actor: Principal, command: SimulatePolicy, policy: Policy) -> SimulationView:
    month = first_day(command.month)
    ids = sorted(set(command.employee_ids)) or next_employees(tx, None, MOST_PEOPLE)
    governed = policies_of_month(published_policies(tx), month)
    current = _current_amounts(tx, ids, month, governed)
    lines = []
    for person in load_months(tx, ids, month, trial_of_month(policy, governed, month)):
        if person.classes_without_amount:
            raise ClassAmountMissing(job_class=person.classes_without_amount[0], month=month_text(month))
        if person.lacks_study_level:
            expected = "pegawai tugas belajar yang jenjang studinya sudah dimasukkan"
            fault = FieldError("employee_id", StudyLevelMissing.code, str(person.employee_id), expected)
            raise StudyLevelMissing(errors=[fault], month=month_text(month))
        done = person.calculate()
        lines.append(
            SimulatedLineView(person.employee_id, done.amount, current.get(person.employee_id), done.not_payable)
        )
    audit.record(tx, actor, "simulate_policy", "tukin_policy", policy.id, month=month_text(month), people=len(lines))
    return SimulationView(
        people=len(lines),
        total=sum(line.amount for line in lines),
        current_total=sum(current.values()) if current else None,
        lines=lines if command.employee_ids else [],
    )


def _current_amounts(
    tx: Transaction, ids: list[UUID], month: date, governed: tuple[PolicyDays, ...]
) -> dict[UUID, int]:
    """Return the amounts by the versions that govern the month; empty where none does."""
    if not governed:
        return {}
    months = load_months(tx, ids, month, governed)
    return {one.employee_id: one.calculate().amount for one in months if not one.classes_without_amount}


def _simulate_sample(inputs: AllowanceInputs, policy: Policy) -> SimulatedLineView:
    if inputs.base is None and why_not_payable(inputs) is None:
        fault = FieldError("sample.base", "base_missing", None, "besaran kelas jabatan dalam rupiah")
        raise InvalidInput(errors=[fault])
    done = calculate(inputs, policy.rules)
    return SimulatedLineView(None, done.amount, None, done.not_payable)
