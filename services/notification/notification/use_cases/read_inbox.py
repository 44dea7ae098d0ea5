"""What a person finds in the inbox, and what of it is unread. Nobody reads another's."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.templates import EVERYONE, ROLE_OF, recipient_of_employee, recipient_of_role
from notification.persistence import messages
from notification.persistence.messages import InboxItem
from notification.persistence.template_files import template_book
from notification.use_cases.views import MessageView


def recipients_of(actor: Principal) -> list[str]:
    """The addresses whose mail this caller finds: the own one, that of each office held, and everybody's."""
    found = [recipient_of_role(role) for role in ROLE_OF.values() if actor.has(role)]
    if actor.employee_id is not None:
        found.append(recipient_of_employee(actor.employee_id))
        found.append(EVERYONE)
    return found


def reader_of(actor: Principal) -> str:
    """Whose reading is remembered: of an office's mail, each reader's own."""
    return str(actor.employee_id or actor.account_id)


def own_item(tx: Transaction, actor: Principal, message_id: UUID) -> InboxItem:
    """A message of the caller's own; raises NotFound for none, and Forbidden for another person's."""
    item = messages.item_of(tx, message_id, reader_of(actor))
    if item is None:
        raise NotFound(object="pesan", id=message_id)
    if item.message.recipient not in recipients_of(actor):
        raise Forbidden
    return item


def view_of(item: InboxItem) -> MessageView:
    topic = template_book().topics.get(item.message.topic)
    return MessageView.of(item.message, read_at=item.read_at, legal_source=topic.legal_source if topic else "")


def list_inbox(
    work: UnitOfWork, actor: Principal, *, before: UUID | None, limit: int, unread_only: bool, topic: str | None
) -> list[MessageView]:
    with work.transaction(actor.agency_id) as tx:
        found = messages.page_of_inbox(
            tx, recipients_of(actor), reader_of(actor), before=before, limit=limit, unread_only=unread_only, topic=topic
        )
        return [view_of(item) for item in found]


def count_unread(work: UnitOfWork, actor: Principal) -> dict[str, int]:
    """Unread messages by topic."""
    with work.transaction(actor.agency_id) as tx:
        return messages.count_unread(tx, recipients_of(actor), reader_of(actor))


def read_message(work: UnitOfWork, actor: Principal, message_id: UUID) -> MessageView:
    with work.transaction(actor.agency_id) as tx:
        return view_of(own_item(tx, actor, message_id))
