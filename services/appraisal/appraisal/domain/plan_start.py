"""What somebody's plan begins with: what they are on its day, since when, and whether it may begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appraisal.domain.evaluation import StateOfYear
from appraisal.domain.people import Employee, has_left, without_assignment
from appraisal.domain.plan import Plan
from appraisal.domain.segments import DaysInPeriod
from directory.answers import Answers, Superior
from directory.timelines import Stretch


@dataclass(frozen=True)
class PlanStart:
    """The beginning of a year's plans of some people on its `day`, read at once. `left`: who has left, and by when."""

    year: int
    day: date
    left: Mapping[UUID, date]
    stretches: Mapping[UUID, Stretch | None]
    reviewers: Answers[Superior | None]
    days: Answers[DaysInPeriod]
    state: StateOfYear

    def employee(self, employee_id: UUID) -> Employee:
        """Return what somebody is. Raise NotInService, EmployeeWithoutAssignment, or NotKnownYet for a superior."""
        if employee_id in self.left:
            raise has_left(employee_id, self.left[employee_id])
        stretch = self.stretches.get(employee_id)
        if stretch is None:
            raise without_assignment(employee_id)
        return Employee.of(employee_id, stretch, self.reviewers.of(employee_id))

    def draft(self, plan_id: UUID, employee: Employee) -> Plan:
        """Return a draft that is not saved yet. Raise YearAlreadyClosed, or NotKnownYet."""
        first_day = self.days.of(employee.employee_id).first_day_of_segment(self.day)
        is_closed = employee.employee_id in self.state.closed
        return Plan.drafted(plan_id, employee, self.year, first_day, year_closed=is_closed)
