"""Store a report as a ticket with a deadline; shared by all ways in which a report arrives."""

from uuid import UUID, uuid4

from chassis import outbox, timers
from chassis.clock import today_in
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from directory.questions import time_zone
from wellbeing.domain.deadlines import danger_due_by_the_day, release_at, start_of_day, triage_due
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import release_hour, triage
from wellbeing.domain.report_code import digest
from wellbeing.domain.ticket import Ticket, TicketContent
from wellbeing.events import ConditionOpened
from wellbeing.persistence.references import all_holidays, current_reference
from wellbeing.persistence.tickets import insert_ticket
from wellbeing.use_cases.tickets.record import record_entry


def open_ticket(tx: Transaction, content: TicketContent, *, reporter_id: UUID | None, code: str = "") -> Ticket:
    """Store a report and set its deadline; `code` is the secret by which the reporter follows it.

    A report without a reporter keeps no exact moment: no time-ordered id, no numbered row, and the day only. Nobody
    else sees it or has notice of it before the others of its day, unless there is danger.
    """
    anonymous = reporter_id is None
    zone = time_zone(tx)
    day = today_in(tx.now, zone)
    received_at = start_of_day(tx.now, zone) if anonymous else tx.now
    rule = current_reference(tx, ReferenceKind.TRIAGE, day)
    if anonymous and content.danger:
        due_at = danger_due_by_the_day(received_at, triage(rule), zone)
    else:
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
        released=content.danger or not anonymous,
    )
    insert_ticket(tx, ticket)
    timers.schedule(tx, "ticket_due", ticket.ticket_id, due_at)
    if not anonymous:
        record_entry(tx, ticket, "RECEIVED", actor_id=None)
        if not ticket.is_personal:
            outbox.record(tx, ConditionOpened.of(ticket))
    if ticket.danger:
        timers.schedule(tx, "ticket_announced", ticket.ticket_id, received_at)
    elif anonymous:
        hour = release_hour(current_reference(tx, ReferenceKind.RELEASE, day))
        timers.schedule(tx, "ticket_announced", ticket.ticket_id, release_at(received_at, hour, zone))
    return ticket
