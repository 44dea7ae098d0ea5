"""A person as they stand today: the sum of what was recorded, with the moves that change it."""

from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from msgspec import UNSET, UnsetType

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from personnel.domain.employee_groups import EmployeeGroups, ImportedEmployee
from personnel.domain.records import Employment, PersonRecords, Position, PositionRecord, SuperiorRecord
from personnel.domain.series import held_on
from personnel.domain.values import given

CONTACT = ("name", "email")
EMPLOYMENT = ("employment_type", "status", "grade", "grade_since", "service_start")
POSITION = ("unit_id", "position_code", "position_title", "position_kind", "position_level", "job_class")
# what others must know of a position: a new title alone is no news to them
ASSIGNMENT = ("unit_id", "position_code", "position_kind", "position_level", "job_class")
SINCE = "position_since"


@dataclass(frozen=True)
class ChangeEmployee:
    """Fields that are UNSET stay as they are."""

    employee_id: UUID
    expected_version: int | None
    reason: str
    name: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    service_start: date | UnsetType = UNSET


@dataclass(frozen=True)
class ChangeIdentifier:
    employee_id: UUID
    expected_version: int | None
    value: str
    valid_from: date
    reason: str


@dataclass(frozen=True)
class Employee(Position, Employment):
    """A person as they stand today.

    `announce_from` marks whom a file changes until its last phase publishes them: the day from which the change holds.
    `imported` holds the last imported values, so that a file repeated after a correction by hand does not undo the
    correction.
    """

    id: UUID
    nip: str
    name: str
    email: str | None
    position_since: date
    superior_id: UUID | None = None
    superior_since: date | None = None
    announce_from: date | None = None
    revision: int = 1
    contact_version: int = 1
    imported: ImportedEmployee | None = None

    @classmethod
    def from_file(cls, employee_id: UUID, nip: str, row: EmployeeGroups) -> "Employee":
        """Make a person whom a file names for the first time, to be published from the day of the position."""
        since = row.position.position_since
        return cls(
            id=employee_id,
            nip=nip,
            announce_from=since,
            imported=row.remembered(),
            **{item.name: getattr(group, item.name) for group in row.all for item in fields(group)},
        )

    def imported_again(self, row: EmployeeGroups) -> "Employee":
        """Return the person with the groups of which this file says something else than the last one.

        `revision` rises, and the version of the group, where today's state differs from them too; the person is marked
        for publication when others must know of it.
        """
        last = self.imported or ImportedEmployee()
        imported = row.remembered(last.superior)
        groups = row.differing(last, imported)
        if not groups:
            return self
        after = view_of(Employee, *groups, self, imported=imported)
        contact, employment = after.differs_in(self, *CONTACT), after.differs_in(self, *EMPLOYMENT)
        position = after.differs_in(self, *POSITION, SINCE)
        after = replace(
            after,
            contact_version=self.contact_version + contact,
            revision=self.revision + (contact or employment or position),
        )
        is_marked = self.announce_from is not None or not after.differs_in(self, *ASSIGNMENT, SINCE)
        return after if is_marked else replace(after, announce_from=after.position_since)

    def differs_in(self, other: "Employee", *names: str) -> bool:
        return any(getattr(self, name) != getattr(other, name) for name in names)

    def changed(self, command: ChangeEmployee, today: date) -> tuple["Employee", set[str]]:
        """Return the person with what the command gives, and the names of the fields that differ.

        Raise InvalidInput when the service begins only after today.
        """
        changes = given(command, *CONTACT, "service_start")
        changes = {name: value for name, value in changes.items() if getattr(self, name) != value}
        after = replace(self, **changes)
        if "service_start" in changes and after.service_start > today:
            expected = f"Isi tanggal paling lambat {today}."
            fault = FieldError("service_start", "date_in_future", after.service_start, expected)
            raise InvalidInput(errors=[fault])
        contact_version = self.contact_version + (not changes.keys().isdisjoint(CONTACT))
        return replace(after, contact_version=contact_version), set(changes)

    def standing_on(self, records: PersonRecords, day: date) -> "Employee":
        """Return the person as these records say that they stand on a day; the superior stays as it is."""
        position = held_on(records.positions, day)
        after = self if position is None else self.with_position(position)
        found = (held_on(records.statuses, day), held_on(records.employment_types, day), held_on(records.grades, day))
        values = {name: getattr(one, name) for one in found if one is not None for name in one.VALUES}
        return replace(after, **values)

    def with_position(self, record: PositionRecord) -> "Employee":
        """Return the person with the position that is in force."""
        return replace(self, position_since=record.effective_from, **{name: getattr(record, name) for name in POSITION})

    def with_superior(self, record: SuperiorRecord | None) -> "Employee":
        """Return the person with the superior in force; nobody is known as superior when no record is."""
        superior_id, since = (record.superior_id, record.effective_from) if record else (None, None)
        return replace(self, superior_id=superior_id, superior_since=since)
