"""Units and employees on a day, as the directory answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appraisal.domain.errors import EmployeeWithoutAssignment, NotInService
from chassis.errors import FieldError
from directory.answers import Superior
from directory.timelines import Stretch


@dataclass(frozen=True)
class Unit:
    unit_id: UUID
    parent_id: UUID | None
    leader_id: UUID | None


@dataclass(frozen=True)
class Employee:
    """What somebody is on a day. The superiors are those who hold the office, whoever stands in for them."""

    employee_id: UUID
    unit_id: UUID
    position_kind: str
    appraiser_id: UUID | None
    reviewer_id: UUID | None

    @classmethod
    def of(cls, employee_id: UUID, stretch: Stretch, reviewer: Superior | None) -> "Employee":
        """Return the employee; who has left the service has no superiors."""
        appraiser_id = stretch.superior_id if stretch.in_service else None
        reviewer_id = reviewer.holder_id if reviewer else None
        return cls(employee_id, stretch.unit_id, stretch.position_kind, appraiser_id, reviewer_id)

    @property
    def is_high_leader(self) -> bool:
        return self.position_kind.startswith("JPT")


def without_assignment(employee_id: UUID) -> EmployeeWithoutAssignment:
    """Return the error for somebody of whom no post is known; whoever sees a screen knows of whom they asked."""
    fault = FieldError(
        "employee_id", EmployeeWithoutAssignment.code, str(employee_id), "pegawai yang penempatannya sudah tercatat"
    )
    return EmployeeWithoutAssignment(errors=[fault])


def has_left(employee_id: UUID, day: date) -> NotInService:
    """Return the error for somebody who has left the service by a day."""
    fault = FieldError("employee_id", NotInService.code, str(employee_id), "pegawai yang masih bertugas")
    return NotInService(errors=[fault], day=day)
