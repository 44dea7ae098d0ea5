"""A run of the allowance as it is shown: one a month, from CALCULATING over CALCULATED and APPROVED to PAID."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class RunView:
    """A run as it is shown."""

    id: UUID
    month: str
    state: str
    policy_id: UUID
    job_id: UUID | None
    round: int
    run_by: UUID
    run_at: datetime
    calculated_at: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None
    paid_by: UUID | None
    paid_at: datetime | None
    payment_reference: str | None
    totals: dict[str, Any]
    version: int
