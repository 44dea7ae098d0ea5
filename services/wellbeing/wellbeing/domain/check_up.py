"""That a yearly medical check-up was done, and on which day. The result stays with the clinic."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.errors import FieldError


@dataclass(frozen=True)
class CheckUp:
    """What is recorded, and what is shown: there is no field for a result."""

    employee_id: UUID
    year: int
    done: bool
    done_on: date | None

    def faults(self, today: date) -> list[FieldError]:
        """Return what is wrong with the day: missing, superfluous, in another year, or still to come."""
        if self.done is not (self.done_on is not None):
            expected = "tanggal pemeriksaan bila done = true, kosong bila false"
            return [FieldError("done_on", "day_mismatch", self.done_on, expected)]
        if self.done_on and (self.done_on > today or self.done_on.year != self.year):
            expected = f"tanggal pada tahun {self.year}, paling lambat {today}"
            return [FieldError("done_on", "day_out_of_year", self.done_on, expected)]
        return []
