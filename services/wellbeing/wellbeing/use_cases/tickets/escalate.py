"""Mark a ticket whose deadline has passed without a move, so that it stands out in lists, and call others to it."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.events import Occasion
from wellbeing.persistence.tickets import find_ticket, update_ticket
from wellbeing.use_cases.tickets.alarm import sound_alarm
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
        sound_alarm(tx, after, Occasion.OVERDUE)
