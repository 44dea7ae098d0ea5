"""Read the inbox of whoever asks, and what of it is unread."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import reader_of, recipients_of, require_recipient
from notification.domain.message import Message, MessageView, UnreadView
from notification.persistence import messages
from notification.persistence.template_files import topics


@dataclass(frozen=True)
class ListMessages:
    page: PageRequest
    unread: bool = False
    topic: str | None = None


def list_messages(work: UnitOfWork, actor: Principal, query: ListMessages) -> Page[MessageView]:
    with work.transaction(actor.agency_id) as tx:
        found = messages.list_messages(
            tx, recipients_of(actor), reader_of(actor), query.page, unread_only=query.unread, topic=query.topic
        )
        return found.of(view_message)


def count_unread(work: UnitOfWork, actor: Principal) -> UnreadView:
    with work.transaction(actor.agency_id) as tx:
        counts = messages.count_unread(tx, recipients_of(actor), reader_of(actor))
        return UnreadView(sum(counts.values()), counts)


def show_message(work: UnitOfWork, actor: Principal, message_id: UUID) -> MessageView:
    with work.transaction(actor.agency_id) as tx:
        message = messages.load_message(tx, message_id, reader_of(actor))
        require_recipient(actor, message)
        return view_message(message)


def view_message(message: Message) -> MessageView:
    """Return a message with the legal source of its topic."""
    topic = topics().get(message.topic)
    return MessageView.of(message, topic.legal_source if topic else "")
