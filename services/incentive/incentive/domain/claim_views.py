"""Claims as people read them, and what a run pays to each person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of
from incentive.domain.claim import Claim, ClaimCause, ClaimState, Repayment, RepaymentKind
from incentive.domain.months import month_text


@dataclass(frozen=True)
class ListClaims:
    state: ClaimState | None
    employee_id: UUID | None
    page: PageRequest


@dataclass(frozen=True)
class ListPayments:
    run_id: UUID
    page: PageRequest


@dataclass(frozen=True)
class ClaimCauseView:
    line_id: Annotated[UUID, Meta(description="its explanation says what the month follows from")]
    month: str
    amount: int
    cause: str | None

    @classmethod
    def of(cls, cause: ClaimCause) -> "ClaimCauseView":
        return view_of(cls, cause, month=month_text(cause.month))


@dataclass(frozen=True)
class RepaymentView:
    id: UUID
    kind: RepaymentKind
    run_id: UUID | None
    amount: int
    reference: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class ClaimView:
    id: UUID
    employee_id: UUID
    run_id: Annotated[UUID, Meta(description="the run whose approval opened it")]
    state: ClaimState
    amount: Annotated[int, Meta(description="rupiah paid too much")]
    repaid_amount: int
    outstanding: int
    causes: Annotated[list[ClaimCauseView], Meta(description="the lines that took something back")]
    instalment: Annotated[int | None, Meta(description="rupiah a month; a run deducts less where the ceiling is lower")]
    from_month: str | None
    interview_note: str | None
    planned_by: UUID | None
    planned_at: datetime | None
    opened_at: datetime
    repaid_at: datetime | None
    version: int

    @classmethod
    def of(cls, claim: Claim) -> "ClaimView":
        return view_of(
            cls,
            claim,
            outstanding=claim.outstanding,
            causes=[ClaimCauseView.of(one) for one in claim.causes],
            from_month=month_text(claim.from_month) if claim.from_month else None,
        )


@dataclass(frozen=True)
class ClaimDetailView(ClaimView):
    """A claim with its repayments, and the rules its plan was made by."""

    repayments: list[RepaymentView]
    ceiling_percent: Annotated[str, Meta(description="of what a run pays, at most so much is deducted")]
    longest_months: int
    correction_percent: Annotated[str, Meta(description="of what a run pays of earlier months, so much settles claims")]
    latest_start_months: int
    legal_source: str
    verified: dict[str, str]


@dataclass(frozen=True)
class PaymentView:
    """What a run pays to one person: the sum of the lines, more what it claims, less what it deducts."""

    employee_id: UUID
    net: Annotated[int, Meta(description="sum of the person's lines in the run")]
    claimed: Annotated[int, Meta(description="opened as a claim, since nobody is paid a negative sum")]
    deducted: Annotated[int, Meta(description="instalments of earlier claims")]
    amount: int


def repayment_view(repayment: Repayment) -> RepaymentView:
    return view_of(RepaymentView, repayment)
