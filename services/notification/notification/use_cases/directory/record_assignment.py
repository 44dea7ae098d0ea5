"""Record who stands above an employee, and tell all three when the appraiser is another one."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from notification.domain.message import Happening
from notification.domain.people import Superiors
from notification.persistence.people import find_superiors, save
from notification.use_cases.messages.tell import superiors_fact, tell_people, tell_waiting


def record_assignment(tx: Transaction, after: Superiors, *, event_id: UUID, at: datetime) -> None:
    """The first assignment heard of a person tells nobody: a new agency's import would write to everyone at once."""
    before = find_superiors(tx, after.employee_id)
    save(tx, after)
    if before is None:
        tell_waiting(tx, superiors_fact(after.employee_id))
    elif before.appraiser_id != after.appraiser_id:
        data = {
            "employee_id": after.employee_id,
            "appraiser_id": after.appraiser_id,
            "previous_appraiser_id": before.appraiser_id,
        }
        tell_people(tx, Happening("notification.SuperiorChanged.v1", event_id, at, data))
