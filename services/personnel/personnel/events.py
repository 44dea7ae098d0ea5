"""The facts this service says: full snapshots with a version, and only when something changed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent


@dataclass(frozen=True, kw_only=True)
class AgencyChanged(IntegrationEvent):
    PRODUCER: ClassVar[str] = "personnel"
    NAME: ClassVar[str] = "AgencyChanged"
    SUBJECT: ClassVar[str] = "agency_id"
    agency_id: str
    name: str
    time_zone: str
    version: int


@dataclass(frozen=True, kw_only=True)
class OrgUnitChanged(IntegrationEvent):
    PRODUCER: ClassVar[str] = "personnel"
    NAME: ClassVar[str] = "OrgUnitChanged"
    SUBJECT: ClassVar[str] = "unit_id"
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class EmployeeChanged(IntegrationEvent):
    PRODUCER: ClassVar[str] = "personnel"
    NAME: ClassVar[str] = "EmployeeChanged"
    SUBJECT: ClassVar[str] = "employee_id"
    employee_id: UUID
    employment_type: str
    status: str
    grade: str
    grade_since: date
    service_start: date
    version: int


@dataclass(frozen=True, kw_only=True)
class AssignmentChanged(IntegrationEvent):
    """Where somebody works, in which position, under whom. `effective_from`: since when what changed last holds."""

    PRODUCER: ClassVar[str] = "personnel"
    NAME: ClassVar[str] = "AssignmentChanged"
    SUBJECT: ClassVar[str] = "employee_id"
    employee_id: UUID
    unit_id: UUID
    position_code: str
    position_kind: str
    position_level: str | None
    job_class: int
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    effective_from: date
    version: int


@dataclass(frozen=True, kw_only=True)
class EmployeeContactChanged(IntegrationEvent):
    """Name and address, for messages to people; never leaves the deployment."""

    PRODUCER: ClassVar[str] = "personnel"
    NAME: ClassVar[str] = "EmployeeContactChanged"
    SUBJECT: ClassVar[str] = "employee_id"
    employee_id: UUID
    name: str
    email: str | None
    version: int
