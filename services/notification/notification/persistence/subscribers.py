"""Who takes which type of event: clients with an open grant for it, and their subscriptions."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from chassis.records import columns_of, fetch_all
from chassis.unit_of_work import Transaction
from notification.domain.event_type import EndpointView, SubscriberView
from notification.domain.subscription import Subscription, SubscriptionState
from notification.persistence import models
from notification.persistence.models import Grant


def subscribers_of(tx: Transaction, names: Collection[str]) -> list[SubscriberView]:
    """Return the clients whose open grant names one of these types, the latest grant first."""
    endpoints = _endpoints(tx, names)
    query = select(Grant).where(Grant.revoked_at.is_(None), _names(Grant.event_types, names))
    return [
        SubscriberView(
            client_id=one.client_id,
            subscriber_name=one.subscriber_name,
            grant_id=one.grant_id,
            channels=tuple(one.channels),
            valid_until=one.valid_until,
            subscriptions=tuple(endpoints[one.client_id]),
        )
        for one in tx.session.scalars(query.order_by(Grant.grant_id.desc()))
    ]


def lock_takers(tx: Transaction, names: Collection[str]) -> list[Subscription]:
    """Return the subscriptions to any of these types that are not closed, locked until the commit."""
    taken = models.Subscription
    query = select(*columns_of(taken, Subscription)).where(
        taken.state != SubscriptionState.CLOSED, _names(taken.event_types, names)
    )
    return fetch_all(tx, query.order_by(taken.subscription_id).with_for_update(), Subscription)


def _endpoints(tx: Transaction, names: Collection[str]) -> defaultdict[UUID, list[EndpointView]]:
    taken = models.Subscription
    query = select(taken.client_id, taken.subscription_id, taken.url, taken.state).where(
        taken.state != SubscriptionState.CLOSED, _names(taken.event_types, names)
    )
    found: defaultdict[UUID, list[EndpointView]] = defaultdict(list)
    for client_id, subscription_id, url, state in tx.session.execute(query.order_by(taken.subscription_id)):
        found[client_id].append(EndpointView(subscription_id, urlsplit(url).hostname or "", state))
    return found


def _names(column: Any, names: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a JSON list holds one of these names."""
    return or_(*(column.contains([name]) for name in names))
