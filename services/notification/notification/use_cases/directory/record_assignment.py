"""Record an employee's superiors, and notify all three when the appraiser is another one."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from notification.domain.message import Trigger
from notification.domain.people import Superiors
from notification.persistence.people import find_superiors, save
from notification.use_cases.messages.notify import notify_people, notify_waiting, superiors_key


def record_assignment(tx: Transaction, after: Superiors, *, event_id: UUID, at: datetime) -> None:
    """The first assignment of a person notifies nobody: a new agency's import would write to everyone at once."""
    before = find_superiors(tx, after.employee_id)
    save(tx, after)
    if before is None:
        notify_waiting(tx, superiors_key(after.employee_id))
    elif before.appraiser_id != after.appraiser_id:
        data = {
            "employee_id": after.employee_id,
            "appraiser_id": after.appraiser_id,
            "previous_appraiser_id": before.appraiser_id,
        }
        notify_people(tx, Trigger("notification.SuperiorChanged.v1", event_id, at, data))
