"""People as they stood on a day, as personnel publishes them; every version is stored."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel

LEFT_SERVICE = frozenset({EmployeeStatus.RETIRED})


@dataclass(frozen=True)
class PersonStretch:
    """Days, both included, on which nothing of a person's employment changed."""

    first_day: date
    last_day: date
    status: EmployeeStatus
    employment_type: EmploymentType
    job_class: int | None
    unit_id: UUID | None
    position_level: PositionLevel | None = None

    @property
    def in_service(self) -> bool:
        return self.status not in LEFT_SERVICE

    def days_in(self, first_day: date, last_day: date) -> int:
        """Count its days from a day to a day, both included."""
        return max(0, (min(self.last_day, last_day) - max(self.first_day, first_day)).days + 1)


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
