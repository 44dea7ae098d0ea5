"""What this service forgets of its deliveries: the log of who was sent what; what was said stays in the feed."""

from datetime import timedelta

from chassis.housekeeping import Sweep, oldest

_WEBHOOKS = oldest("webhook_deliveries", "delivery_id < :first_id AND state <> 'PENDING'", "delivery_id")
_ATTEMPTS = oldest("webhook_attempts", "attempt_id < :first_id", "attempt_id")
_EMAILS = oldest(
    "email_deliveries",
    "delivery_id < :first_id AND state IN ('SENT', 'FAILED', 'EXPIRED', 'SKIPPED')",
    "delivery_id",
)


def settled_deliveries(kept_days: int) -> list[Sweep]:
    """Webhooks and e-mails that came to an end, with what they held; waiting ones never go."""
    named = (("webhook_deliveries", _WEBHOOKS), ("webhook_attempts", _ATTEMPTS), ("email_deliveries", _EMAILS))
    return [Sweep(name, statement, timedelta(days=kept_days), per_agency=True) for name, statement in named]
