"""The events of personnel that wellbeing consumes: who works in which unit under whom. No rating, and no name."""

from chassis.consumers import Consumers
from directory.people import Agency, Assignment, Employment, OrgUnit
from directory.projection import keep_latest
from wellbeing.persistence import models

consumers = Consumers("wellbeing")
keep_latest(consumers, "AgencyChanged", Agency, models.Agency, "agency")
keep_latest(consumers, "OrgUnitChanged", OrgUnit, models.OrgUnit, "org_unit")
keep_latest(consumers, "EmployeeChanged", Employment, models.Employee, "employee_status")
keep_latest(consumers, "AssignmentChanged", Assignment, models.Employee, "employee_assignment")
