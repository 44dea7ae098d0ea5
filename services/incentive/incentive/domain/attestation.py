"""What only HR knows of a career: a vacancy, the competency test, proof of development, the last periodic raise."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


@dataclass(frozen=True)
class AttestCareer:
    employee_id: UUID
    vacancy: bool
    competency_test: bool
    professional_development: bool
    last_raise_on: date | None
    reference: str

    def check(self, today: date) -> None:
        """Raise InvalidInput for a raise in the future."""
        if self.last_raise_on is not None and self.last_raise_on > today:
            fault = FieldError("last_raise_on", "date_in_future", str(self.last_raise_on), f"paling akhir {today}")
            raise InvalidInput(errors=[fault])


@dataclass(frozen=True)
class AttestationView:
    """An entry; the one with the highest number counts."""

    employee_id: UUID
    number: int
    vacancy: bool
    competency_test: bool
    professional_development: bool
    last_raise_on: date | None
    reference: str
    entered_by: UUID
    entered_at: datetime

    @classmethod
    def attested(cls, number: int, command: AttestCareer, by: UUID, now: datetime) -> "AttestationView":
        return view_of(cls, command, number=number, entered_by=by, entered_at=now)
