"""Retention of deliveries: the log of who was sent what is purged; the events stay in the feed."""

from datetime import timedelta

from chassis.retention import RetentionRule, delete_oldest

_WEBHOOKS = delete_oldest("webhook_deliveries", "delivery_id < :lowest_id AND state <> 'PENDING'", "delivery_id")
_ATTEMPTS = delete_oldest("webhook_attempts", "attempt_id < :lowest_id", "attempt_id")
_EMAILS = delete_oldest(
    "email_deliveries",
    "delivery_id < :lowest_id AND state IN ('SENT', 'FAILED', 'EXPIRED', 'SKIPPED')",
    "delivery_id",
)


def settled_deliveries(retention_days: int) -> list[RetentionRule]:
    """Return the rules for webhooks and e-mails that are finished; waiting ones are never deleted."""
    named = (("webhook_deliveries", _WEBHOOKS), ("webhook_attempts", _ATTEMPTS), ("email_deliveries", _EMAILS))
    return [
        RetentionRule(name, statement, timedelta(days=retention_days), per_agency=True) for name, statement in named
    ]
