"""The step by which a ticket moves on; who may take it is decided before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import outbox, timers
from chassis.clock import today_in
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from wellbeing.domain.deadlines import end_of_day
from wellbeing.domain.tickets import CLOSED, Referral, TicketKind, TicketState, move
from wellbeing.events import ConditionClosed
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Ticket


@dataclass(frozen=True)
class Move:
    """The next step. Triage names the day by which it is to be solved; a referral names where it goes."""

    target: TicketState
    note: str
    resolve_by: date | None = None
    referral: Referral | None = None


def advance(tx: Transaction, ticket: Ticket, step: Move, actor_id: UUID | None) -> None:
    state = move(TicketState(ticket.state), step.target)
    _check(tx, step)
    ticket.state = state.value
    ticket.version += 1
    if step.resolve_by is not None:
        zone = directory.time_zone(tx.session, tx.agency_id)
        ticket.due_at, ticket.due_rule = end_of_day(step.resolve_by, zone), "resolve_by"
        ticket.escalated_at = None
        timers.schedule(tx, "ticket_due", ticket.ticket_id, ticket.due_at)
    if state in CLOSED:
        ticket.closed_at = tx.now
        ticket.referral = step.referral.value if step.referral else None
        timers.cancel(tx, "ticket_due", ticket.ticket_id)
        if ticket.kind != TicketKind.PERSONAL.value:
            outbox.record(tx, ConditionClosed(ticket_id=ticket.ticket_id))
    tickets.add_entry(tx.session, ticket, at=tx.now, action=state.value, actor_id=actor_id, note=step.note)


def _check(tx: Transaction, step: Move) -> None:
    faults = []
    today = today_in(tx.now, directory.time_zone(tx.session, tx.agency_id))
    if step.target is TicketState.TRIAGED and (step.resolve_by is None or step.resolve_by < today):
        expected = f"tanggal penyelesaian, {today} atau sesudahnya"
        faults.append(FieldError("resolve_by", "deadline_needed", step.resolve_by, expected))
    if step.target is not TicketState.TRIAGED and step.resolve_by is not None:
        faults.append(FieldError("resolve_by", "deadline_not_asked", step.resolve_by, "hanya diisi pada TRIAGED"))
    if (step.target is TicketState.REFERRED) is not (step.referral is not None):
        expected = "tujuan rujukan, hanya dan selalu pada REFERRED"
        faults.append(FieldError("referral", "referral_mismatch", step.referral, expected))
    if step.target in CLOSED and not step.note.strip():
        faults.append(FieldError("note", "note_needed", step.note, "catatan singkat apa yang sudah dilakukan"))
    if faults:
        raise InvalidInput(errors=faults)
