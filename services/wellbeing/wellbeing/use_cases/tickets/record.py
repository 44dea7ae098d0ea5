"""Record what happened to a ticket in its history."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.domain.ticket import Ticket, TicketEntry
from wellbeing.persistence.tickets import add_entry


def record_entry(tx: Transaction, ticket: Ticket, action: str, *, actor_id: UUID | None, note: str = "") -> None:
    """Add an entry with the ticket's state."""
    add_entry(tx, TicketEntry(ticket.ticket_id, tx.now, action, ticket.state, actor_id, note))
