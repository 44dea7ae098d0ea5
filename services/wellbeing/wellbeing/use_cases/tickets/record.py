"""Record what happened to a ticket in its history."""

from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.domain.ticket import Ticket, TicketEntry
from wellbeing.persistence.tickets import add_entry


def record_entry(
    tx: Transaction, ticket: Ticket, action: str, *, actor_id: UUID | None, note: str = "", at: datetime | None = None
) -> None:
    """Add an entry with the ticket's state; `at` is now unless the moment must stay inexact."""
    add_entry(tx, TicketEntry(ticket.ticket_id, at or tx.now, action, ticket.state, actor_id, note))
