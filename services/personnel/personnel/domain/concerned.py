"""Whether a substitution concerns somebody: by their superior, the superior's superior, or the units above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import FieldError
from personnel.domain.substitution import Substitution, SubstitutionScope
from personnel.domain.timeline import Stretch
from personnel.domain.unit_timeline import UnitStretch
from personnel.domain.windows import Window, within


@dataclass(frozen=True)
class ReportingContext:
    """A person's own timeline, those of all who are their superiors on some day, and those of the units above them."""

    own: Sequence[Stretch]
    superiors: Mapping[UUID, Sequence[Stretch]]
    units: Mapping[UUID, Sequence[UnitStretch]]


def own_concerns(substitution: Substitution, person: ReportingContext) -> list[FieldError]:
    """Return the fields by which a substitution concerns a person whom it does not name."""
    named, expected = substitution.employee_ids is not None, "Sebut pegawai lain, atau mintalah petugas lain."
    faults = []
    if not named and (_appraises(substitution, person) or _reviews(substitution, person)):
        text = f"Pejabat ini menilai atau meninjau penilaian Anda pada hari-hari itu. {expected}"
        faults.append(FieldError("employee_ids", "own_affair", None, text))
    if SubstitutionScope.LEAD_UNIT in substitution.scope and _leads(substitution, person):
        text = "Anda bekerja di unit yang dipimpin pejabat ini pada hari-hari itu. Mintalah petugas lain."
        faults.append(FieldError("scope", "own_affair", SubstitutionScope.LEAD_UNIT, text))
    return faults


def _appraises(substitution: Substitution, person: ReportingContext) -> bool:
    if SubstitutionScope.APPRAISE not in substitution.scope:
        return False
    return any(one.superior_id == substitution.in_place_of_id for one, _ in within(_days(substitution), person.own))


def _reviews(substitution: Substitution, person: ReportingContext) -> bool:
    if SubstitutionScope.REVIEW not in substitution.scope:
        return False
    return any(
        above.superior_id == substitution.in_place_of_id
        for one, days in within(_days(substitution), person.own)
        if one.superior_id is not None
        for above, _ in within(days, person.superiors.get(one.superior_id, ()))
    )


def _leads(substitution: Substitution, person: ReportingContext) -> bool:
    own = within(_days(substitution), person.own)
    return any(_led(substitution.in_place_of_id, one.unit_id, days, person.units) for one, days in own)


def _led(official_id: UUID, unit_id: UUID, days: Window, units: Mapping[UUID, Sequence[UnitStretch]]) -> bool:
    return any(
        one.leader_id == official_id or (one.parent_id is not None and _led(official_id, one.parent_id, shared, units))
        for one, shared in within(days, units.get(unit_id, ()))
    )


def _days(substitution: Substitution) -> Window:
    return Window(substitution.first_day, substitution.last_day)
