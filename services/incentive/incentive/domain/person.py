"""People as they stood on a day, as personnel publishes them; every version is stored."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel


@dataclass(frozen=True)
class EmployeeVersion:
    employee_id: UUID
    version: int
    effective_from: date
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date | None = None
    service_start: date | None = None


@dataclass(frozen=True)
class AssignmentVersion:
    employee_id: UUID
    version: int
    effective_from: date
    unit_id: UUID
    position_kind: PositionKind
    job_class: int
    position_level: PositionLevel | None = None


@dataclass(frozen=True)
class TrainingRecord:
    """Learning hours (JP) of one training; it is finished and, perhaps, reversed, in either order."""

    record_id: UUID
    employee_id: UUID
    jp: int
    year: int
    finished: bool
    reversed: bool
