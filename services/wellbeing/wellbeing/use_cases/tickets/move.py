"""Move a ticket on; who may do so is decided before."""

from uuid import UUID

from chassis import outbox, timers
from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from directory.questions import time_zone
from wellbeing.domain.ticket import MoveTicket, Ticket
from wellbeing.events import ConditionClosed
from wellbeing.persistence.tickets import update_ticket
from wellbeing.use_cases.tickets.record import record_entry


def move_ticket(
    tx: Transaction, before: Ticket, step: MoveTicket, *, owner_id: UUID | None, actor_id: UUID | None
) -> Ticket:
    """Save the next state with its deadline. Raise TicketMoveNotAllowed, InvalidInput."""
    zone = time_zone(tx)
    after = before.moved(step, tx.now, today_in(tx.now, zone), zone, owner_id=owner_id)
    update_ticket(tx, before, after)
    if step.resolve_by is not None:
        timers.schedule(tx, "ticket_due", after.ticket_id, after.due_at)
    if after.is_closed:
        timers.cancel(tx, "ticket_due", after.ticket_id)
        if not after.is_personal:
            outbox.record(tx, ConditionClosed(ticket_id=after.ticket_id))
    record_entry(tx, after, after.state.value, actor_id=actor_id, note=step.note)
    return after
