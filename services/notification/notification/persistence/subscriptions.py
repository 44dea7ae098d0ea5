"""Subscriptions between rows and the domain, and their secrets."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, keyset, table_of, update_record, values_of
from chassis.unit_of_work import Transaction
from notification.domain.errors import UrlTaken
from notification.domain.subscription import Subscription, SubscriptionState
from notification.persistence import models
from notification.persistence.models import WebhookSecret

SECRETS_AT_ONCE = 2
_COLUMNS = columns_of(models.Subscription, Subscription)
_TABLE = table_of(models.Subscription)
_SECRETS = table_of(WebhookSecret)


def load_subscription(tx: Transaction, subscription_id: UUID, *, lock: bool = False) -> Subscription:
    """Return a subscription. Raise NotFound."""
    query = select(*_COLUMNS).where(models.Subscription.subscription_id == subscription_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, Subscription)
    if found is None:
        raise NotFound(object="langganan", id=subscription_id)
    return found


def list_subscriptions(tx: Transaction, page: PageRequest, *, client_id: UUID | None) -> Page[Subscription]:
    """Return subscriptions, newest first: all, or a client's."""
    query = select(*_COLUMNS)
    if client_id is not None:
        query = query.where(models.Subscription.client_id == client_id)
    found = fetch_all(tx, keyset(query, page, models.Subscription.subscription_id, descending=True), Subscription)
    return page_of(found, page, lambda subscription: subscription.subscription_id)


def lock_subscriptions_of(tx: Transaction, client_id: UUID, *states: SubscriptionState) -> list[Subscription]:
    subscription = models.Subscription
    query = select(*_COLUMNS).where(subscription.client_id == client_id, subscription.state.in_(states))
    return fetch_all(tx, query.with_for_update(), Subscription)


def insert_subscription(tx: Transaction, subscription: Subscription) -> None:
    """Insert a new subscription. Raise UrlTaken when the client has an open one at this address."""
    row = {**values_of(models.Subscription, subscription), "agency_id": tx.agency_id}
    statement = insert(_TABLE).values(row).on_conflict_do_nothing().returning(_TABLE.c.subscription_id)
    if tx.session.execute(statement).first() is None:
        raise UrlTaken


def update_subscription(tx: Transaction, before: Subscription, after: Subscription) -> Subscription:
    """Save a move and return it with its new version. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, models.Subscription, before, after)
    return replace(after, version=before.version + 1)


def save_standing(tx: Transaction, before: Subscription, after: Subscription) -> None:
    """Save what the system itself counts (place, failures, test), if it changed; the version is for people's edits."""
    old, new = values_of(models.Subscription, before), values_of(models.Subscription, after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if changed:
        stored = _TABLE.c.subscription_id == before.subscription_id
        tx.session.execute(update(_TABLE).where(stored).values(changed))


def require_free_url(tx: Transaction, subscription: Subscription) -> None:
    """Raise UrlTaken when the client has another open subscription at this address."""
    other = models.Subscription
    query = select(other.subscription_id).where(
        other.client_id == subscription.client_id,
        other.url == subscription.url,
        other.state != SubscriptionState.CLOSED,
        other.subscription_id != subscription.subscription_id,
    )
    if tx.session.execute(query).first() is not None:
        raise UrlTaken


def _is_valid(subscription_id: UUID) -> ColumnElement[bool]:
    now = func.clock_timestamp()
    is_alive = or_(WebhookSecret.expires_at.is_(None), WebhookSecret.expires_at > now)
    return (WebhookSecret.subscription_id == subscription_id) & is_alive


def add_secret(
    tx: Transaction, subscription_id: UUID, sealed: str, overlap: timedelta = timedelta()
) -> datetime | None:
    """Store a new secret; the newest of the others lives on for `overlap`, older ones end. Return when it ends."""
    now = func.clock_timestamp()
    valid = select(WebhookSecret.secret_id).where(_is_valid(subscription_id)).order_by(WebhookSecret.created_at.desc())
    ends: datetime | None = None
    for number, secret_id in enumerate(tx.session.scalars(valid.with_for_update()).all()):
        until = now + overlap if number < SECRETS_AT_ONCE - 1 else now
        found = tx.session.execute(
            update(_SECRETS)
            .where(_SECRETS.c.secret_id == secret_id)
            .values(expires_at=func.least(func.coalesce(_SECRETS.c.expires_at, until), until))
            .returning(_SECRETS.c.expires_at)
        ).scalar_one()
        ends = ends or found
    values = {"secret_id": new_id(), "agency_id": tx.agency_id, "subscription_id": subscription_id, "sealed": sealed}
    tx.session.execute(insert(_SECRETS).values(values))
    return ends


def sealed_secrets(tx: Transaction, subscription_id: UUID) -> list[str]:
    """Return the secrets that are valid now, newest first."""
    query = select(WebhookSecret.sealed).where(_is_valid(subscription_id))
    return list(tx.session.scalars(query.order_by(WebhookSecret.created_at.desc()).limit(SECRETS_AT_ONCE)))
