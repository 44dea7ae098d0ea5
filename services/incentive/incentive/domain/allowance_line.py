"""Lines of the allowance: one person's month, and corrections that later runs add; none is edited once decided."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from directory.people import EmployeeStatus
from incentive.domain.allowance import Calculation, why_not_payable
from incentive.domain.month_allowance import PaidSegment, calculate_month, month_inputs_to
from incentive.domain.policy import Policy


class LineKind(StrEnum):
    """An ADJUSTMENT adds to the regular line that it refers to."""

    REGULAR = "REGULAR"
    ADJUSTMENT = "ADJUSTMENT"


@dataclass(frozen=True)
class PersonMonth:
    """One person's month: its segments with their inputs, and where each input comes from. Never without a segment."""

    employee_id: UUID
    segments: tuple[PaidSegment, ...]
    provenance: dict[str, Any]
    in_service: bool

    @property
    def last(self) -> PaidSegment:
        return self.segments[-1]

    @property
    def policy(self) -> Policy:
        """The policy at the month's end; a segment names its own."""
        return self.last.segment.policy

    @property
    def classes_without_amount(self) -> list[int | None]:
        """Return the classes of payable days that have no amount: HR must complete the table first."""
        payable = [one.inputs for one in self.segments if why_not_payable(one.inputs) is None]
        return [one.job_class for one in payable if one.base is None]

    @property
    def lacks_study_level(self) -> bool:
        """Return whether the policy pays study leave by its level and HR has not entered which it is."""
        return any(
            one.inputs.status is EmployeeStatus.STUDY_LEAVE
            and one.inputs.study is None
            and one.segment.policy.rules.study_leave is not None
            and why_not_payable(one.inputs) is None
            for one in self.segments
        )

    def calculate(self) -> Calculation:
        return calculate_month([one.part for one in self.segments])


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
    def regular(cls, line_id: UUID, run_id: UUID, month: date, person: PersonMonth, now: datetime) -> "AllowanceLine":
        """Make the regular line of a person's month."""
        done, policy = person.calculate(), person.policy
        inputs = month_inputs_to(person.segments)
        return cls(
            id=line_id,
            run_id=run_id,
            employee_id=person.employee_id,
            unit_id=person.last.segment.held.unit_id,
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
