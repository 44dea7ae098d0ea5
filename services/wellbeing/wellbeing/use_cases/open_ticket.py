"""The step by which every report becomes a ticket with a deadline; shared by all ways in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from chassis import outbox, timers
from chassis.clock import today_in
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from wellbeing.domain.deadlines import blurred, triage_due
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import triage
from wellbeing.domain.report_code import digest, new_code
from wellbeing.domain.tickets import TicketKind, TicketState
from wellbeing.events import ConditionOpened
from wellbeing.persistence import directory, references, tickets
from wellbeing.persistence.models import Ticket


@dataclass(frozen=True)
class TicketDraft:
    kind: TicketKind
    category: str
    description: str
    danger: bool = False
    unit_id: UUID | None = None
    place: str = ""
    reporter_id: UUID | None = None
    anonymous: bool = False


@dataclass(frozen=True)
class ReceiptView:
    """All that a reporter gets back. The code is shown this once."""

    code: str
    state: str
    due_at: datetime


def need_agency(tx: Transaction) -> None:
    """Raise NotFound for an agency that personnel has not told of: nobody would ever read a report there."""
    if not directory.agency_known(tx.session, tx.agency_id):
        raise NotFound(object="instansi", id=tx.agency_id)


def open_ticket(tx: Transaction, draft: TicketDraft, *, with_code: bool = False) -> tuple[Ticket, str]:
    """Store a report and set its deadline; gives the secret code too where the reporter follows by one.

    An anonymous report keeps neither a person nor an exact moment: no time-ordered id, and the hour only.
    """
    received_at = blurred(tx.now) if draft.anonymous else tx.now
    zone = directory.time_zone(tx.session, tx.agency_id)
    reference = references.current(tx.session, ReferenceKind.TRIAGE, today_in(tx.now, zone))
    limits = triage(reference)
    due_at = triage_due(
        received_at,
        danger=draft.danger,
        danger_hours=limits.danger_hours,
        other_working_days=limits.other_working_days,
        time_zone=zone,
        holidays=references.holidays(tx.session),
    )
    code = new_code(tx.agency_id) if with_code else ""
    ticket = Ticket(
        ticket_id=uuid4() if draft.anonymous else new_id(),
        agency_id=tx.agency_id,
        kind=draft.kind.value,
        category=draft.category,
        danger=draft.danger,
        unit_id=draft.unit_id,
        place=draft.place,
        description=draft.description,
        anonymous=draft.anonymous,
        reporter_id=draft.reporter_id,
        code_digest=digest(code) if code else None,
        state=TicketState.RECEIVED.value,
        received_at=received_at,
        due_at=due_at,
        due_rule=reference.version,
    )
    tx.session.add(ticket)
    tx.session.flush()
    tickets.add_entry(tx.session, ticket, at=received_at, action="RECEIVED", actor_id=None)
    timers.schedule(tx, "ticket_due", ticket.ticket_id, due_at)
    if draft.kind is not TicketKind.PERSONAL:
        assert draft.unit_id is not None
        outbox.record(
            tx,
            ConditionOpened(ticket_id=ticket.ticket_id, unit_id=draft.unit_id, category=draft.category, due_at=due_at),
        )
    return ticket, code
