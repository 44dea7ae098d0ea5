"""What this service subscribes to: everything. It becomes messages and a place in the feed, and the directory."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from notification.domain.people import Agency, Contact, Superiors, Unit
from notification.persistence.feed import append
from notification.persistence.people import save
from notification.use_cases.directory.record_assignment import record_assignment
from notification.use_cases.directory.record_unit import record_unit
from notification.use_cases.messages.notify import notify_people, trigger_of

consumers = Consumers("notification")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        save(tx, Agency(event.data["name"], event.data["time_zone"]))


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_org_unit_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "unit", event):
        data = event.data
        record_unit(tx, Unit(UUID(data["unit_id"]), data["name"], _optional_id(data.get("leader_id"))))


@consumers.on("personnel", "EmployeeContactChanged", 1)
def on_employee_contact_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "contact", event):
        data = event.data
        save(tx, Contact(UUID(data["employee_id"]), data["name"], data.get("email") or None))


@consumers.on("personnel", "OfficialContactChanged", 1)
def on_official_contact_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "contact", event):
        data = event.data
        save(tx, Contact(UUID(data["official_id"]), data["name"], data.get("email") or None))


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        data = event.data
        superiors = Superiors(
            employee_id=UUID(data["employee_id"]),
            unit_id=_optional_id(data.get("unit_id")),
            appraiser_id=_optional_id(data.get("appraiser_id")),
            reviewer_id=_optional_id(data.get("reviewer_id")),
        )
        record_assignment(tx, superiors, event_id=event.id, at=event.time)


@consumers.on_any()
def on_any_event(tx: Transaction, event: Event) -> None:
    """An event without a published schema counts as internal, and its content is not kept at all."""
    append(tx, event, internal=tx.contracts.is_internal(event))
    notify_people(tx, trigger_of(event))


def _optional_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
