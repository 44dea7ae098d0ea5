"""Record what came of calls, and what that means for the endpoint."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chassis.unit_of_work import UnitOfWork
from notification.domain.delivery import Call, FailedCall
from notification.domain.retries import Outcome, Patience, endpoint_rest
from notification.persistence import deliveries
from notification.persistence.subscriptions import load_subscription, save_standing
from notification.persistence.webhook_queue import Lease
from notification.use_cases.subscriptions.disable import disable_subscription


def record_calls(work: UnitOfWork, lease: Lease, calls: Sequence[Call], patience: Patience) -> timedelta:
    """Commit the outcomes; return how long the endpoint is to be left alone."""
    now = datetime.now(UTC)
    delivered = [call for call in calls if call.reply.outcome is Outcome.DELIVERED]
    failed = [call for call in calls if call.reply.outcome is not Outcome.DELIVERED]
    failures = {call.reply.outcome for call in failed}
    with work.transaction(lease.agency_id) as tx:
        before = load_subscription(tx, lease.subscription_id, lock=True)
        deliveries.save_delivered(tx, delivered)
        deliveries.save_failed(tx, [FailedCall.of(call, now) for call in failed], now)
        after = before.called(acknowledged=bool(delivered), failures=failures, now=now, patience=patience)
        if delivered and before.is_down:
            deliveries.hurry(tx, before.subscription_id, endpoint_failures_only=True)
        if after.is_active or not before.is_active:
            save_standing(tx, before, after)
        else:
            is_failing = after.state_reason == "ENDPOINT_FAILING"
            disable_subscription(tx, before, after, days=patience.days if is_failing else None)
    return endpoint_rest(after.consecutive_failures) if Outcome.ENDPOINT_DOWN in failures else timedelta()
