"""Remember what a person has read."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.persistence import messages
from notification.use_cases.read_inbox import own_item, reader_of, recipients_of, view_of
from notification.use_cases.views import MessageView


def mark_read(work: UnitOfWork, actor: Principal, message_id: UUID) -> MessageView:
    """Reading twice keeps the first time."""
    with work.transaction(actor.agency_id) as tx:
        own_item(tx, actor, message_id)
        messages.mark_read(tx, message_id, reader_of(actor))
        return view_of(own_item(tx, actor, message_id))


def mark_all_read(work: UnitOfWork, actor: Principal, up_to: UUID | None) -> int:
    """Everything up to a message the person has seen, or everything; gives how many were unread."""
    with work.transaction(actor.agency_id) as tx:
        if up_to is not None:
            own_item(tx, actor, up_to)
        return messages.mark_all_read(tx, recipients_of(actor), reader_of(actor), up_to)
