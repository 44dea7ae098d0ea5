"""A person as they stand today: the sum of what was recorded, with the moves that change it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType, PositionKind
from personnel.domain.employee_groups import EmployeeGroups, ImportedEmployee
from personnel.domain.records import Employment, Position, PositionRecord, SuperiorRecord
from personnel.domain.timeline import TakesEffect
from personnel.domain.values import GRADES, given, parse_grade

CONTACT = ("name", "email")
EMPLOYMENT = ("employment_type", "status", "grade", "grade_since", "service_start")
POSITION = ("unit_id", "position_code", "position_title", "position_kind", "position_level", "job_class")
# what AssignmentChanged tells of a position: a new title alone is no news to other services
ASSIGNMENT = ("unit_id", "position_code", "position_kind", "position_level", "job_class")
SINCE = "position_since"


@dataclass(frozen=True)
class ChangeEmployee:
    """Fields that are UNSET stay as they are; `effective_from` None is today."""

    employee_id: UUID
    expected_version: int | None
    reason: str
    effective_from: date | None = None
    name: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    employment_type: EmploymentType | UnsetType = UNSET
    status: EmployeeStatus | UnsetType = UNSET
    grade: str | UnsetType = UNSET
    grade_since: date | UnsetType = UNSET
    service_start: date | UnsetType = UNSET


@dataclass(frozen=True)
class RecordAssignment(Position):
    """`replaces_later`: what was recorded for days since then is set aside; else a gap in the past is filled."""

    employee_id: UUID
    expected_version: int | None
    effective_from: date
    reason: str
    replaces_later: bool = True


@dataclass(frozen=True)
class CorrectSuperior:
    """The new superior by id or number; neither: nobody."""

    employee_id: UUID
    expected_version: int | None
    effective_from: date
    reason: str
    superior_id: UUID | None = None
    superior_nip: str | None = None


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

    `announce_from` is the day from which a change holds that has not been published yet. `imported` holds the last
    imported values, so that a file repeated after a correction by hand does not undo the correction.
    """

    id: UUID
    nip: str
    name: str
    email: str | None
    position_since: date
    effective_from: date
    superior_id: UUID | None = None
    superior_since: date | None = None
    reviewer_id: UUID | None = None
    announce_from: date | None = None
    revision: int = 1
    employee_version: int = 1
    assignment_version: int = 0
    contact_version: int = 1
    imported: ImportedEmployee | None = None

    @classmethod
    def from_file(cls, employee_id: UUID, nip: str, row: EmployeeGroups) -> "Employee":
        """Make a person whom a file names for the first time, to be published from the day of the position."""
        since = row.position.position_since
        return cls(
            id=employee_id,
            nip=nip,
            effective_from=since,
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
            employee_version=self.employee_version + employment,
            revision=self.revision + (contact or employment or position),
        )
        return after.marked(after.position_since) if after.differs_in(self, *ASSIGNMENT, SINCE) else after

    def differs_in(self, other: "Employee", *names: str) -> bool:
        return any(getattr(self, name) != getattr(other, name) for name in names)

    def changed(self, command: ChangeEmployee, today: date) -> tuple["Employee", set[str]]:
        """Return the person with what the command gives, and the names of the fields that differ.

        Raise InvalidInput when grade and employment type disagree, or a day is still to come.
        """
        changes = given(command, *CONTACT, *EMPLOYMENT)
        changes = {name: value for name, value in changes.items() if getattr(self, name) != value}
        after = replace(self, **changes)
        faults = [*_grade_faults(after), *_future_faults(command, changes, today)]
        if faults:
            raise InvalidInput(errors=faults)
        return (
            replace(
                after,
                contact_version=self.contact_version + (not changes.keys().isdisjoint(CONTACT)),
                employee_version=self.employee_version + (not changes.keys().isdisjoint(EMPLOYMENT)),
            ),
            set(changes),
        )

    def with_position(self, record: PositionRecord) -> "Employee":
        """Return the person with the position that is in force; marked for publication when others must know."""
        moved = any(getattr(record, name) != getattr(self, name) for name in ASSIGNMENT)
        since_differs = record.effective_from != self.position_since
        if not (moved or since_differs) and record.position_title == self.position_title:
            return self
        after = replace(self, position_since=record.effective_from, **{n: getattr(record, n) for n in POSITION})
        return after.marked(record.effective_from) if moved or since_differs else after

    def with_superior(self, record: SuperiorRecord) -> "Employee":
        """Return the person with the superior that is in force; marked for publication when it is another one."""
        after = replace(self, superior_id=record.superior_id, superior_since=record.effective_from)
        return after if record.superior_id == self.superior_id else after.marked(record.effective_from)

    def marked(self, day: date) -> "Employee":
        """Return the person marked for publication, from the first day whose change is not published yet."""
        return self if self.announce_from is not None else replace(self, announce_from=day)


@dataclass(frozen=True)
class ChangeView:
    """What a recorded change does."""

    employee_id: UUID
    takes_effect: Annotated[TakesEffect, Meta(description="NOW, LATER or PAST_ONLY")]
    assignments_published: Annotated[int, Meta(description="people whose assignment was published anew")]
    version: int


def require_position_fits(command: RecordAssignment, *, unit_is_active: bool) -> None:
    """Raise InvalidInput for a closed or unknown unit, and for a level that a position kind must have or not have."""
    errors = []
    if not unit_is_active:
        errors.append(FieldError("unit_id", "unit_unknown", command.unit_id, "Pilih unit aktif di instansi ini."))
    is_functional = command.position_kind is PositionKind.JF
    if is_functional and not command.position_level:
        errors.append(FieldError("position_level", "level_missing", None, "Jabatan fungsional harus berjenjang."))
    if not is_functional and command.position_level:
        expected = "Kosongkan jenjang selain untuk jabatan fungsional (JF)."
        errors.append(FieldError("position_level", "level_not_applicable", command.position_level, expected))
    if errors:
        raise InvalidInput(errors=errors)


def _grade_faults(employee: Employee) -> list[FieldError]:
    kind, grade = employee.employment_type, employee.grade
    if grade in GRADES and parse_grade(grade, kind) == grade:
        return []
    expected = "Isi I sampai XVII untuk PPPK." if kind.is_contract else "Isi I/a sampai IV/e, misalnya III/b."
    return [FieldError("grade", "grade_unknown", grade, expected)]


def _future_faults(command: ChangeEmployee, changes: Mapping[str, Any], today: date) -> list[FieldError]:
    days = {"effective_from": command.effective_from} | {n: changes.get(n) for n in ("grade_since", "service_start")}
    expected = f"Isi tanggal paling lambat {today}."
    return [
        FieldError(name, "date_in_future", day, expected)
        for name, day in days.items()
        if day is not None and day > today
    ]
