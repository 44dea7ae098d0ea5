"""Call an endpoint once, now, with a signed test event, and say what it answered."""

import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from notification.clients.signing import signed_headers
from notification.clients.webhooks import Reply
from notification.domain.errors import PingTooSoon
from notification.persistence import subscriptions
from notification.use_cases.find_subscription import check_state, own_subscription
from notification.use_cases.outside import Outside

PING_EVERY_SECONDS = 5


def ping_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID, outside: Outside) -> Reply:
    """The call is made outside any transaction; nothing is stored but the time of the test."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_state(row, "ACTIVE", "PAUSED", "DISABLED")
        now = tx.session.execute(func.clock_timestamp().select()).scalar_one()
        if row.last_ping_at is not None and (now - row.last_ping_at).total_seconds() < PING_EVERY_SECONDS:
            raise PingTooSoon
        row.last_ping_at = now
        url = row.url
        secrets = [outside.box.open(sealed) for sealed in subscriptions.sealed_secrets(tx, subscription_id)]
        audit.record(tx, actor, "ping_subscription", "subscription", subscription_id)
    event_id = new_id()
    body = ping_body(event_id, actor.agency_id, subscription_id)
    return outside.caller.post(url, signed_headers(event_id, body, secrets), body.encode())


def ping_body(event_id: UUID, agency_id: str, subscription_id: UUID) -> str:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(event_id),
            "source": "/suar/notification",
            "type": "Ping",
            "subject": str(subscription_id),
            "time": datetime.now(UTC).isoformat(),
            "datacontenttype": "application/json",
            "agency": agency_id,
            "data": {"subscription_id": str(subscription_id)},
        },
        separators=(",", ":"),
    )
