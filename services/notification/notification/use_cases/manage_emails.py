"""What the operator sees of the mail: states and codes, neither addresses nor texts."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from notification.domain.errors import DeliveryStateConflict
from notification.persistence import emails
from notification.use_cases.views import EmailView

RETRIABLE = ("FAILED", "EXPIRED", "SKIPPED")


def list_emails(
    work: UnitOfWork, actor: Principal, *, state: str | None, before: UUID | None, limit: int
) -> list[EmailView]:
    with work.transaction(actor.agency_id) as tx:
        return [EmailView.of(row) for row in emails.page_of_deliveries(tx, state=state, before=before, limit=limit)]


def retry_email(work: UnitOfWork, actor: Principal, delivery_id: UUID) -> EmailView:
    """Queue an e-mail again that was given up; its Message-ID stays the same."""
    with work.transaction(actor.agency_id) as tx:
        delivery = emails.delivery_of(tx, delivery_id)
        if delivery is None:
            raise NotFound(object="e-mail", id=delivery_id)
        if delivery.state not in RETRIABLE:
            raise DeliveryStateConflict(state=delivery.state, expected=" atau ".join(RETRIABLE))
        delivery.state, delivery.finished_at, delivery.attempts = "QUEUED", None, 0
        emails.queue(tx, delivery_id)
        audit.record(tx, actor, "retry_email", "email_delivery", delivery_id)
        return EmailView.of(delivery)
