"""Compare the people in a post with its standard, a handful at a time."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from training.persistence import people
from training.use_cases.follow_gaps import follow_gaps

PEOPLE_PER_STEP = 100


def follow_standard(tx: Transaction, position_code: str, after: UUID | None) -> tuple[int, UUID | None]:
    """How many people were compared, and the last of them (None when there are no more)."""
    found = people.people_in_post(tx, position_code, after, PEOPLE_PER_STEP)
    for employee_id in found:
        follow_gaps(tx, employee_id)
    return len(found), found[-1] if len(found) == PEOPLE_PER_STEP else None
