"""Lines of the allowance: one person's month, and corrections that later runs add; none is edited once decided."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from incentive.domain.allowance import (
    LABELS,
    AllowanceInputs,
    Calculation,
    calculate,
    inputs_from,
    inputs_to,
    why_not_payable,
)
from incentive.domain.allowance_run import RunState
from incentive.domain.policy import Policy
from incentive.domain.tukin_rules import rules_to

DECIDED = frozenset({RunState.APPROVED, RunState.PAID})


class LineKind(StrEnum):
    """An ADJUSTMENT adds to the regular line that it refers to."""

    REGULAR = "REGULAR"
    ADJUSTMENT = "ADJUSTMENT"


@dataclass(frozen=True)
class PersonMonth:
    """One person's month: the inputs of the rule, and where each of them comes from."""

    employee_id: UUID
    unit_id: UUID | None
    inputs: AllowanceInputs
    provenance: dict[str, Any]
    in_service: bool
    amount_missing: bool

    @property
    def has_no_line(self) -> bool:
        """Return whether there is no line at all: not yet in service, or left."""
        return not self.in_service or self.inputs.status.has_left

    @property
    def lacks_class_amount(self) -> bool:
        """Return whether the month is payable and its class has no amount: HR must complete the table first."""
        return self.amount_missing and why_not_payable(self.inputs) is None


@dataclass(frozen=True)
class LineKey:
    """What identifies a stored line, and what it was calculated from."""

    id: UUID
    fingerprint: str


@dataclass(frozen=True)
class MonthLines:
    """The lines that a person has for one month in other runs."""

    regular_id: UUID | None = None
    amount: int = 0


@dataclass(frozen=True)
class AllowanceLine:
    """The fingerprint covers everything that the amount follows from."""

    id: UUID
    run_id: UUID
    employee_id: UUID
    unit_id: UUID | None
    month: date
    kind: LineKind
    adjusts_line_id: UUID | None
    amount: int
    full_amount: int
    not_payable: str | None
    policy_id: UUID
    inputs: dict[str, Any]
    steps: list[dict[str, Any]]
    provenance: dict[str, Any]
    fingerprint: str
    calculated_at: datetime

    @classmethod
    def regular(
        cls, line_id: UUID, run_id: UUID, month: date, policy: Policy, person: PersonMonth, now: datetime
    ) -> "AllowanceLine":
        """Make the regular line of a person's month."""
        done = calculate(person.inputs, policy.rules)
        inputs = inputs_to(person.inputs)
        return cls(
            id=line_id,
            run_id=run_id,
            employee_id=person.employee_id,
            unit_id=person.unit_id,
            month=month,
            kind=LineKind.REGULAR,
            adjusts_line_id=None,
            amount=done.amount,
            full_amount=done.amount,
            not_payable=done.not_payable,
            policy_id=policy.id,
            inputs=inputs,
            steps=_steps(done),
            provenance=person.provenance,
            fingerprint=_fingerprint(inputs, policy.id),
            calculated_at=now,
        )

    def correcting(self, before: MonthLines, cause: str) -> "AllowanceLine":
        """Return the line that books the difference from what other runs have decided for the month."""
        adjusts = before.regular_id is not None
        return replace(
            self,
            kind=LineKind.ADJUSTMENT if adjusts else LineKind.REGULAR,
            adjusts_line_id=before.regular_id,
            amount=self.full_amount - before.amount,
            provenance={**self.provenance, "before": before.amount, "cause": cause},
            fingerprint=_fingerprint(self.inputs, self.policy_id, before.amount),
        )


def _steps(done: Calculation) -> list[dict[str, Any]]:
    return [{"code": step.code, "formula": step.formula, "value": f"{step.value:f}"} for step in done.steps]


def _fingerprint(inputs: dict[str, Any], policy_id: UUID, *more: object) -> str:
    document = json.dumps([inputs, str(policy_id), *map(str, more)], sort_keys=True)
    return hashlib.sha256(document.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class AllowanceLineView:
    id: UUID
    run_id: UUID
    employee_id: UUID
    unit_id: UUID | None
    month: Annotated[str, Meta(description="the month it is for")]
    run_month: Annotated[str, Meta(description="the month it is paid with")]
    kind: LineKind
    adjusts_line_id: UUID | None
    amount: Annotated[int, Meta(description="rupiah that this line adds")]
    full_amount: Annotated[int, Meta(description="the whole month as known when it was calculated")]
    not_payable: str | None
    job_class: int | None
    predicate: str | None
    policy_version: int
    state: RunState
    calculated_at: datetime


@dataclass(frozen=True)
class LineDetail(AllowanceLineView):
    """A line with all that it follows from."""

    policy_id: UUID
    inputs: dict[str, Any]
    steps: list[dict[str, str]]
    provenance: dict[str, Any]


@dataclass(frozen=True)
class AllowanceYearView:
    """All lines of the year's months, and their sums."""

    employee_id: UUID
    year: int
    decided_amount: Annotated[int, Meta(description="approved or paid")]
    paid_amount: int
    lines: list[AllowanceLineView]

    @classmethod
    def of(cls, employee_id: UUID, year: int, lines: list[AllowanceLineView]) -> "AllowanceYearView":
        decided = sum(line.amount for line in lines if line.state in DECIDED)
        paid = sum(line.amount for line in lines if line.state is RunState.PAID)
        return cls(employee_id, year, decided, paid, lines)


@dataclass(frozen=True)
class CalculationStepView:
    code: str
    label: str
    formula: str
    value: str


@dataclass(frozen=True)
class AppliedPolicyView:
    policy_id: UUID
    version: int
    name: str
    legal_source: str
    valid_from: date
    valid_to: date | None
    rules: dict[str, Any]


@dataclass(frozen=True)
class AllowanceExplanationView:
    """Inputs, rule, versions, legal sources and the working of a line, and the same amount calculated again."""

    line_id: UUID
    employee_id: UUID
    month: str
    run_month: str
    kind: LineKind
    adjusts_line_id: UUID | None
    state: RunState
    amount: int
    full_amount: int
    previous_amount: int | None
    not_payable: str | None
    inputs: dict[str, Any]
    provenance: Annotated[dict[str, Any], Meta(description="which version of what each input comes from")]
    steps: list[CalculationStepView]
    rule: Annotated[AppliedPolicyView, Meta(description="the policy version with its rules and legal source")]
    legal_sources: list[str]
    recomputed_amount: Annotated[int, Meta(description="calculated again from inputs and rule")]
    matches: bool

    @classmethod
    def of(cls, line: LineDetail, policy: Policy) -> "AllowanceExplanationView":
        again = calculate(inputs_from(line.inputs), policy.rules)
        amount = line.provenance.get("class_amount")
        before = line.provenance.get("before", 0)
        return view_of(
            cls,
            line,
            line_id=line.id,
            previous_amount=before if line.kind is LineKind.ADJUSTMENT else None,
            steps=[CalculationStepView(label=LABELS[step["code"]], **step) for step in line.steps],
            rule=view_of(
                AppliedPolicyView, policy, policy_id=policy.id, version=policy.number, rules=rules_to(policy.rules)
            ),
            legal_sources=[policy.legal_source, *([amount["legal_source"]] if amount else [])],
            recomputed_amount=again.amount,
            matches=again.amount == line.full_amount,
        )
