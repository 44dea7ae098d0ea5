"""People as they stood on a day, as personnel publishes them; every version is stored."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from incentive.domain.values import EmployeeStatus, EmploymentType, PositionKind, PositionLevel


@dataclass(frozen=True)
class EmployeeVersion:
    employee_id: UUID
    version: int
    effective_from: date
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date | None
    service_start: date | None


@dataclass(frozen=True)
class AssignmentVersion:
    employee_id: UUID
    version: int
    effective_from: date
    unit_id: UUID
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int


@dataclass(frozen=True)
class OrgUnit:
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool
    version: int


@dataclass(frozen=True)
class TrainingRecord:
    """Learning hours (JP) of one training; it is finished and, perhaps, reversed, in either order."""

    record_id: UUID
    employee_id: UUID
    jp: int
    year: int
    finished: bool
    reversed: bool
