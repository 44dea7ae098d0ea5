"""Remember what a person has read."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import reader_of, recipients_of, require_recipient
from notification.domain.message import MessageView, ReadAllView
from notification.persistence import messages
from notification.use_cases.messages.read import view_message


def mark_read(work: UnitOfWork, actor: Principal, message_id: UUID) -> MessageView:
    """Reading twice keeps the first time."""
    with work.transaction(actor.agency_id) as tx:
        reader = reader_of(actor)
        require_recipient(actor, messages.load_message(tx, message_id, reader))
        messages.mark_read(tx, message_id, reader)
        return view_message(messages.load_message(tx, message_id, reader))


def mark_all_read(work: UnitOfWork, actor: Principal, *, up_to: UUID | None) -> ReadAllView:
    """Mark everything up to a message the person has seen, or everything."""
    with work.transaction(actor.agency_id) as tx:
        reader = reader_of(actor)
        if up_to is not None:
            require_recipient(actor, messages.load_message(tx, up_to, reader))
        return ReadAllView(messages.mark_all_read(tx, recipients_of(actor), reader, up_to))
