"""Units and employees, as projected from the events of personnel."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Employee:
    """What is known of an employee; without a unit, no assignment has arrived yet."""

    employee_id: UUID
    unit_id: UUID | None
    position_kind: str | None
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    year_closed: bool = False

    @property
    def is_high_leader(self) -> bool:
        return (self.position_kind or "").startswith("JPT")
