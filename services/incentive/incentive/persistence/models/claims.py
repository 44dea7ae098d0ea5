"""Claims for what was paid too much, and their repayments."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import AgencyRow
from incentive.persistence.models.base import Base


class Claim(AgencyRow, Base):
    __tablename__ = "claim"
    employee_id: Mapped[UUID]
    run_id: Mapped[UUID]
    state: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    repaid_amount: Mapped[int] = mapped_column(BigInteger)
    causes: Mapped[list[dict[str, Any]]]
    opened_at: Mapped[datetime]
    instalment: Mapped[int | None] = mapped_column(BigInteger)
    from_month: Mapped[date | None]
    interview_note: Mapped[str | None]
    planned_by: Mapped[UUID | None]
    planned_at: Mapped[datetime | None]
    reference_id: Mapped[UUID | None]
    repaid_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        UniqueConstraint("agency_id", "run_id", "employee_id"),
        Index(None, "agency_id", "employee_id"),
        Index(None, "agency_id", "state", "id"),
        CheckConstraint("state IN ('OPEN', 'PLANNED', 'REPAID')", name="state"),
        CheckConstraint("amount > 0 AND repaid_amount BETWEEN 0 AND amount", name="amount"),
        CheckConstraint("(state = 'REPAID') = (repaid_amount = amount)", name="repaid"),
        CheckConstraint("state <> 'PLANNED' OR instalment > 0", name="instalment"),
    )


class ClaimRepayment(AgencyRow, Base):
    __tablename__ = "claim_repayment"
    claim_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    run_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    __table_args__ = (
        Index(None, "agency_id", "claim_id"),
        Index(None, "agency_id", "run_id", "employee_id"),
        CheckConstraint("kind IN ('DEDUCTION', 'TREASURY')", name="kind"),
        CheckConstraint("(kind = 'DEDUCTION') = (run_id IS NOT NULL)", name="run"),
        CheckConstraint("(kind = 'TREASURY') = (reference IS NOT NULL)", name="reference"),
        CheckConstraint("amount > 0", name="amount"),
    )
