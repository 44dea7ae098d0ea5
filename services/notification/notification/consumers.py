"""What this service hears: everything. It becomes messages and a place in the feed; some of it, the directory."""

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction
from notification.use_cases import follow_people
from notification.use_cases.keep_event import keep_event
from notification.use_cases.tell_people import tell_people

consumers = Consumers("notification")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    follow_people.follow_agency(tx, event)


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_org_unit_changed(tx: Transaction, event: Event) -> None:
    follow_people.follow_unit(tx, event)


@consumers.on("personnel", "EmployeeContactChanged", 1)
def on_employee_contact_changed(tx: Transaction, event: Event) -> None:
    follow_people.follow_contact(tx, event)


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    follow_people.follow_assignment(tx, event)


@consumers.on_any()
def on_any_event(tx: Transaction, event: Event) -> None:
    keep_event(tx, event)
    tell_people(tx, event)
