"""Queue an e-mail again that was given up."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.domain.email import EmailView
from notification.persistence.emails import load_email, save_retry


def retry_email(work: UnitOfWork, actor: Principal, delivery_id: UUID) -> EmailView:
    """Its Message-ID stays the same."""
    with work.transaction(actor.agency_id) as tx:
        email = load_email(tx, delivery_id).retried()
        save_retry(tx, email)
        audit.record(tx, actor, "retry_email", "email_delivery", delivery_id)
        return EmailView.of(email)
