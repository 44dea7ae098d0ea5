"""Show and publish a report without a name, with all others of its day; sound the alarm of danger."""

from dataclasses import replace
from uuid import UUID

from chassis import outbox, timers
from chassis.unit_of_work import Transaction
from wellbeing.events import ConditionOpened, Occasion
from wellbeing.persistence.tickets import find_ticket, rewrite_rows, update_ticket
from wellbeing.use_cases.tickets.alarm import sound_alarm


def announce_ticket(tx: Transaction, ticket_id: UUID) -> None:
    """Do nothing for a ticket that is not there. It runs from a timer, so that nothing leads back to the request."""
    ticket = find_ticket(tx, ticket_id)
    if ticket is None:
        return
    if ticket.anonymous:
        update_ticket(tx, ticket, replace(ticket, released=True, version=ticket.version + 1))
        rewrite_rows(tx, ticket_id)
        timers.schedule(tx, "ticket_due", ticket_id, ticket.due_at)
        if not ticket.is_personal:
            outbox.record(tx, ConditionOpened.of(ticket), day=ticket.received_at)
    if ticket.danger:
        sound_alarm(tx, ticket, Occasion.DANGER)
