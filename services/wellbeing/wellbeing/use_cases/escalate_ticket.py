"""A deadline has passed and nobody has moved the ticket: mark it, so that it stands out in every list."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.domain.tickets import CLOSED, TicketState
from wellbeing.persistence import tickets


def escalate_ticket(tx: Transaction, ticket_id: UUID, due_at: datetime) -> None:
    """Nothing happens when the deadline has moved, the ticket is closed, or it was escalated already."""
    ticket = tickets.by_id(tx.session, ticket_id)
    if ticket is None or TicketState(ticket.state) in CLOSED or ticket.escalated_at or ticket.due_at > due_at:
        return
    ticket.escalated_at = tx.now
    ticket.version += 1
    tickets.add_entry(tx.session, ticket, at=tx.now, action="ESCALATED", actor_id=None)
