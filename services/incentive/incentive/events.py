"""The events this service publishes: ids, codes and versions; never an amount."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from approvals.events import ProposalWaits
from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class AllowanceCalculated(IntegrationEvent, subject="employee_id"):
    line_id: UUID
    employee_id: UUID
    month: str
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class AllowanceAdjusted(IntegrationEvent, subject="employee_id"):
    line_id: UUID
    employee_id: UUID
    month: str
    adjusts_line_id: UUID
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class CreditConverted(IntegrationEvent, subject="employee_id"):
    entry_id: UUID
    employee_id: UUID
    year: int
    evaluation_id: UUID


@dataclass(frozen=True, kw_only=True)
class EligibilityChanged(IntegrationEvent, subject="employee_id"):
    employee_id: UUID
    kind: str
    eligible: bool
    missing: list[str]
    as_of: date


@dataclass(frozen=True, kw_only=True)
class AwardGranted(IntegrationEvent, subject="employee_id"):
    award_id: UUID
    employee_id: UUID
    kind: str
    year: int


@dataclass(frozen=True, kw_only=True)
class AwardRevoked(IntegrationEvent, subject="employee_id"):
    award_id: UUID
    employee_id: UUID
    kind: str
    year: int


@dataclass(frozen=True, kw_only=True)
class AwardEvidenceChanged(IntegrationEvent, subject="employee_id"):
    award_id: UUID
    employee_id: UUID


@dataclass(frozen=True, kw_only=True)
class SecondPersonAwaited(ProposalWaits, IntegrationEvent, subject="proposal_id"):
    """A proposed action waits for the decision of a second person."""


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(IntegrationEvent, subject="employee_id"):
    claim_id: UUID
    employee_id: UUID
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimPlanned(IntegrationEvent, subject="employee_id"):
    claim_id: UUID
    employee_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimRepaid(IntegrationEvent, subject="employee_id"):
    claim_id: UUID
    employee_id: UUID
