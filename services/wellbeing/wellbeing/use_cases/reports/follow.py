"""Follow a report by its secret code, and write to its handler. Nobody signs in; nothing is recorded of the visit."""

from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import time_zone
from wellbeing.domain.errors import ReportCodeUnknown
from wellbeing.domain.report_code import agency_of, digest
from wellbeing.domain.ticket import Ticket
from wellbeing.domain.ticket_views import ReportView
from wellbeing.persistence.tickets import find_ticket_by_code, messages_of
from wellbeing.use_cases.tickets.write_message import write_message


def show_report(work: UnitOfWork, code: str) -> ReportView:
    """Return how far a report is. Raise ReportCodeUnknown."""
    with work.transaction(agency_of(code)) as tx:
        return _view(tx, _load(tx, code))


def write_report_message(work: UnitOfWork, code: str, text: str) -> ReportView:
    """Add a reporter's message. Raise ReportCodeUnknown, ReportWaitingForAnswer."""
    with work.transaction(agency_of(code)) as tx:
        ticket = _load(tx, code)
        write_message(tx, ticket.ticket_id, text, from_reporter=True)
        return _view(tx, ticket)


def _load(tx: Transaction, code: str) -> Ticket:
    ticket = find_ticket_by_code(tx, digest(code))
    if ticket is None:
        raise ReportCodeUnknown
    return ticket


def _view(tx: Transaction, ticket: Ticket) -> ReportView:
    return ReportView.of(ticket, time_zone(tx), messages_of(tx, ticket.ticket_id))
