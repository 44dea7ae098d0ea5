"""Call an endpoint once, now, with a signed test event, and say what it answered."""

import json
from datetime import UTC, datetime
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.clients.outbound import OutboundClients
from notification.clients.signing import signed_headers
from notification.domain.delivery import PingView
from notification.persistence.subscriptions import load_subscription, save_standing, sealed_secrets


def ping_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID, outbound: OutboundClients) -> PingView:
    """The call is made outside any transaction; nothing is stored but the time of the test."""
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, before.client_id)
        save_standing(tx, before, before.pinged(datetime.now(UTC)))
        secrets = [outbound.box.open(sealed) for sealed in sealed_secrets(tx, subscription_id)]
        audit.record(tx, actor, "ping_subscription", "subscription", subscription_id)
    event_id = new_id()
    body = _ping_body(event_id, actor.agency_id, subscription_id)
    return PingView.of(outbound.caller.post(before.url, signed_headers(event_id, body, secrets), body.encode()))


def _ping_body(event_id: UUID, agency_id: str, subscription_id: UUID) -> str:
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
