"""The events of personnel that appraisal consumes: people, units and the agency."""

from appraisal.persistence import models
from appraisal.use_cases.directory.record_assignment import record_assignment
from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from directory.people import Agency, Assignment, Employment, OrgUnit
from directory.projection import keep_latest

consumers = Consumers("appraisal")
keep_latest(consumers, "AgencyChanged", Agency, models.Agency, "agency")
keep_latest(consumers, "OrgUnitChanged", OrgUnit, models.OrgUnit, "org_unit")
keep_latest(consumers, "EmployeeChanged", Employment, models.Employee, "employee")


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        record_assignment(tx, event.read(Assignment))
