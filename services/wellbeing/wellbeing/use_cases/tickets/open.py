"""Store a report as a ticket with a deadline; shared by all ways in which a report arrives."""

from uuid import UUID, uuid4

from chassis import outbox, timers
from chassis.clock import today_in
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from directory.questions import time_zone
from wellbeing.domain.deadlines import blurred, triage_due
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import triage
from wellbeing.domain.report_code import digest
from wellbeing.domain.ticket import Ticket, TicketContent
from wellbeing.events import ConditionOpened
from wellbeing.persistence.references import all_holidays, current_reference
from wellbeing.persistence.tickets import insert_ticket
from wellbeing.use_cases.tickets.record import record_entry


def open_ticket(tx: Transaction, content: TicketContent, *, reporter_id: UUID | None, code: str = "") -> Ticket:
    """Store a report and set its deadline; `code` is the secret by which the reporter follows it.

    A report without a reporter keeps no exact moment: no time-ordered id, and the hour only.
    """
    anonymous = reporter_id is None
    received_at = blurred(tx.now) if anonymous else tx.now
    zone = time_zone(tx)
    rule = current_reference(tx, ReferenceKind.TRIAGE, today_in(tx.now, zone))
    due_at = triage_due(received_at, triage(rule), danger=content.danger, time_zone=zone, holidays=all_holidays(tx))
    ticket = Ticket(
        **vars(content),
        ticket_id=uuid4() if anonymous else new_id(),
        anonymous=anonymous,
        reporter_id=reporter_id,
        code_digest=digest(code) if code else None,
        received_at=received_at,
        due_at=due_at,
        due_rule=rule.version,
    )
    insert_ticket(tx, ticket)
    record_entry(tx, ticket, "RECEIVED", actor_id=None, at=received_at)
    timers.schedule(tx, "ticket_due", ticket.ticket_id, due_at)
    if ticket.unit_id is not None and not ticket.is_personal:
        event = ConditionOpened(
            ticket_id=ticket.ticket_id, unit_id=ticket.unit_id, category=ticket.category, due_at=due_at
        )
        outbox.record(tx, event)
    return ticket
