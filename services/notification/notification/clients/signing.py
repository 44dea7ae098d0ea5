"""Standard Webhooks: every call is signed with each secret that is valid, so that a secret can be changed in peace."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from standardwebhooks.webhooks import Webhook

AGENT = "Suar-Webhooks/1"


def signed_headers(message_id: UUID, body: str, secrets: Sequence[str], at: datetime | None = None) -> dict[str, str]:
    """The headers of one call; the signature's time is the real one."""
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    signatures = [Webhook(secret).sign(str(message_id), moment, body) for secret in secrets]
    return {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": AGENT,
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
