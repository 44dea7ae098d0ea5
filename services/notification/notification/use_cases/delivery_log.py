"""What was sent to a subscriber, what came back, and sending one again."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from notification.domain.errors import DeliveryStateConflict
from notification.persistence import deliveries, webhook_queue
from notification.persistence.models import WebhookAttempt, WebhookDelivery
from notification.use_cases.find_subscription import check_state, own_subscription
from notification.use_cases.views import AttemptView, DeliveryView


def _view(row: WebhookDelivery, failures: Sequence[WebhookAttempt]) -> DeliveryView:
    return DeliveryView.of(row, failures=[AttemptView.of(one) for one in failures])


def list_deliveries(
    work: UnitOfWork, actor: Principal, subscription_id: UUID, *, state: str | None, before: UUID | None, limit: int
) -> list[DeliveryView]:
    with work.transaction(actor.agency_id) as tx:
        own_subscription(tx, actor, subscription_id)
        rows = deliveries.page_of_deliveries(tx, subscription_id, state=state, before=before, limit=limit)
        failures: dict[UUID, list[WebhookAttempt]] = defaultdict(list)
        for attempt in deliveries.attempts_of(tx, [row.delivery_id for row in rows]):
            failures[attempt.delivery_id].append(attempt)
        return [_view(row, failures[row.delivery_id]) for row in rows]


def retry_delivery(work: UnitOfWork, actor: Principal, subscription_id: UUID, delivery_id: UUID) -> DeliveryView:
    """Send a delivery that was given up or cancelled once more, at once."""
    with work.transaction(actor.agency_id) as tx:
        check_state(own_subscription(tx, actor, subscription_id), "ACTIVE")
        row = deliveries.find_delivery(tx, delivery_id)
        if row is None or row.subscription_id != subscription_id:
            raise NotFound(object="pengiriman", id=delivery_id)
        if row.state not in {"FAILED", "CANCELLED"}:
            raise DeliveryStateConflict(state=row.state, expected="FAILED atau CANCELLED")
        now = tx.session.execute(func.clock_timestamp().select()).scalar_one()
        row.state, row.attempts, row.next_attempt_at, row.finished_at = "PENDING", 0, now, None
        webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "retry_delivery", "webhook_delivery", delivery_id)
        return _view(row, deliveries.attempts_of(tx, [delivery_id]))
