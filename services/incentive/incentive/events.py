"""The events this service publishes: ids, codes and versions; never an amount."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class AllowanceCalculated(IntegrationEvent):
    PRODUCER: ClassVar[str] = "incentive"
    NAME: ClassVar[str] = "AllowanceCalculated"
    SUBJECT: ClassVar[str] = "employee_id"
    line_id: UUID
    employee_id: UUID
    month: str
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class AllowanceAdjusted(IntegrationEvent):
    PRODUCER: ClassVar[str] = "incentive"
    NAME: ClassVar[str] = "AllowanceAdjusted"
    SUBJECT: ClassVar[str] = "employee_id"
    line_id: UUID
    employee_id: UUID
    month: str
    adjusts_line_id: UUID
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class CreditConverted(IntegrationEvent):
    PRODUCER: ClassVar[str] = "incentive"
    NAME: ClassVar[str] = "CreditConverted"
    SUBJECT: ClassVar[str] = "employee_id"
    entry_id: UUID
    employee_id: UUID
    year: int
    evaluation_id: UUID


@dataclass(frozen=True, kw_only=True)
class EligibilityChanged(IntegrationEvent):
    PRODUCER: ClassVar[str] = "incentive"
    NAME: ClassVar[str] = "EligibilityChanged"
    SUBJECT: ClassVar[str] = "employee_id"
    employee_id: UUID
    kind: str
    eligible: bool
    missing: list[str]
    as_of: date


@dataclass(frozen=True, kw_only=True)
class AwardGranted(IntegrationEvent):
    PRODUCER: ClassVar[str] = "incentive"
    NAME: ClassVar[str] = "AwardGranted"
    SUBJECT: ClassVar[str] = "employee_id"
    award_id: UUID
    employee_id: UUID
    kind: str
    year: int
