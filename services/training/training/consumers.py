"""The events that training consumes: people and their posts from personnel, follow-ups from appraisal."""

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from directory.people import Agency, Assignment, Employment, OrgUnit
from directory.projection import keep_latest
from training.persistence import models
from training.use_cases.directory.record_agency import record_agency
from training.use_cases.directory.record_assignment import record_assignment
from training.use_cases.needs.open_for_follow_up import OpenForFollowUp, open_for_follow_up

consumers = Consumers("training")
keep_latest(consumers, "OrgUnitChanged", OrgUnit, models.OrgUnit, "org_unit")
keep_latest(consumers, "EmployeeChanged", Employment, models.Employee, "employee")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        record_agency(tx, event.read(Agency))


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        record_assignment(tx, event.read(Assignment))


@consumers.on("appraisal", "FollowUpOpened", 1)
def on_follow_up_opened(tx: Transaction, event: Event) -> None:
    open_for_follow_up(tx, event.read(OpenForFollowUp))
