"""A claim: what somebody was paid too much and a run could not take back, since nobody is paid a negative sum.

The approval of a run opens it with the whole negative sum of the person's lines. HR interviews the person and plans the
instalments; later runs deduct them, never more than a part of what the run pays, or the treasury receives the money.
What a run pays of earlier months (a positive correction) settles first what the person still owes, with or without a
plan: the state does not pay out with one hand what it claims with the other.
The lines stay exact: payments less what is still claimed are always the sum of the lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from incentive.domain.errors import ClaimIsRepaid, ClaimOverpaid
from incentive.domain.months import add_months, first_day, month_text

HUNDRED = Decimal(100)


class ClaimState(StrEnum):
    """OPEN: nothing is deducted yet. PLANNED: the person has been interviewed and runs deduct the instalments."""

    OPEN = "OPEN"
    PLANNED = "PLANNED"
    REPAID = "REPAID"


# Each state, and the states that may follow it. PLANNED follows itself: a plan may be made anew.
MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.OPEN: frozenset({ClaimState.PLANNED, ClaimState.REPAID}),
    ClaimState.PLANNED: frozenset({ClaimState.PLANNED, ClaimState.REPAID}),
    ClaimState.REPAID: frozenset(),
}


class RepaymentKind(StrEnum):
    DEDUCTION = "DEDUCTION"
    TREASURY = "TREASURY"


@dataclass(frozen=True)
class RepaymentRules:
    """How much of a payment may be deducted, and in how many months a claim must be repaid: dated reference data.

    `correction_percent`: how much of what is paid of earlier months settles claims before it is paid out.
    `latest_start_months`: a plan begins at most so many months after the one in which it is made.
    """

    ceiling_percent: Decimal
    longest_months: int
    correction_percent: Decimal = HUNDRED
    latest_start_months: int = 12

    def ceiling(self, payment: int) -> int:
        return _part(payment, self.ceiling_percent)

    def settled_by(self, corrections: int) -> int:
        return _part(corrections, self.correction_percent)


def _part(amount: int, percent: Decimal) -> int:
    return int((amount * percent / HUNDRED).quantize(Decimal(1), rounding=ROUND_DOWN))


def repayment_rules_from(data: Mapping[str, Any]) -> RepaymentRules:
    """Read the rules from reference data; a version that is older than a rule leaves it out.

    Raise InvalidInput for what is no percentage or no number of months.
    """
    rules = RepaymentRules(
        Decimal(str(data["ceiling_percent"])),
        int(data["longest_months"]),
        Decimal(str(data.get("correction_percent", RepaymentRules.correction_percent))),
        int(data.get("latest_start_months", RepaymentRules.latest_start_months)),
    )
    percentages = (rules.ceiling_percent, rules.correction_percent)
    if not (
        all(0 <= one <= HUNDRED for one in percentages) and min(rules.longest_months, rules.latest_start_months) > 0
    ):
        expected = (
            "ceiling_percent dan correction_percent 0 sampai dengan 100, longest_months dan latest_start_months "
            "sedikitnya 1"
        )
        raise InvalidInput(errors=[FieldError("data", "repayment_rules_invalid", None, expected)])
    return rules


@dataclass(frozen=True)
class PlanRepayment:
    """What HR decides after the interview: rupiah a month, from a month on."""

    claim_id: UUID
    instalment: int
    from_month: date
    interview_note: str
    expected_version: int | None


@dataclass(frozen=True)
class ReceiveRepayment:
    """Money that the treasury has received, with its reference."""

    claim_id: UUID
    amount: int
    reference: str


@dataclass(frozen=True)
class ClaimCause:
    """A line of the run that took something back."""

    line_id: UUID
    month: date
    amount: int
    cause: str | None


@dataclass(frozen=True)
class Claim:
    """What is owed by one person out of one run."""

    id: UUID
    employee_id: UUID
    run_id: UUID
    state: ClaimState
    amount: int
    repaid_amount: int
    causes: list[ClaimCause]
    opened_at: datetime
    instalment: int | None = None
    from_month: date | None = None
    interview_note: str | None = None
    planned_by: UUID | None = None
    planned_at: datetime | None = None
    reference_id: UUID | None = None
    repaid_at: datetime | None = None
    version: int = 1

    @classmethod
    def opened(
        cls, claim_id: UUID, employee_id: UUID, run_id: UUID, amount: int, causes: list[ClaimCause], now: datetime
    ) -> "Claim":
        return cls(claim_id, employee_id, run_id, ClaimState.OPEN, amount, 0, causes, now)

    @property
    def outstanding(self) -> int:
        return self.amount - self.repaid_amount

    def planned(
        self, command: PlanRepayment, rules: RepaymentRules, reference_id: UUID, by: UUID, now: datetime, today: date
    ) -> "Claim":
        """Return it with a plan.

        Raise ClaimIsRepaid, or InvalidInput for a plan that takes too many months or begins too late after `today`.
        """
        self._require_move(ClaimState.PLANNED)
        latest = add_months(first_day(today), rules.latest_start_months)
        if command.from_month > latest:
            expected = f"paling akhir {month_text(latest)}, {rules.latest_start_months} bulan sesudah bulan ini"
            fault = FieldError("from_month", "plan_starts_too_late", month_text(command.from_month), expected)
            raise InvalidInput(errors=[fault])
        months = -(-self.outstanding // command.instalment)
        if months > rules.longest_months:
            least = -(-self.outstanding // rules.longest_months)
            expected = f"paling sedikit {least} sebulan, agar lunas dalam {rules.longest_months} bulan"
            raise InvalidInput(errors=[FieldError("instalment", "plan_too_long", command.instalment, expected)])
        return replace(
            self,
            state=ClaimState.PLANNED,
            instalment=command.instalment,
            from_month=first_day(command.from_month),
            interview_note=command.interview_note,
            planned_by=by,
            planned_at=now,
            reference_id=reference_id,
            version=self.version + 1,
        )

    def repaid(self, amount: int, now: datetime) -> "Claim":
        """Return it with a repayment, the last of which ends it. Raise ClaimIsRepaid, ClaimOverpaid."""
        self._require_move(ClaimState.REPAID)
        if amount > self.outstanding:
            raise ClaimOverpaid(amount=amount, outstanding=self.outstanding)
        ended = amount == self.outstanding
        return replace(
            self,
            state=ClaimState.REPAID if ended else self.state,
            repaid_amount=self.repaid_amount + amount,
            repaid_at=now if ended else None,
            version=self.version + 1,
        )

    def due(self, month: date) -> int:
        """Return what the run of a month deducts by the plan."""
        if self.state is not ClaimState.PLANNED or self.instalment is None or self.from_month is None:
            return 0
        return min(self.instalment, self.outstanding) if self.from_month <= month else 0

    def _require_move(self, target: ClaimState) -> None:
        if target not in MOVES[self.state]:
            raise ClaimIsRepaid


@dataclass(frozen=True)
class Repayment:
    """A part of a claim that is repaid: deducted by a run, or received by the treasury."""

    id: UUID
    claim_id: UUID
    employee_id: UUID
    kind: RepaymentKind
    run_id: UUID | None
    amount: int
    reference: str | None
    recorded_by: UUID
    recorded_at: datetime


@dataclass(frozen=True)
class Payment:
    """What one person is paid by a run: never less than nothing."""

    amount: int
    claimed: int
    deductions: tuple[tuple[Claim, int], ...]

    @property
    def deducted(self) -> int:
        return sum(amount for _, amount in self.deductions)


@dataclass(frozen=True)
class Net:
    """The sum of a person's lines in a run; `corrections`: those of earlier months among them, 0 where they take."""

    amount: int
    corrections: int = 0


def payment_of(net: Net, claims: Sequence[Claim], month: date, rules: RepaymentRules) -> Payment:
    """Return what a person is paid by the month's run, deducting the oldest claims first.

    What is paid of earlier months settles claims, planned or not; of the rest the instalments are deducted.
    """
    if net.amount <= 0:
        return Payment(0, -net.amount, ())
    ordered = sorted(claims, key=lambda one: (one.opened_at, one.id))
    settled = min(net.amount, rules.settled_by(max(net.corrections, 0)))
    taken = _taken(settled, {one.id: one.outstanding for one in ordered})
    rest = net.amount - sum(taken.values())
    due = {one.id: min(one.due(month), one.outstanding - taken.get(one.id, 0)) for one in ordered}
    planned = _taken(rules.ceiling(rest), due)
    amounts = [(one, taken.get(one.id, 0) + planned.get(one.id, 0)) for one in ordered]
    deductions = tuple((one, amount) for one, amount in amounts if amount > 0)
    return Payment(net.amount - sum(amount for _, amount in deductions), 0, deductions)


def _taken(available: int, wanted: Mapping[UUID, int]) -> dict[UUID, int]:
    """Return what each gets of what is available, in their order."""
    found = {}
    for one, amount in wanted.items():
        found[one] = min(available, amount)
        available -= found[one]
    return found
