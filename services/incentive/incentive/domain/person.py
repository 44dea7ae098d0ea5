"""People's time as pay and credit see it, and their trainings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.people import EmployeeStatus, EmploymentType, PositionLevel


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
        return not self.status.has_left

    def days_in(self, first_day: date, last_day: date) -> int:
        """Count its days from a day to a day, both included."""
        return max(0, (min(self.last_day, last_day) - max(self.first_day, first_day)).days + 1)


@dataclass(frozen=True)
class TrainingRecord:
    """Learning hours (JP) of one training; it is finished and, perhaps, reversed, in either order."""

    record_id: UUID
    employee_id: UUID
    jp: int
    year: int
    finished: bool
    reversed: bool
