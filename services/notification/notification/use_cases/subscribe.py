"""Open a subscription: an address, the types of event wanted, and from when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.addressing import refusal_of_url
from notification.domain.errors import UrlNotAllowed, UrlTaken
from notification.domain.grants import Channel, check_start, narrow
from notification.persistence import feed, people, subscriptions, webhook_queue
from notification.persistence.sealing import new_secret
from notification.use_cases.grants import active_grant
from notification.use_cases.outside import Outside
from notification.use_cases.views import SubscriptionView


@dataclass(frozen=True)
class Subscribe:
    url: str
    event_types: Sequence[str]
    start_from: date | None
    contact_email: str | None


@dataclass(frozen=True)
class Opened:
    """The one time the secret is shown."""

    subscription: SubscriptionView
    secret: str


def check_url(url: str, outside: Outside) -> None:
    why = refusal_of_url(url, outside.reach)
    if why is not None:
        raise UrlNotAllowed(why=why)


def first_moment(tx: Transaction, day: date) -> datetime:
    """Midnight in the agency's time zone."""
    return datetime.combine(day, time(), ZoneInfo(people.time_zone(tx)))


def subscribe(work: UnitOfWork, actor: Principal, command: Subscribe, outside: Outside) -> Opened:
    """Without start_from it begins with what comes from now on; the grant's first day holds in any case."""
    check_url(command.url, outside)
    with work.transaction(actor.agency_id) as tx:
        grant = active_grant(tx, actor.account_id, Channel.WEBHOOK)
        kinds = narrow(command.event_types, grant.event_types)
        start = check_start(command.start_from, grant.data_from)
        floor = start or grant.data_from
        values: dict[str, Any] = {
            "subscription_id": new_id(), "client_id": actor.account_id, "url": command.url, "event_types": kinds,
            "contact_email": command.contact_email, "state": "ACTIVE", "created_at": tx.now,
            "data_from": first_moment(tx, floor) if floor else None,
            "position": feed.position_before(tx, first_moment(tx, start)) if start else feed.head(tx),
        }  # fmt: skip
        row = subscriptions.add_subscription(tx, values)
        if row is None:
            raise UrlTaken
        secret = new_secret()
        subscriptions.add_secret(tx, row.subscription_id, outside.box.seal(secret), timedelta())
        webhook_queue.put(tx, row.subscription_id)
        audit.record(tx, actor, "subscribe", "subscription", row.subscription_id, event_types=kinds)
        return Opened(SubscriptionView.of(row), secret)
