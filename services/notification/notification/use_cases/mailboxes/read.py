"""Read the shared addresses of an agency's offices."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from notification.domain.people import MailboxView
from notification.persistence import people


def list_mailboxes(work: UnitOfWork, actor: Principal) -> Items[MailboxView]:
    with work.transaction(actor.agency_id) as tx:
        return Items(people.list_mailboxes(tx))
