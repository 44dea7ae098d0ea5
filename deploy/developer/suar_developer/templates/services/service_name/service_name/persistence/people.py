"""What the directory answers of people, as this service uses it."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from directory.questions import person_on, today


def is_in_service(tx: Transaction, employee_id: UUID) -> bool:
    """Return whether somebody belongs to the agency today. Raise NotKnownYet for whom no event has brought yet."""
    found = person_on(tx, employee_id, today(tx))
    return found is not None and found.in_service
