"""A run of the allowance: one a month, calculated as often as needed until it is approved, then paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError
from chassis.pagination import PageRequest
from chassis.views import view_of
from incentive.domain.errors import (
    RunHasProblems,
    RunNotCalculated,
    RunPolicyReplaced,
    RunStillCalculating,
)
from incentive.domain.months import month_text
from incentive.domain.policy_days import PolicyDays


class RunState(StrEnum):
    CALCULATING = "CALCULATING"
    CALCULATED = "CALCULATED"
    APPROVED = "APPROVED"
    PAID = "PAID"


DECIDED = frozenset({RunState.APPROVED, RunState.PAID})
# Each state, and the states that may follow it. CALCULATING follows itself when the job was given up, CALCULATED when
# an operator has revived the job of an earlier round, which counts and sums the same lines again.
MOVES: Mapping[RunState, frozenset[RunState]] = {
    RunState.CALCULATING: frozenset({RunState.CALCULATING, RunState.CALCULATED}),
    RunState.CALCULATED: frozenset({RunState.CALCULATING, RunState.CALCULATED, RunState.APPROVED}),
    RunState.APPROVED: frozenset({RunState.PAID}),
    RunState.PAID: frozenset(),
}


@dataclass(frozen=True)
class ApproveRun:
    run_id: UUID
    expected_version: int | None


@dataclass(frozen=True)
class PayRun:
    """The treasury's reference of the payment of an approved run."""

    run_id: UUID
    payment_reference: str
    expected_version: int | None


@dataclass(frozen=True)
class ListRunLines:
    run_id: UUID
    page: PageRequest


@dataclass(frozen=True)
class AllowanceRun:
    id: UUID
    month: date
    state: RunState
    policy_id: UUID
    policy_ids: list[UUID]
    job_id: UUID | None
    round: int
    run_by: UUID
    run_at: datetime
    calculated_at: datetime | None = None
    approved_by: UUID | None = None
    approved_at: datetime | None = None
    paid_by: UUID | None = None
    paid_at: datetime | None = None
    payment_reference: str | None = None
    totals: dict[str, int] = field(default_factory=dict)
    version: int = 1

    @classmethod
    def started(
        cls, run_id: UUID, month: date, policies: Sequence[PolicyDays], by: UUID, now: datetime
    ) -> "AllowanceRun":
        """Make the first round of a month's run, by the policies that govern its days."""
        ids = _ids(policies)
        return cls(run_id, month, RunState.CALCULATING, ids[-1], ids, None, round=1, run_by=by, run_at=now)

    def with_job(self, job_id: UUID) -> "AllowanceRun":
        """Return it with the job that calculates this round."""
        return replace(self, job_id=job_id)

    def may_restart(self, *, job_failed: bool) -> bool:
        """Return whether it may be calculated again: before approval, and where the worker has given up."""
        return self.state is RunState.CALCULATED or (self.state is RunState.CALCULATING and job_failed)

    def restarted(self, policies: Sequence[PolicyDays], by: UUID, now: datetime) -> "AllowanceRun":
        """Return the next round, by the policies that govern the month now."""
        ids = _ids(policies)
        self._require_move(RunState.CALCULATING)
        return replace(
            self,
            state=RunState.CALCULATING,
            policy_id=ids[-1],
            policy_ids=ids,
            round=self.round + 1,
            run_by=by,
            run_at=now,
            calculated_at=None,
            totals={},
            version=self.version + 1,
        )

    def calculated(self, totals: dict[str, int], now: datetime) -> "AllowanceRun":
        self._require_move(RunState.CALCULATED)
        return replace(self, state=RunState.CALCULATED, totals=totals, calculated_at=now, version=self.version + 1)

    def approved(
        self, by: UUID, now: datetime, used: Sequence[PolicyDays], current: Sequence[PolicyDays]
    ) -> "AllowanceRun":
        """Return it approved.

        Raise RunPolicyReplaced when other policies govern the month by now: nothing is approved of which it is known
        that the next run must correct it.
        """
        month = month_text(self.month)
        if self.state is RunState.CALCULATING:
            raise RunStillCalculating(month=month)
        self._require_move(RunState.APPROVED)
        if _ids(used) != _ids(current):
            raise RunPolicyReplaced(month=month, used=_numbers(used), current=_numbers(current))
        problems = self.totals.get("problems")
        if problems:
            fault = FieldError("job_id", RunHasProblems.code, str(self.job_id), "perhitungan tanpa masalah")
            raise RunHasProblems(errors=[fault], month=month, count=problems)
        return replace(self, state=RunState.APPROVED, approved_by=by, approved_at=now, version=self.version + 1)

    def with_totals(self, more: Mapping[str, int]) -> "AllowanceRun":
        """Return it with what its approval has claimed and deducted, and what it therefore pays."""
        payment = self.totals["amount"] + more["claimed_amount"] - more["deducted_amount"]
        return replace(self, totals={**self.totals, **more, "payment_amount": payment})

    def require_decided(self) -> None:
        """Raise RunNotCalculated before the approval."""
        if self.state not in DECIDED:
            raise RunNotCalculated(month=month_text(self.month), status=self.state, needed=", ".join(sorted(DECIDED)))

    def paid(self, by: UUID, now: datetime, reference: str) -> "AllowanceRun":
        self._require_move(RunState.PAID)
        return replace(
            self, state=RunState.PAID, paid_by=by, paid_at=now, payment_reference=reference, version=self.version + 1
        )

    def _require_move(self, target: RunState) -> None:
        if target not in MOVES[self.state]:
            needed = ", ".join(state for state, targets in MOVES.items() if target in targets and state is not target)
            raise RunNotCalculated(month=month_text(self.month), status=self.state, needed=needed)


def _ids(policies: Sequence[PolicyDays]) -> list[UUID]:
    return [one.policy.id for one in policies]


def _numbers(policies: Sequence[PolicyDays]) -> str:
    return ", ".join(str(one.policy.number) for one in policies)


@dataclass(frozen=True)
class AllowanceRunView:
    """A run as HR officers and inspectors read it."""

    id: UUID
    month: str
    state: RunState
    policy_id: Annotated[UUID, Meta(description="the policy version at the month's end")]
    policy_ids: Annotated[list[UUID], Meta(description="the versions that govern its days, in their order")]
    job_id: Annotated[UUID | None, Meta(description="watch /jobs/{job_id} for progress")]
    round: int
    run_by: UUID
    run_at: datetime
    calculated_at: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None
    paid_by: UUID | None
    paid_at: datetime | None
    payment_reference: str | None
    totals: Annotated[
        dict[str, int],
        Meta(
            description="lines, payable, not_payable, corrections, regular_amount, correction_amount, amount, "
            "problems; from the approval on claims, claimed_amount, deducted_amount, payment_amount"
        ),
    ]
    version: int

    @classmethod
    def of(cls, run: AllowanceRun) -> "AllowanceRunView":
        return view_of(cls, run, month=month_text(run.month))
