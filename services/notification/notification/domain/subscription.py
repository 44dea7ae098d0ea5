"""A subscription: where a client's events are sent, how far it has come, and how its endpoint fares."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.views import view_of
from notification.domain.errors import PingTooSoon, SubscriptionStateConflict
from notification.domain.event_type import Catalogue, EventTypeNotice
from notification.domain.grant import Grant
from notification.domain.retries import Outcome, Patience

DOWN_AFTER = 3
PING_EVERY_SECONDS = 5
# Why a subscription is switched off: everything is sent, and none of its types is published any more.
TYPES_RETIRED = "TYPES_RETIRED"


class SubscriptionState(StrEnum):
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    CLOSED = "CLOSED"


ACTIVE, PAUSED, DISABLED, CLOSED = SubscriptionState
# What may be done in which states; ending it, and switching it off, are possible in each.
OPEN = (ACTIVE, PAUSED, DISABLED)
PAUSABLE = SENDABLE = (ACTIVE,)
RESUMABLE = (PAUSED, DISABLED)
REPLAYABLE = (ACTIVE, PAUSED)


@dataclass(frozen=True)
class OpenSubscription:
    url: str
    event_types: list[str]
    start_from: date | None
    contact_email: str | None


@dataclass(frozen=True)
class ChangeSubscription:
    """Fields that are UNSET stay as they are."""

    subscription_id: UUID
    expected_version: int | None
    url: str | UnsetType = UNSET
    event_types: list[str] | UnsetType = UNSET
    contact_email: str | UnsetType | None = UNSET

    @property
    def changed_fields(self) -> list[str]:
        return [name for name in ("contact_email", "event_types", "url") if getattr(self, name) is not UNSET]


@dataclass(frozen=True)
class Subscription:
    """Active when it is opened; `position` is the place in the feed up to which its deliveries are lined up."""

    subscription_id: UUID
    client_id: UUID
    url: str
    event_types: tuple[str, ...]
    contact_email: str | None
    data_from: datetime | None
    position: int
    created_at: datetime
    state: SubscriptionState = ACTIVE
    state_reason: str | None = None
    run: int = 1
    consecutive_failures: int = 0
    failing_since: datetime | None = None
    last_ping_at: datetime | None = None
    version: int = 1

    @property
    def is_active(self) -> bool:
        return self.state is ACTIVE

    @property
    def is_down(self) -> bool:
        return self.consecutive_failures >= DOWN_AFTER

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def require(self, *states: SubscriptionState) -> None:
        """Raise SubscriptionStateConflict unless it is in one of these states."""
        if self.state not in states:
            raise SubscriptionStateConflict(state=self.state, expected=" atau ".join(states))

    def paused(self) -> "Subscription":
        """Return it without deliveries until it is resumed; it keeps its place in the feed."""
        self.require(*PAUSABLE)
        return replace(self, state=PAUSED, state_reason=None)

    def resumed(self) -> "Subscription":
        """Return it active again, after a pause or after it was switched off."""
        self.require(*RESUMABLE)
        return replace(self, state=ACTIVE, state_reason=None, failing_since=None, consecutive_failures=0)

    def closed(self) -> "Subscription":
        """Return it ended for good; one that is closed stays as it is."""
        return self if self.state is CLOSED else replace(self, state=CLOSED, state_reason=None)

    def disabled(self, reason: str) -> "Subscription":
        """Return it switched off without its owner's doing; what is unfinished stays so."""
        return replace(self, state=DISABLED, state_reason=reason)

    def changed(self, command: ChangeSubscription, grant: Grant, catalogue: Catalogue) -> "Subscription":
        """Return it with another address, types or contact.

        Raise TypesNotGranted, and EventTypeDeprecated or EventTypeRetired for a type that it has not had before.
        """
        asked = command.event_types
        return replace(
            self,
            url=self.url if command.url is UNSET else command.url,
            event_types=self.event_types
            if asked is UNSET
            else catalogue.chosen(asked, grant.narrow(asked), self.event_types),
            contact_email=self.contact_email if command.contact_email is UNSET else command.contact_email,
        )

    def replayed(self, places: Collection[int], since: datetime) -> "Subscription":
        """Return it set back to the earliest of these places; nothing unfinished is skipped by it."""
        data_from = min(self.data_from, since) if self.data_from else None
        return replace(self, position=min(self.position, *places), run=self.run + 1, data_from=data_from)

    def pinged(self, now: datetime) -> "Subscription":
        """Return it with the time of a test. Raise PingTooSoon."""
        self.require(*OPEN)
        if self.last_ping_at is not None and (now - self.last_ping_at).total_seconds() < PING_EVERY_SECONDS:
            raise PingTooSoon
        return replace(self, last_ping_at=now)

    def called(
        self, *, acknowledged: bool, failures: Collection[Outcome], now: datetime, patience: Patience
    ) -> "Subscription":
        """Return it after calls of its endpoint, which may switch it off."""
        after = replace(self, consecutive_failures=0, failing_since=None) if acknowledged else self
        if failures and not acknowledged:
            after = replace(after, failing_since=self.failing_since or now)
        if failures and self.is_active:
            if Outcome.GONE in failures:
                return after.disabled("ENDPOINT_GONE")
            if patience.is_over(after.failing_since, now):
                return after.disabled("ENDPOINT_FAILING")
        is_down = Outcome.ENDPOINT_DOWN in failures
        return replace(after, consecutive_failures=after.consecutive_failures + 1) if is_down else after


@dataclass(frozen=True)
class SubscriptionView:
    """A subscription as its client and the agency's officers read it."""

    subscription_id: UUID
    client_id: UUID
    url: str
    event_types: tuple[str, ...]
    contact_email: str | None
    state: SubscriptionState
    state_reason: str | None
    position: Annotated[int, Meta(description="place in the feed up to which it is lined up")]
    run: Annotated[int, Meta(description="counts replays")]
    consecutive_failures: int
    failing_since: datetime | None
    created_at: datetime
    version: int
    notices: Annotated[
        tuple[EventTypeNotice, ...], Meta(description="those of its types that are not published for ever")
    ]

    @classmethod
    def of(cls, subscription: Subscription, catalogue: Catalogue) -> "SubscriptionView":
        return view_of(cls, subscription, notices=catalogue.notices(subscription.event_types))


@dataclass(frozen=True)
class OpenedSubscriptionView:
    subscription: SubscriptionView
    secret: Annotated[str, Meta(description="shown this once")]


@dataclass(frozen=True)
class StandingView:
    """How far a subscription is: its place, the feed's, and its deliveries by state."""

    subscription: SubscriptionView
    head: Annotated[int, Meta(description="newest place in the feed")]
    deliveries: dict[str, int]


@dataclass(frozen=True)
class NewSecretView:
    secret: Annotated[str, Meta(description="shown this once")]
    previous_expires_at: datetime | None
