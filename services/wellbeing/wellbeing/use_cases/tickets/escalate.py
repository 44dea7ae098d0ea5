"""Mark a ticket whose deadline has passed without a move, so that it stands out in every list."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.persistence.tickets import find_ticket, update_ticket
from wellbeing.use_cases.tickets.record import record_entry


def escalate_ticket(tx: Transaction, ticket_id: UUID, due_at: datetime) -> None:
    """Do nothing when the deadline has moved, the ticket is closed, or it was escalated already."""
    before = find_ticket(tx, ticket_id)
    if before is None:
        return
    after = before.escalated(due_at, tx.now)
    if after is not before:
        update_ticket(tx, before, after)
        record_entry(tx, after, "ESCALATED", actor_id=None)
