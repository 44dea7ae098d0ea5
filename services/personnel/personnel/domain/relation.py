"""How a caller stands to a person, and so what the caller may see."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Relation(StrEnum):
    SELF = "SELF"
    HR_OFFICER = "HR_OFFICER"
    INSPECTOR = "INSPECTOR"
    APPRAISER = "APPRAISER"
    REVIEWER = "REVIEWER"
    UNIT_LEADER = "UNIT_LEADER"
    COLLEAGUE = "COLLEAGUE"

    @property
    def sees_record(self) -> bool:
        """All but colleagues see the whole record; a colleague sees the card (name, position, unit)."""
        return self is not Relation.COLLEAGUE


@dataclass(frozen=True)
class Viewer:
    """The caller, as far as it matters here; `led_units` are the units the caller leads."""

    employee_id: UUID | None
    roles: frozenset[str]
    led_units: Collection[UUID]


def relation_of(
    viewer: Viewer, employee_id: UUID, superiors: tuple[UUID | None, UUID | None], unit_id: UUID
) -> Relation:
    """Return the strongest relation; `superiors` are the person's appraiser and reviewer."""
    appraiser_id, reviewer_id = superiors
    me = viewer.employee_id or object()
    ladder = (
        (me == employee_id, Relation.SELF),
        ("hr_officer" in viewer.roles, Relation.HR_OFFICER),
        ("inspector" in viewer.roles, Relation.INSPECTOR),
        (me == appraiser_id, Relation.APPRAISER),
        (me == reviewer_id, Relation.REVIEWER),
        ("unit_leader" in viewer.roles and unit_id in viewer.led_units, Relation.UNIT_LEADER),
    )
    return next((relation for holds, relation in ladder if holds), Relation.COLLEAGUE)
