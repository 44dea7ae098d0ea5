"""Grants, subscriptions and their secrets."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.grants import Channel, Grant
from notification.persistence.models import GrantRow, SubscriptionRow, WebhookSecret

SECRETS_AT_ONCE = 2


def grant_of(row: GrantRow) -> Grant:
    return Grant(
        event_types=frozenset(row.event_types), channels=frozenset(Channel(name) for name in row.channels),
        data_from=row.data_from, valid_until=row.valid_until, revoked=row.revoked_at is not None,
    )  # fmt: skip


def open_grant(tx: Transaction, client_id: UUID, *, lock: bool = False) -> GrantRow | None:
    query = select(GrantRow).where(GrantRow.client_id == client_id, GrantRow.revoked_at.is_(None))
    return tx.session.scalars(query.with_for_update() if lock else query).one_or_none()


def find_grant(tx: Transaction, grant_id: UUID, *, lock: bool = False) -> GrantRow | None:
    return tx.session.get(GrantRow, grant_id, with_for_update=lock or None)


def page_of_grants(tx: Transaction, *, client_id: UUID | None, before: UUID | None, limit: int) -> list[GrantRow]:
    query = select(GrantRow).order_by(GrantRow.grant_id.desc()).limit(limit)
    if client_id is not None:
        query = query.where(GrantRow.client_id == client_id)
    if before is not None:
        query = query.where(GrantRow.grant_id < before)
    return list(tx.session.scalars(query))


def add_subscription(tx: Transaction, values: dict[str, Any]) -> SubscriptionRow | None:
    """None when the client already has an open subscription at this address."""
    statement = insert(SubscriptionRow).values(agency_id=tx.agency_id, **values).on_conflict_do_nothing()
    found = tx.session.execute(statement.returning(SubscriptionRow.subscription_id)).scalar_one_or_none()
    return None if found is None else tx.session.get(SubscriptionRow, found)


def find_subscription(tx: Transaction, subscription_id: UUID, *, lock: bool = False) -> SubscriptionRow | None:
    return tx.session.get(SubscriptionRow, subscription_id, with_for_update=lock or None, populate_existing=True)


def page_of_subscriptions(
    tx: Transaction, *, client_id: UUID | None, before: UUID | None, limit: int
) -> list[SubscriptionRow]:
    query = select(SubscriptionRow).order_by(SubscriptionRow.subscription_id.desc()).limit(limit)
    if client_id is not None:
        query = query.where(SubscriptionRow.client_id == client_id)
    if before is not None:
        query = query.where(SubscriptionRow.subscription_id < before)
    return list(tx.session.scalars(query))


def open_subscriptions_of(tx: Transaction, client_id: UUID) -> list[SubscriptionRow]:
    query = select(SubscriptionRow).where(SubscriptionRow.client_id == client_id, SubscriptionRow.state != "CLOSED")
    return list(tx.session.scalars(query.with_for_update()))


def url_is_taken(tx: Transaction, client_id: UUID, url: str, besides: UUID) -> bool:
    query = select(SubscriptionRow.subscription_id).where(
        SubscriptionRow.client_id == client_id,
        SubscriptionRow.url == url,
        SubscriptionRow.state != "CLOSED",
        SubscriptionRow.subscription_id != besides,
    )
    return tx.session.execute(query).first() is not None


def add_secret(tx: Transaction, subscription_id: UUID, sealed: str, overlap: timedelta) -> datetime | None:
    """Store a new secret; the newest of the others lives on for `overlap`, older ones end. Gives when that one ends."""
    now = func.clock_timestamp()
    valid = (
        select(WebhookSecret.secret_id)
        .where(
            WebhookSecret.subscription_id == subscription_id,
            (WebhookSecret.expires_at.is_(None)) | (WebhookSecret.expires_at > now),
        )
        .order_by(WebhookSecret.created_at.desc())
        .with_for_update()
    )
    ids = list(tx.session.scalars(valid))
    ends: datetime | None = None
    for number, secret_id in enumerate(ids):
        until = now + overlap if number < SECRETS_AT_ONCE - 1 else now
        found = tx.session.execute(
            update(WebhookSecret)
            .where(WebhookSecret.secret_id == secret_id)
            .values(expires_at=func.least(func.coalesce(WebhookSecret.expires_at, until), until))
            .returning(WebhookSecret.expires_at)
        ).scalar_one()
        ends = ends or found
    values = {"secret_id": new_id(), "agency_id": tx.agency_id, "subscription_id": subscription_id, "sealed": sealed}
    tx.session.execute(insert(WebhookSecret).values(**values))
    return ends


def sealed_secrets(tx: Transaction, subscription_id: UUID) -> list[str]:
    """The secrets that are valid now, newest first."""
    query = (
        select(WebhookSecret.sealed)
        .where(
            WebhookSecret.subscription_id == subscription_id,
            (WebhookSecret.expires_at.is_(None)) | (WebhookSecret.expires_at > func.clock_timestamp()),
        )
        .order_by(WebhookSecret.created_at.desc())
        .limit(SECRETS_AT_ONCE)
    )
    return list(tx.session.scalars(query))
