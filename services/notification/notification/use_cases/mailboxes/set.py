"""Set the shared address of an office, for e-mail addressed to a role."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.domain.people import MailboxView
from notification.persistence.people import save_mailbox


def set_mailbox(work: UnitOfWork, actor: Principal, *, role: str, email: str) -> MailboxView:
    with work.transaction(actor.agency_id) as tx:
        mailbox = MailboxView(role, email, tx.now)
        save_mailbox(tx, mailbox)
        audit.record(tx, actor, "set_office_mailbox", "office_mailbox", role)
        return mailbox
