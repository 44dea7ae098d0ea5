"""The log of deliveries is kept for a while; what still waits never goes."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis import audit
from chassis.db.retention_watermark import lowest_id_at
from chassis.ids import new_id
from chassis.retention import RetentionPurge
from notification.persistence.models import EmailDelivery, WebhookAttempt, WebhookDelivery
from notification.persistence.retention import settled_deliveries


def made_days_ago(days):
    return UUID(int=lowest_id_at(datetime.now(UTC) - timedelta(days=days)).int | new_id().int & (1 << 80) - 1)


def test_settled_deliveries_go_after_their_time_and_waiting_ones_stay(service, agency):
    now, kept = datetime.now(UTC), set()
    with service.work.transaction(agency) as tx:
        audit.record(tx, "somebody", "read", "delivery", 1)
        for position, (days, state, stays) in enumerate(
            ((91, "DELIVERED", False), (91, "FAILED", False), (91, "PENDING", True), (89, "DELIVERED", True))
        ):
            webhook, email, attempt = made_days_ago(days), made_days_ago(days), made_days_ago(days)
            is_waiting = state == "PENDING"
            tx.session.add(
                WebhookDelivery(
                    delivery_id=webhook, agency_id=agency, subscription_id=new_id(), run=1, position=position,
                    event_id=new_id(), kind="x", subject="x", state=state, attempts=1, endpoint_failure=False,
                    next_attempt_at=now if is_waiting else None,
                )
            )  # fmt: skip
            tx.session.add(
                EmailDelivery(
                    delivery_id=email, agency_id=agency, kind="NOTICE", recipient="x", content={}, attempts=1,
                    state="QUEUED" if is_waiting else "SENT", created_at=now,
                )
            )  # fmt: skip
            tx.session.add(
                WebhookAttempt(
                    attempt_id=attempt, agency_id=agency, delivery_id=webhook, number=1, at=now, error="x",
                    duration_ms=1,
                )
            )  # fmt: skip
            kept |= {webhook, email} if stays else set()
    RetentionPurge(service.work.database.engine, settled_deliveries(90)).apply_all(threading.Event())
    with service.work.transaction(agency) as tx:
        left = {one.delivery_id for table in (WebhookDelivery, EmailDelivery) for one in tx.session.query(table)}
        assert tx.session.query(WebhookAttempt).count() == 1
    assert left == kept
