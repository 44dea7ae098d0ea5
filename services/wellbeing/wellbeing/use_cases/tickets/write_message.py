"""Add a message between a reporter and whoever handles the report, by the day and without a writer's name."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from directory.questions import today
from wellbeing.domain.ticket import require_message_allowed
from wellbeing.domain.ticket_views import MessageView
from wellbeing.persistence.tickets import add_message, count_unanswered


def write_message(tx: Transaction, ticket_id: UUID, text: str, *, from_reporter: bool) -> None:
    """Add a message. Raise ReportWaitingForAnswer when too many of the reporter's wait for an answer."""
    if from_reporter:
        require_message_allowed(count_unanswered(tx, ticket_id))
    add_message(tx, ticket_id, MessageView(today(tx), from_reporter, text))
