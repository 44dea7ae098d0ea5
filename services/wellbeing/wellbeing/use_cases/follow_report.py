"""Follow a report by its secret code. Nobody signs in; nothing is noted of the visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.errors import ReportCodeUnknown
from wellbeing.domain.report_code import agency_of, digest
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Ticket

from .condition_view import MessageView, message_views


@dataclass(frozen=True)
class ReportView:
    """What a reporter may know: how far it is, and what was written. Not who handles it, and not what it said."""

    kind: str
    category: str
    state: str
    referral: str | None
    received_on: date
    due_on: date
    escalated: bool
    messages: list[MessageView]


def follow_report(work: UnitOfWork, code: str) -> ReportView:
    with found_by_code(work, code) as (tx, ticket):
        return report_view(tx, ticket)


@contextmanager
def found_by_code(work: UnitOfWork, code: str) -> Iterator[tuple[Transaction, Ticket]]:
    with work.transaction(agency_of(code)) as tx:
        ticket = tickets.by_code(tx.session, digest(code))
        if ticket is None:
            raise ReportCodeUnknown
        yield tx, ticket


def report_view(tx: Transaction, ticket: Ticket) -> ReportView:
    zone = ZoneInfo(directory.time_zone(tx.session, tx.agency_id))
    return ReportView(
        kind=ticket.kind,
        category=ticket.category,
        state=ticket.state,
        referral=ticket.referral,
        received_on=ticket.received_at.astimezone(zone).date(),
        due_on=ticket.due_at.astimezone(zone).date(),
        escalated=ticket.escalated_at is not None,
        messages=message_views(tickets.messages(tx.session, ticket.ticket_id)),
    )
