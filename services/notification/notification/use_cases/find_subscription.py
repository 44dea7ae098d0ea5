"""Find subscriptions: a client its own, the agency's officers all."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.errors import SubscriptionStateConflict
from notification.persistence import deliveries, feed, subscriptions
from notification.persistence.models import SubscriptionRow
from notification.use_cases.views import SubscriptionView


@dataclass(frozen=True)
class Standing:
    """How far a subscription is: its place, the feed's, and its deliveries by state."""

    subscription: SubscriptionView
    head: int
    deliveries: Mapping[str, int]


def own_subscription(
    tx: Transaction, actor: Principal, subscription_id: UUID, *, lock: bool = False
) -> SubscriptionRow:
    row = subscriptions.find_subscription(tx, subscription_id, lock=lock)
    if row is None:
        raise NotFound(object="langganan", id=subscription_id)
    if actor.kind == "client" and row.client_id != actor.account_id:
        raise Forbidden
    return row


def check_version(present: int, expected: int | None) -> None:
    if expected is not None and present != expected:
        raise VersionConflict


def check_state(row: SubscriptionRow, *states: str) -> None:
    if row.state not in states:
        raise SubscriptionStateConflict(state=row.state, expected=" atau ".join(states))


def read_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> Standing:
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id)
        return Standing(SubscriptionView.of(row), feed.head(tx), deliveries.counts(tx, subscription_id))


def list_subscriptions(
    work: UnitOfWork, actor: Principal, *, before: UUID | None, limit: int
) -> list[SubscriptionView]:
    with work.transaction(actor.agency_id) as tx:
        client_id = actor.account_id if actor.kind == "client" else None
        rows = subscriptions.page_of_subscriptions(tx, client_id=client_id, before=before, limit=limit)
        return [SubscriptionView.of(row) for row in rows]
