"""Words between a reporter and whoever handles the report, kept by the day and without a writer's name."""

from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from wellbeing.domain.errors import ReportWaitingForAnswer
from wellbeing.domain.tickets import MESSAGES_WAITING
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Ticket, TicketMessage


def write_message(tx: Transaction, ticket: Ticket, text: str, *, from_reporter: bool) -> None:
    """Add a message; raises ReportWaitingForAnswer when a reporter has written too many that nobody has answered.

    The limit is counted by report, never by sender, so that nothing about a sender needs to be kept.
    """
    if from_reporter and tickets.waiting_messages(tx.session, ticket.ticket_id) >= MESSAGES_WAITING:
        raise ReportWaitingForAnswer(count=MESSAGES_WAITING, retry_after=3600)
    zone = directory.time_zone(tx.session, tx.agency_id)
    tx.session.add(
        TicketMessage(
            agency_id=tx.agency_id,
            ticket_id=ticket.ticket_id,
            written_on=today_in(tx.now, zone),
            from_reporter=from_reporter,
            text=text,
        )
    )
    tx.session.flush()
