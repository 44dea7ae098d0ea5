"""The shared addresses of an agency's offices, for e-mail addressed to a role."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.persistence import people
from notification.use_cases.views import MailboxView


def list_mailboxes(work: UnitOfWork, actor: Principal) -> list[MailboxView]:
    with work.transaction(actor.agency_id) as tx:
        return [MailboxView.of(box) for box in people.mailboxes(tx)]


def set_mailbox(work: UnitOfWork, actor: Principal, role: str, email: str) -> MailboxView:
    with work.transaction(actor.agency_id) as tx:
        people.save_mailbox(tx, role, email)
        audit.record(tx, actor, "set_office_mailbox", "office_mailbox", role)
        return MailboxView(role, email, tx.now)
