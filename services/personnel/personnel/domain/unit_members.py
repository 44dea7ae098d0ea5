"""Who stands in a unit from a day on: what hinders that it is closed, and who goes along when it is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from personnel.domain.records import PositionRecord
from personnel.domain.series import in_force, standing


@dataclass(frozen=True)
class Member:
    """A person with the positions held in a unit from a day on, each with the first of its days that counts."""

    employee_id: UUID
    positions: Sequence[tuple[date, PositionRecord]]


def positions_in(
    records: Sequence[PositionRecord], unit_id: UUID, first_day: date
) -> list[tuple[date, PositionRecord]]:
    """Return the positions in a unit, held on `first_day` or later; `records` are in the order of recording."""
    held = in_force(records, first_day)
    later = [(one.effective_from, one) for one in standing(records) if one.effective_from > first_day]
    return [(day, one) for day, one in [*([(first_day, held)] if held else []), *later] if one.unit_id == unit_id]
