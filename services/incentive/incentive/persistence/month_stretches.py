"""The stretches of people in a period, read from the versions that personnel has published."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from incentive.domain.person import AssignmentVersion, EmployeeVersion, PersonStretch
from incentive.persistence import models
from incentive.persistence.people import assignments_on, employees_on

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PersonTime:
    """A person in a period, and the newest versions that it was read from."""

    stretches: tuple[PersonStretch, ...]
    employee_version: int
    assignment_version: int | None


def times_between(tx: Transaction, ids: Sequence[UUID], since: date, until: date) -> dict[UUID, PersonTime]:
    """Return what these people were from a day to a day, both included."""
    employed, assigned = models.EmployeeVersion, models.AssignmentVersion
    employees, assignments = employees_on(tx, ids, since), assignments_on(tx, ids, since)
    of_month = select(*columns_of(employed, EmployeeVersion)).where(
        among(employed.employee_id, ids), employed.effective_from.between(since + ONE_DAY, until)
    )
    new_employees: defaultdict[UUID, list[EmployeeVersion]] = defaultdict(list)
    for employee in fetch_all(tx, of_month, EmployeeVersion):
        new_employees[employee.employee_id].append(employee)
    of_month = select(*columns_of(assigned, AssignmentVersion)).where(
        among(assigned.employee_id, ids), assigned.effective_from.between(since + ONE_DAY, until)
    )
    new_assignments: defaultdict[UUID, list[AssignmentVersion]] = defaultdict(list)
    for assignment in fetch_all(tx, of_month, AssignmentVersion):
        new_assignments[assignment.employee_id].append(assignment)
    return {
        one: _time(first, new_employees[one], [*_known(assignments.get(one)), *new_assignments[one]], since, until)
        for one, first in employees.items()
    }


def _known(assignment: AssignmentVersion | None) -> list[AssignmentVersion]:
    return [] if assignment is None else [assignment]


def _time(
    first: EmployeeVersion,
    later: list[EmployeeVersion],
    assignments: list[AssignmentVersion],
    since: date,
    until: date,
) -> PersonTime:
    """Cut the days at every version: the newest that has begun holds, and before the first one begins, the first."""
    employees = [first, *later]
    starts = {one.effective_from for one in employees} | {one.effective_from for one in assignments}
    starts |= {one.service_start for one in employees if one.service_start}
    days = [since, *sorted(day for day in starts if since < day <= until)]
    found = []
    for day, last in zip(days, [day - ONE_DAY for day in days[1:]] + [until], strict=True):
        employee = max((one for one in employees if one.effective_from <= day), key=_version, default=first)
        assignment = max((one for one in assignments if one.effective_from <= day), key=_version, default=None)
        if employee.service_start is None or employee.service_start <= day:
            found.append(_stretch(day, last, employee, assignment))
    newest = max((_version(one) for one in assignments), default=None)
    return PersonTime(tuple(found), max(map(_version, employees)), newest)


def _stretch(
    first_day: date, last_day: date, employee: EmployeeVersion, assignment: AssignmentVersion | None
) -> PersonStretch:
    return PersonStretch(
        first_day=first_day,
        last_day=last_day,
        status=employee.status,
        employment_type=employee.employment_type,
        job_class=assignment.job_class if assignment else None,
        unit_id=assignment.unit_id if assignment else None,
        position_level=assignment.position_level if assignment else None,
    )


def _version(one: EmployeeVersion | AssignmentVersion) -> int:
    return one.version
