"""What this service subscribes to: everything. It becomes messages and a place in the feed, and the directory."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from directory.consuming import keep_directory
from directory.keeping import Hooks
from notification.domain.people import Contact
from notification.persistence.feed import append
from notification.persistence.people import save_contacts
from notification.persistence.standing import save_outdated
from notification.use_cases.directory.follow_timelines import follow_timelines, follow_units
from notification.use_cases.messages.address import superiors_key
from notification.use_cases.messages.notify import notify_people, notify_waiting, trigger_of

consumers = Consumers("notification")
keep_directory(consumers, Hooks(on_people_changed=follow_timelines, on_units_changed=follow_units))


@consumers.on("personnel", "EmployeeContactChanged", 1)
def on_employee_contact_changed(tx: Transaction, event: Event) -> None:
    _keep_contact(tx, event, event.data["employee_id"])


@consumers.on("personnel", "OfficialContactChanged", 1)
def on_official_contact_changed(tx: Transaction, event: Event) -> None:
    _keep_contact(tx, event, event.data["official_id"])


def _keep_contact(tx: Transaction, event: Event, person: str) -> None:
    if is_latest(tx, "contact", event):
        contact = Contact(UUID(person), event.data["name"], event.data.get("email") or None)
        tx.before_commit(save_contacts, contact)


@consumers.on("personnel", "ExternalOfficialChanged", 1)
def on_external_official_changed(tx: Transaction, event: Event) -> None:
    # behind the directory's own rows, which are left to the same commit
    tx.before_commit(notify_waiting, superiors_key(event.data["official_id"]))


@consumers.on("appraisal", "RemindersOutdated", 1)
def on_reminders_outdated(tx: Transaction, event: Event) -> None:
    save_outdated(tx, UUID(event.data["employee_id"]), event.time)


@consumers.on_any()
def on_any_event(tx: Transaction, event: Event) -> None:
    """An event without a published schema counts as internal, and its content is not kept at all."""
    append(tx, event, internal=tx.contracts.is_internal(event))
    notify_people(tx, trigger_of(event))
