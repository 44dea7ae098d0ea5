"""Reporting lines, and who must not read a personal case because of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from directory.timelines import ACTIVE
from disclosure.units import UnitTree
from wellbeing.domain.errors import CaseConflictOfInterest


@dataclass(frozen=True)
class Employee:
    """What an employee is on a day: the unit, the status, and who appraises them and reviews that, substitutes too."""

    employee_id: UUID
    unit_id: UUID
    status: str
    superiors: frozenset[UUID] = frozenset()

    @property
    def is_active(self) -> bool:
        return self.status == ACTIVE


class Exclusion(StrEnum):
    REPORTED = "REPORTED"
    SUPERIOR_OF_REPORTED = "SUPERIOR_OF_REPORTED"
    LEADS_REPORTED_UNIT = "LEADS_REPORTED_UNIT"
    NAMED_BY_REPORTER = "NAMED_BY_REPORTER"
    REPORTER = "REPORTER"


@dataclass(frozen=True)
class Subjects:
    """Who is reported by a case, and whom the reporter asked to exclude."""

    employees: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()
    keep_out: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ReportingLine:
    """Who stands above whom: employees are loaded one by one as needed, units are few and loaded at once."""

    find: Callable[[UUID], Employee | None]
    tree: UnitTree
    leaders: Mapping[UUID, frozenset[UUID]]

    def superiors(self, employee_id: UUID) -> set[UUID]:
        """Return everybody above an employee: appraisers and reviewers upwards, and the leaders of the units above."""
        found: set[UUID] = set()
        waiting = [employee_id]
        while waiting:
            employee = self.find(waiting.pop())
            if employee is None:
                continue
            above = employee.superiors.union(*(self.leaders_of(unit) for unit in self.units_of(employee)))
            waiting.extend(above - found)
            found |= above
        return found - {employee_id}

    def units_of(self, employee: Employee) -> tuple[UUID, ...]:
        """Return the employee's unit and all units above it."""
        return (employee.unit_id, *self.tree.ancestors(employee.unit_id))

    def leaders_of(self, unit: UUID) -> frozenset[UUID]:
        """Return who leads a unit, in their own or in another's place."""
        return self.leaders.get(unit, frozenset())


def exclusions(line: ReportingLine, subjects: Subjects, *, reporter: UUID | None) -> dict[UUID, Exclusion]:
    """Return who must not read a case, as far as it can be stored the day it comes in.

    Those who were reported and everybody above them; the leaders of a reported unit and above; whoever the reporter
    asked to exclude; and the reporter, who follows the case but does not handle it.
    """
    found: dict[UUID, Exclusion] = dict.fromkeys(subjects.keep_out, Exclusion.NAMED_BY_REPORTER)
    if reporter is not None:
        found[reporter] = Exclusion.REPORTER
    for unit in {above for below in subjects.units for above in (below, *line.tree.ancestors(below))}:
        found.update(dict.fromkeys(line.leaders_of(unit), Exclusion.LEADS_REPORTED_UNIT))
    for person in subjects.employees:
        found.update(dict.fromkeys(line.superiors(person), Exclusion.SUPERIOR_OF_REPORTED))
    found.update(dict.fromkeys(subjects.employees, Exclusion.REPORTED))
    return found


def depends_on(line: ReportingLine, employee_id: UUID, subjects: Subjects) -> bool:
    """Return whether an employee is rated or led by a reported person, or belongs to a reported unit.

    Near relations only. Everybody is somewhere below the head of the agency, and a case about them must find a handler.
    """
    employee = line.find(employee_id)
    if employee is None:
        return False
    near = line.units_of(employee)[:2]
    over = employee.superiors | line.leaders_of(near[0])
    return not over.isdisjoint(subjects.employees) or not set(near).isdisjoint(subjects.units)


def has_conflict(line: ReportingLine, employee_id: UUID, subjects: Subjects) -> bool:
    """Return whether somebody must not read a case, by how people stand to each other today."""
    reported = Subjects(subjects.employees, subjects.units)
    return employee_id in exclusions(line, reported, reporter=None) or depends_on(line, employee_id, reported)


def require_no_leader(*, leads_a_unit: bool) -> None:
    """Raise CaseConflictOfInterest for anybody who leads a unit: whoever rates people does not read their cases."""
    if leads_a_unit:
        raise CaseConflictOfInterest
