"""Who acts today where an official is named: themselves, whoever came after or stands in, or nobody; then HR does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from directory.answers import Superior


@dataclass(frozen=True)
class Offices:
    """Who of the people concerned has no place today, and who has the duty towards each employee.

    Who is on leave or suspended has not left: what they owe stays theirs. `duties` need not hold the employees whose
    officials all are there.
    """

    left: frozenset[UUID] = frozenset()
    duties: Mapping[UUID, Superior | None] = field(default_factory=dict)

    def has_left(self, person: UUID) -> bool:
        return person in self.left

    def named(self, employee_id: UUID, official: UUID | None) -> UUID | None:
        """Return in whose name somebody is appraised today: the official's, or once gone, the present superior's."""
        if official is not None and official not in self.left:
            return official
        duty = self.duties.get(employee_id)
        return official if duty is None or duty.holder_id in self.left else duty.holder_id

    def acting(self, employee_id: UUID, official: UUID | None) -> UUID | None:
        """Return who acts for an official: themselves, or once gone, whoever stands in today; None: HR sees to it."""
        if official is None or official not in self.left:
            return official
        duty = self.duties.get(employee_id)
        stands_in = duty is not None and duty.holder_id == official and duty.superior_id != official
        return duty.superior_id if duty is not None and stands_in and duty.reachable else None

    def appraising(self, employee_id: UUID, official: UUID | None) -> UUID | None:
        """Return who appraises somebody today in the place of the official of a period; None: HR sees to it."""
        return self.acting(employee_id, self.named(employee_id, official))


NO_CHANGE = Offices()
