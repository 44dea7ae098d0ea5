"""Follow who can be written to and who stands above whom."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import is_latest
from chassis.unit_of_work import Transaction
from notification.persistence import people
from notification.persistence.people import Above
from notification.use_cases import tell_people
from notification.use_cases.tell_people import above_fact, unit_fact
from notification.use_cases.write_messages import Happening


def _id(value: object) -> UUID | None:
    return UUID(str(value)) if value else None


def follow_agency(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        people.save_agency(tx, event.data["name"], event.data["time_zone"])


def follow_unit(tx: Transaction, event: Event) -> None:
    """A unit's leader may be somebody a message has been waiting for."""
    if not is_latest(tx, "unit", event):
        return
    unit_id = UUID(event.data["unit_id"])
    people.save_unit(tx, unit_id, event.data["name"], _id(event.data.get("leader_id")))
    tell_people.tell_waiting(tx, unit_fact(unit_id))


def follow_contact(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "contact", event):
        people.save_contact(tx, UUID(event.data["employee_id"]), event.data["name"], event.data.get("email") or None)


def follow_assignment(tx: Transaction, event: Event) -> None:
    """Keep the superiors; whoever had another appraiser before is told, as are both appraisers.

    The first assignment heard of a person tells nobody: a new agency's import would write to everyone at once.
    """
    if not is_latest(tx, "assignment", event):
        return
    employee_id = UUID(event.data["employee_id"])
    before = people.above_of(tx, employee_id)
    after = Above(
        _id(event.data.get("unit_id")), _id(event.data.get("appraiser_id")), _id(event.data.get("reviewer_id"))
    )
    people.save_above(tx, employee_id, after)
    if before is None:
        tell_people.tell_waiting(tx, above_fact(employee_id))
    elif before.appraiser_id != after.appraiser_id:
        data = {
            "employee_id": str(employee_id),
            "appraiser_id": after.appraiser_id and str(after.appraiser_id),
            "previous_appraiser_id": before.appraiser_id and str(before.appraiser_id),
        }
        tell_people.tell(tx, Happening("notification.SuperiorChanged.v1", event.id, event.time, data))
